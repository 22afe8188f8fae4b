/** What a correction of a published release may change, as it is typed (H10): the words of step 7 and which tables stay. */
import { z } from 'zod'
import { FREQUENCIES, LICENCES } from '../catalog/forms/choices.ts'
import { isCivilDate } from './civil-dates.ts'
import { type Answers, rowsOf, textOf } from './forms.ts'
import { type InputCode, line, STALE, typedText } from './input-reading.ts'

const trimmed = (missing: InputCode, limits: { min?: number; max?: number } = { max: 4000 }) =>
  typedText(missing, limits).transform((value) => value.trim())

const day = (missing: InputCode) => z.string(missing).trim().refine(isCivilDate, missing)

const oneOf = (choices: readonly { code: string }[], missing: InputCode) =>
  z.string(missing).refine((typed) => choices.some(({ code }) => code === typed), missing)

const MAIL: InputCode = 'contact_mail_missing'

/** Fields of step 7 it may change, by their code; the title names the dataset and stays. */
const words = {
  descripcion: trimmed('description_missing'),
  desde: day('period_from_missing'),
  hasta: day('period_to_missing'),
  frecuencia: oneOf(FREQUENCIES, 'frequency_missing'),
  licencia: oneOf(LICENCES, 'licence_missing'),
  area: trimmed('contact_area_missing'),
  correo: line(MAIL, { max: 4000 }).regex(/^[^\s@]+@[^\s@]+\.[^\s@]+$/, MAIL),
  etiquetas: trimmed('keywords_missing'),
}
export const CORRECTED_WORDS = Object.keys(words) as (keyof typeof words)[]

export const CorrectionInput = z
  .object({
    reason: trimmed('reason_missing', { min: 10 }),
    /** Public: what changed and why. */
    note: trimmed('note_missing', { min: 10, max: 4000 }),
    ...words,
    /** Tables that stay public, by the figure they are; an empty title keeps its own. */
    tables: z
      .array(z.object({ figure: z.string(STALE), title: line(STALE, { min: 0, max: 4000 }) }))
      .min(1, 'tables_missing' satisfies InputCode),
  })
  .refine(({ desde, hasta }) => hasta >= desde, { path: ['hasta'], error: 'period_to_missing' satisfies InputCode })
export type CorrectionInput = z.infer<typeof CorrectionInput>

/** Which tables of the published answers the form keeps: `tabla-<figura>` ticked, `titulo-<figura>` as typed. */
export function keptTables(base: Answers, typed: Record<string, string>): CorrectionInput['tables'] {
  return rowsOf(base, 'archivos', 'lista')
    .map((row) => textOf(row.figura))
    .filter((figure) => typed[`tabla-${figure}`] === 'si')
    .map((figure) => ({ figure, title: typed[`titulo-${figure}`] ?? '' }))
}

/** The answers of the correction: those of what is published, with what the form changes. */
export function correctedAnswers(base: Answers, { reason: _, note, tables, ...changed }: CorrectionInput): Answers {
  const lista = rowsOf(base, 'archivos', 'lista').flatMap((row) => {
    const kept = tables.find(({ figure }) => figure === textOf(row.figura))
    return kept ? [{ ...row, titulo: kept.title || textOf(row.titulo) }] : []
  })
  return {
    ...base,
    conjunto: { ...base.conjunto, ...changed },
    archivos: { ...base.archivos, lista },
    cambios: { ...base.cambios, nota: note },
  }
}
