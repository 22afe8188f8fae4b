/** What people type about the rights of citizens over their data: one schema for the form and for the command. */
import { z } from 'zod'
import { DOCUMENT_TYPES } from '../catalog/document-types.ts'
import { PURPOSES } from './capture-forms.ts'
import { documentFault, WITHOUT_DOCUMENT } from './citizens.ts'
import { type InputCode, line, STALE, typedText } from './input-reading.ts'
import {
  DELIVERIES,
  DENIAL_REASONS,
  IDENTITY_METHODS,
  RIGHTS_AIMS,
  RIGHTS_QUALITIES,
  RIGHTS_VERDICTS,
  type RightsAim,
  type RightsQuality,
} from './rights.ts'
import { CORRECTION_ROWS } from './rights-effects.ts'

const MAX_NAME = 120
const MAX_CONTACT = 200
const MAX_FACTS = 4000

const documentType = z.string().refine((code) => DOCUMENT_TYPES.some((one) => one.code === code), {
  error: 'document_type_missing' satisfies InputCode,
})
/** A number that cannot be one of its type finds nobody's data; whoever has no document has no number either. */
function documentNumber(type: string | undefined) {
  if (type === WITHOUT_DOCUMENT) return z.string().transform(() => '')
  return line('document_number_missing', { min: 3, max: 20 }).refine(
    (number) => !type || number.length < 3 || !documentFault(type, number),
    'document_number_wrong' satisfies InputCode,
  )
}

/** The pages of the form, one group of questions each (experience 12). */
export const RIGHTS_PAGES = ['solicitud', 'titular', 'solicitante', 'contacto', 'hechos'] as const
export type RightsPage = (typeof RIGHTS_PAGES)[number]
/** Where everything is read again before it is sent. */
export const REVIEW = 'revise' as const

const aim = z.object({
  entityId: z.uuid('entity_missing' satisfies InputCode),
  aim: z.enum(RIGHTS_AIMS, 'aim_missing' satisfies InputCode),
})

const holder = (typed: Record<string, string>) =>
  z.object({
    quality: z.enum(RIGHTS_QUALITIES, 'quality_missing' satisfies InputCode),
    holderName: line('holder_name_missing', { min: 3, max: MAX_NAME }),
    holderDocumentType: documentType,
    holderDocument: documentNumber(typed.holderDocumentType),
  })

const requester = (typed: Record<string, string>) =>
  z.object({
    requesterName: line('requester_name_missing', { min: 3, max: MAX_NAME }),
    requesterDocumentType: documentType,
    requesterDocument: documentNumber(typed.requesterDocumentType),
  })

const contact = z
  .object({
    email: line('contact_missing', { min: 0, max: MAX_CONTACT }),
    phone: line('contact_missing', { min: 0, max: 40 }),
    address: line('contact_missing', { min: 0, max: MAX_CONTACT }),
  })
  .superRefine(({ email, phone, address }, issue) => {
    const fault = (path: string, message: InputCode) => issue.addIssue({ code: 'custom', path: [path], message })
    if (!email && !phone && !address) fault('email', 'contact_missing')
    if (email && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) fault('email', 'email_wrong')
  })

const facts = (asked: RightsAim | undefined) =>
  z.object({ facts: typedText('facts_missing', { min: asked === 'access' ? 0 : 10, max: MAX_FACTS }) })

/** What one page asks; what is asked depends on what was answered before. */
export function pageInput(page: RightsPage, typed: Record<string, string>): z.ZodType<Record<string, string>> {
  if (page === 'solicitud') return aim
  if (page === 'titular') return holder(typed)
  if (page === 'solicitante') return requester(typed)
  if (page === 'contacto') return contact
  return facts(RIGHTS_AIMS.find((one) => one === typed.aim))
}

/** Who asks for themselves says once who they are. */
export function pagesFor(typed: Record<string, string>): RightsPage[] {
  return RIGHTS_PAGES.filter((page) => page !== 'solicitante' || isForAnother(typed.quality))
}

