/** What attending a citizen's request changes in their records (Ley 1581 de 2012, art. 8): which fields, and what is typed for them. */
import { type AnswerError, faultsOfPage, readPage } from './capture-answers.ts'
import type { CaptureDefinition, CaptureField, CapturePage } from './capture-forms.ts'
import type { Answers, ScalarValue } from './forms.ts'

/** One datum as it should be: `pagina.campo`, and the new value as it is typed, a code or its label. */
export interface DatumCorrection {
  path: string
  typed: string
}

/** Rows of the form; more are asked for in another request. */
export const CORRECTION_ROWS = [1, 2, 3] as const

/** By which the citizen is known: corrected at a point of attention, before the document itself. */
const IDENTITY = ['tipo_documento', 'numero_documento', 'nit']

/** Fields that a claim may correct, with their labels; each once, whatever forms have it. */
export function correctableFields(definitions: readonly CaptureDefinition[]): { path: string; label: string }[] {
  const all = definitions.flatMap(({ groups }) =>
    groups.flatMap((page) =>
      page.fields
        .filter(({ code }) => !IDENTITY.includes(code))
        .map(({ code, label }) => ({ path: `${page.code}.${code}`, label })),
    ),
  )
  return all.filter(({ path }, i) => all.findIndex((one) => one.path === path) === i)
}

interface Place {
  page: CapturePage
  field: CaptureField
}

function placeIn({ groups }: CaptureDefinition, path: string): Place | undefined {
  const [pageCode, fieldCode] = path.split('.')
  const page = groups.find(({ code }) => code === pageCode)
  const field = page?.fields.find(({ code }) => code === fieldCode && !IDENTITY.includes(code))
  return page && field ? { page, field } : undefined
}

/** The value of a correction as the form would hold it. */
function typedValue({ page, field }: Place, typed: string): ScalarValue | undefined {
  const choice =
    'choices' in field
      ? field.choices.find(({ code, label }) => [code, label.toLowerCase()].includes(typed.trim().toLowerCase()))
      : undefined
  const read = readPage(page, [[`${page.code}.${field.code}`, choice?.code ?? typed]])
  return read[field.code] as ScalarValue | undefined
}

/** What is wrong with a correction in this form; null where nothing is, or the form does not ask for it. */
export function faultOfCorrection(definition: CaptureDefinition, correction: DatumCorrection): AnswerError | null {
  const place = placeIn(definition, correction.path)
  if (!place) return null
  const answers = { [place.field.code]: typedValue(place, correction.typed) ?? '' }
  return faultsOfPage(place.page, answers).find(({ path }) => path === correction.path) ?? null
}

/** The answers with what was corrected; what the form does not ask for, or was never authorised to be asked, stays out. */
export function withCorrections(
  definition: CaptureDefinition,
  answers: Answers,
  corrections: readonly DatumCorrection[],
): Answers {
  const after = { ...answers }
  for (const { path, typed } of corrections) {
    const place = placeIn(definition, path)
    const page = place && after[place.page.code]
    if (place && page) after[place.page.code] = { ...page, [place.field.code]: typedValue(place, typed) ?? '' }
  }
  return after
}
