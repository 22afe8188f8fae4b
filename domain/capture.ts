/**
 * Capture of citizens' data by whoever holds a delegated access in force (circular 4173.010.22.2.1020.000150; R1–R11, S0.10,
 * S0.16): in which access each record falls, from what and from where it was captured, and what was authorised first.
 */
import { z } from 'zod'
import { NEEDED_PURPOSE, PURPOSES, type Purpose } from './capture-forms.ts'
import { isCivilDate } from './civil-dates.ts'
import type { CaptureForm } from './grants.ts'
import { type InputCode, line, STALE } from './input-reading.ts'

/** What a delegate may enter and read: one point, one form, one vigencia. */
export interface CaptureScope {
  pointId: string
  form: CaptureForm
  vigencia: number
}

/** As the record writes a scope (`scope_of` in 0030_capture.ts). */
export function scopeKey({ pointId, form, vigencia }: CaptureScope): string {
  return `${pointId}:${form}:${vigencia}`
}

/** Captured straight into the form, or transcribed from the paper the citizen filled in (S0.10). */
export const CAPTURE_MODES = ['online', 'paper'] as const
export type CaptureMode = (typeof CAPTURE_MODES)[number]

/** The network of the municipality, a private connection into it, or neither (R5, S0.16). */
export const NETWORKS = ['remi', 'vpn', 'other'] as const
export type Network = (typeof NETWORKS)[number]

/** How the citizen authorised: aloud, or in writing on the paper. */
export const CONSENT_CHANNELS = ['oral', 'written'] as const
export type ConsentChannel = (typeof CONSENT_CHANNELS)[number]

/** For what somebody opens the data of an identified citizen (Ley 1581 de 2012, art. 4; promises G18). */
export const READ_PURPOSES = ['attention', 'correction', 'verification', 'citizen_request'] as const
export type ReadPurpose = (typeof READ_PURPOSES)[number]

export interface Paper {
  code: string
  version: string
  /** Civil date on which the citizen filled it in. */
  on: string
}

export interface CaptureOrigin {
  mode: CaptureMode
  paper: Paper | null
  network: Network
  networkBasis: 'address' | 'declared'
}

const MAX_PAPER_CODE = 40
const MAX_PAPER_VERSION = 20

const UNANSWERED: Record<Purpose, InputCode> = {
  caracterizacion: 'consent_characterization_missing',
  sensibles: 'consent_sensitive_missing',
  contacto: 'consent_contact_missing',
}
const answer = (purpose: Purpose) => z.enum(['si', 'no'], UNANSWERED[purpose])

/**
 * The first page of a record: in which access, from what, from where, and the answer to each purpose. `network` is asked
 * only where the address does not tell (`known`); the paper was filled in within the vigencia of the access.
 */
export function beginningInput(today: string, known: Network | null) {
  return z
    .object({
      formKey: z.uuid(STALE),
      grantId: z.uuid('capture_point_missing' satisfies InputCode),
      mode: z.enum(CAPTURE_MODES, 'capture_mode_missing' satisfies InputCode),
      paperCode: line('paper_code_missing', { min: 0, max: MAX_PAPER_CODE }).default(''),
      paperVersion: line('paper_version_missing', { min: 0, max: MAX_PAPER_VERSION }).default(''),
      paperOn: z.string(STALE).default(''),
      network: known === null ? z.enum(NETWORKS, 'network_missing' satisfies InputCode) : z.unknown(),
      channel: z.enum(CONSENT_CHANNELS, 'consent_channel_missing' satisfies InputCode),
      ...{ caracterizacion: answer('caracterizacion'), sensibles: answer('sensibles'), contacto: answer('contacto') },
    })
    .superRefine((typed, issue) => {
      if (typed.mode !== 'paper') return
      const fault = (path: string, code: InputCode) => issue.addIssue({ code: 'custom', path: [path], message: code })
      if (!typed.paperCode) fault('paperCode', 'paper_code_missing')
      if (!typed.paperVersion) fault('paperVersion', 'paper_version_missing')
      if (!isCivilDate(typed.paperOn)) fault('paperOn', 'paper_date_missing')
      else if (typed.paperOn > today) fault('paperOn', 'paper_date_ahead')
      else if (typed.paperOn.slice(0, 4) !== today.slice(0, 4)) fault('paperOn', 'paper_other_vigencia')
    })
    .transform(({ formKey, grantId, mode, paperCode, paperVersion, paperOn, network, channel, ...answers }) => ({
      ...{ formKey, grantId, channel },
      origin: {
        mode,
        paper: mode === 'paper' ? { code: paperCode, version: paperVersion, on: paperOn } : null,
        network: known ?? (network as Network),
        networkBasis: known ? 'address' : 'declared',
      } satisfies CaptureOrigin,
      given: PURPOSES.filter((purpose) => answers[purpose] === 'si'),
    }))
}
export type Beginning = z.infer<ReturnType<typeof beginningInput>>

/** Nobody is asked anything who did not authorise it; whoever says no is counted, and nothing else is kept (E6). */
export const mayBeAsked = (given: readonly Purpose[]) => given.includes(NEEDED_PURPOSE)
