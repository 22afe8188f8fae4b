/** What a citizen answered, page by page: read from a form, judged, and what is still missing. */
import { DEPARTMENT_CODES, findMunicipality } from '../catalog/divipola.ts'
import {
  type CaptureDefinition,
  type CaptureField,
  type CapturePage,
  DECLINED,
  type Purpose,
  pagesFor,
} from './capture-forms.ts'
import { type CitizenDocument, documentFault, WITHOUT_DOCUMENT } from './citizens.ts'
import {
  type Answers,
  answersFromEntries,
  checkShape,
  type Facts,
  type GroupAnswers,
  isActive,
  listOf,
  type ScalarValue,
  type ShapeCode,
  textOf,
} from './forms.ts'

/** Faults of what was answered beyond its shape; the sentences stand in `app/text/capture.ts`. */
export const ANSWER_FAULTS = [
  'not_answered',
  'declined_with_others',
  'document_wrong',
  'nit_wrong',
  'divipola_wrong',
  'phone_wrong',
  'not_authorised',
] as const
export type AnswerFault = (typeof ANSWER_FAULTS)[number]

export interface AnswerError {
  /** Name of the input: `pagina.campo`. */
  path: string
  code: AnswerFault | ShapeCode
  facts: Facts
}

/** Suffix of the tick with which a typed field is declined. */
export const DECLINE_TICK = '.no'

/** Answers of one page as the entries of its form say them; a declined field holds `DECLINED` and nothing else. */
export function readPage(page: CapturePage, entries: readonly (readonly [string, string])[]): GroupAnswers {
  const read = answersFromEntries({ groups: [page] }, entries)[page.code] ?? {}
  const ticked = new Set(entries.filter(([name]) => name.endsWith(DECLINE_TICK)).map(([name]) => name))
  for (const field of page.fields) {
    const value = read[field.code] as ScalarValue
    read[field.code] = trimmed(ticked.has(`${page.code}.${field.code}${DECLINE_TICK}`) ? DECLINED : value)
  }
  return read
}

const trimmed = (value: ScalarValue) => (typeof value === 'string' ? value.trim() : value)

/** What was answered on a page in one line, to see whether it is still the same; a page nobody touched is empty. */
export function pageLine(page: CapturePage, answers: GroupAnswers = {}): string {
  const said = page.fields.flatMap(({ code }) => listOf(answers[code] as ScalarValue).map((one) => [code, one]))
  return new URLSearchParams(said).toString()
}

/** What is wrong with a page, the first fault of each field; a page nobody filled in lacks everything. */
export function faultsOfPage(page: CapturePage, answers: GroupAnswers = {}): AnswerError[] {
  const shape = checkShape({ groups: [page] }, { [page.code]: withoutDeclined(page, answers) })
  const shaped = shape.ok ? [] : shape.errors
  return page.fields
    .filter((field) => isActive(field, answers))
    .flatMap((field): AnswerError[] => {
      const path = `${page.code}.${field.code}`
      const malformed = shaped.find((one) => one.path === path)
      if (malformed) return [malformed]
      const code = faultOf(field, answers)
      return code ? [{ path, code, facts: { label: field.label } }] : []
    })
}

/** Values that would be no number, date or mail: declined is a value of every field. */
function withoutDeclined(page: CapturePage, answers: GroupAnswers): GroupAnswers {
  const typed = page.fields.filter((field) => !('choices' in field))
  return {
    ...answers,
    ...Object.fromEntries(typed.filter((field) => answers[field.code] === DECLINED).map(({ code }) => [code, ''])),
  }
}

function faultOf(field: CaptureField, answers: GroupAnswers): AnswerFault | null {
  const values = listOf(answers[field.code] as ScalarValue | undefined)
  if (values.length === 0) return 'not_answered'
  if (values.includes(DECLINED))
    return values.length > 1 ? 'declined_with_others' : field.forced ? 'not_answered' : null
  if (field.kind === 'yesno' && field.mustBe && values[0] !== field.mustBe) return 'not_authorised'
  return field.check ? CHECKS[field.check](values[0] as string, answers) : null
}

const CHECKS: Record<
  NonNullable<CaptureField['check']>,
  (value: string, answers: GroupAnswers) => AnswerFault | null
> = {
  document: (value, answers) => (documentFault(textOf(answers.tipo_documento), value) ? 'document_wrong' : null),
  nit: (value) => (documentFault('NIT', value) ? 'nit_wrong' : null),
  divipola: (value) => (isDivipola(value) ? null : 'divipola_wrong'),
  phone: (value) => (/^(3\d{9}|60\d{8}|\+\d{7,15})$/.test(value.replace(/[\s()-]/g, '')) ? null : 'phone_wrong'),
}

/** A municipality of the catalogue, or five digits of a department that exists. */
export function isDivipola(value: string): boolean {
  return (
    findMunicipality(value) !== undefined || (/^\d{5}$/.test(value) && DEPARTMENT_CODES.includes(value.slice(0, 2)))
  )
}

/** The first page with something missing or wrong; null when all that this citizen is asked has been answered. */
export function firstIncomplete(
  definition: CaptureDefinition,
  given: readonly Purpose[],
  answers: Answers,
): CapturePage | null {
  return pagesFor(definition, given).find((page) => faultsOfPage(page, answers[page.code]).length > 0) ?? null
}

/** Only what this citizen was asked and authorised, without what conditions left out: the content that is kept. */
export function keptAnswers(definition: CaptureDefinition, given: readonly Purpose[], answers: Answers): Answers {
  return Object.fromEntries(
    pagesFor(definition, given).map((page) => {
      const typed = answers[page.code] ?? {}
      const active = page.fields.filter((field) => isActive(field, typed))
      return [page.code, Object.fromEntries(active.map(({ code }) => [code, typed[code] ?? '']))]
    }),
  )
}

/** Codes of the fields whose answer is another one now: all that the record says of a correction (model.md §5). */
export function changedFields(before: Answers, after: Answers): string[] {
  const pages = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  return pages.flatMap((page) => {
    const [was, is] = [before[page] ?? {}, after[page] ?? {}]
    const codes = [...new Set([...Object.keys(was), ...Object.keys(is)])]
    return codes.filter((code) => JSON.stringify(was[code] ?? '') !== JSON.stringify(is[code] ?? ''))
  })
}

/** Where whoever gave their data said they may be written to; null where they said nothing. */
export function captureEmail(answers: Answers): string | null {
  const said = textOf(answers.contacto?.correo)
  return said === '' || said === DECLINED ? null : said
}

/** By which the citizen is known; null for whoever has no document or does not say it. */
export function documentOf({ person }: CaptureDefinition, answers: Answers): CitizenDocument | null {
  const page = answers.identificacion ?? {}
  const type = person === 'juridica' ? 'NIT' : textOf(page.tipo_documento)
  return type === WITHOUT_DOCUMENT || type === '' ? null : { type, number: textOf(page.numero_documento) }
}