const isForAnother = (quality: string | undefined) => quality === 'representative' || quality === 'heir'

/** What the citizen typed: personal data, sealed before it is kept. */
export interface RightsContent {
  holderName: string
  holderDocumentType: string
  holderDocument: string
  requesterName: string
  requesterDocumentType: string
  requesterDocument: string
  email: string
  phone: string
  address: string
  facts: string
}

export interface RightsFiling {
  formKey: string
  entityId: string
  aim: RightsAim
  quality: RightsQuality
  content: RightsContent
}

const key = z.object({ formKey: z.uuid(STALE) })

/** The whole request; a fault names the field of the page it belongs to. */
export function rightsFiling(typed: Record<string, string>): z.ZodType<RightsFiling> {
  const parts = key
    .and(aim)
    .and(holder(typed))
    .and(contact)
    .and(facts(RIGHTS_AIMS.find((one) => one === typed.aim)))
  if (isForAnother(typed.quality)) return parts.and(requester(typed)).transform(filingOf)
  return parts.transform((read) =>
    filingOf({
      ...read,
      requesterName: read.holderName,
      requesterDocumentType: read.holderDocumentType,
      requesterDocument: read.holderDocument,
    }),
  )
}

function filingOf(
  read: RightsContent & { formKey: string; entityId: string; aim: RightsAim; quality: RightsQuality },
): RightsFiling {
  const { formKey, entityId, aim: asked, quality, ...content } = read
  return { formKey, entityId, aim: asked, quality, content }
}

/** What the citizen adds where more was asked of them, with the secret of the request. */
export const CompletionInput = z.object({ completion: typedText('completion_missing', { min: 5, max: MAX_FACTS }) })

/** One verdict on a request: each asks for what it needs and nothing else. */
export const RightsVerdictInput = z
  .object({
    requestId: z.uuid(STALE),
    contentHash: z.string(STALE).regex(/^[0-9a-f]{64}$/, STALE),
    verdict: z.enum(RIGHTS_VERDICTS, STALE),
    method: z
      .enum(IDENTITY_METHODS, 'identity_method_missing' satisfies InputCode)
      .nullable()
      .default(null),
    denial: z
      .enum(DENIAL_REASONS, 'denial_reason_missing' satisfies InputCode)
      .nullable()
      .default(null),
    delivery: z
      .enum(DELIVERIES, 'delivery_missing' satisfies InputCode)
      .nullable()
      .default(null),
    text: typedText('rights_text_missing', { min: 0, max: MAX_FACTS }).default(''),
    /** Of a withdrawal: authorisations that end. */
    purposes: z.array(z.enum(PURPOSES)).default([]),
    /** Of a correction: what is to stand. */
    corrections: z
      .array(z.object({ path: z.string().max(100), typed: line('corrections_value_missing', { max: 500 }) }))
      .max(CORRECTION_ROWS.length)
      .default([]),
  })
  .superRefine(({ verdict, method, denial, delivery, text }, issue) => {
    const fault = (path: string, message: InputCode) => issue.addIssue({ code: 'custom', path: [path], message })
    if (verdict === 'identify' && method === null) fault('method', 'identity_method_missing')
    if (verdict === 'deny' && denial === null) fault('denial', 'denial_reason_missing')
    if ((verdict === 'attend' || verdict === 'deny') && delivery === null) fault('delivery', 'delivery_missing')
    if (text.trim().length < 10) fault('text', 'rights_text_missing')
  })

/** What the rows of the form say: ticked purposes, and the rows in which a datum was chosen. */
export function effectsTyped(typed: Record<string, string>) {
  return {
    purposes: PURPOSES.filter((purpose) => typed[`purpose-${purpose}`] === 'si'),
    corrections: CORRECTION_ROWS.map((n) => ({
      path: typed[`datum-${n}`] ?? '',
      typed: typed[`value-${n}`] ?? '',
    })).filter(({ path }) => path !== ''),
  }
}

export type RightsVerdictInput = z.infer<typeof RightsVerdictInput>
