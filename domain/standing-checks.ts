/**
 * Standing checks (features D8): what does not fit together now over cycles, accesses, evidence, publication, indicators and risks. Unlike an
 * automatic control they prove nothing of the product: each is work that somebody has to do, and may be set to hold a step until it is done.
 */
import { z } from 'zod'
import { type InputCode, STALE, typedText } from './input-reading.ts'
import { STEP_CODES } from './procedures.ts'

export const CHECK_AREAS = ['cycles', 'accesses', 'evidence', 'publication', 'indicators', 'risks'] as const
export type CheckArea = (typeof CHECK_AREAS)[number]

interface StandingCheck {
  area: CheckArea
  /** Duty that has to put it right. */
  owner: string
}

const CHECKS = {
  term_over: { area: 'cycles', owner: 'jefatura_ogac' },
  comments_open: { area: 'cycles', owner: 'profesional_ogac' },
  reopening_waits: { area: 'cycles', owner: 'jefatura_ogac' },
  request_waits: { area: 'accesses', owner: 'jefatura_ogac' },
  access_unused: { area: 'accesses', owner: 'jefatura_ogac' },
  campaign_without_ticket: { area: 'evidence', owner: 'jefatura_ogac' },
  control_in_red: { area: 'evidence', owner: 'profesional_sig' },
  release_held: { area: 'publication', owner: 'profesional_ogac' },
  report_unissued: { area: 'publication', owner: 'profesional_ogac' },
  action_overdue: { area: 'indicators', owner: 'profesional_ogac' },
  effect_unchecked: { area: 'indicators', owner: 'control_interno' },
  finding_without_actions: { area: 'indicators', owner: 'jefatura_ogac' },
  indicator_unmeasured: { area: 'indicators', owner: 'profesional_sig' },
  indicator_critical: { area: 'indicators', owner: 'jefatura_ogac' },
  risk_without_control: { area: 'risks', owner: 'jefatura_ogac' },
  risk_not_reduced: { area: 'risks', owner: 'jefatura_ogac' },
  risk_untreated: { area: 'risks', owner: 'jefatura_ogac' },
  risk_unplanned: { area: 'risks', owner: 'jefatura_ogac' },
  risk_of_ended_position: { area: 'risks', owner: 'profesional_sig' },
} as const satisfies Record<string, StandingCheck>

export type StandingCheckId = keyof typeof CHECKS

export const STANDING_CHECK_IDS = Object.keys(CHECKS) as StandingCheckId[]

export function standingCheck(id: StandingCheckId): StandingCheck {
  return CHECKS[id]
}

/** A step that a check is to hold, and why. */
export const gateInput = z.object({
  formKey: z.uuid(STALE),
  step: z.enum(STEP_CODES, STALE),
  reason: typedText('reason_missing' satisfies InputCode, { min: 10, max: 1_000 }),
})
export type GateInput = z.infer<typeof gateInput>
