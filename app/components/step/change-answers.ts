import { type Answers, type Row, rowsOf, type ScalarValue } from '../../../domain/forms.ts'

/** Where a value stands in the answers: a field of a group, or a cell of a row. */
export interface Place {
  group: string
  field: string
  row?: string
  cell?: string
}

/** The same answers with one value changed; everything else keeps its identity, so that only what changed is drawn again. */
export function withValue(answers: Answers, place: Place, value: ScalarValue): Answers {
  const { group, field, row, cell } = place
  if (row === undefined || cell === undefined) return withField(answers, group, field, value)
  const rows = rowsOf(answers, group, field)
  return withField(
    answers,
    group,
    field,
    rows.map((one) => (one.id === row ? ({ ...one, [cell]: value } as Row) : one)),
  )
}

function withField(answers: Answers, group: string, field: string, value: ScalarValue | Row[]): Answers {
  return { ...answers, [group]: { ...answers[group], [field]: value } }
}

/** New for the life of the step: other steps may refer to a row by it. */
export function newRowId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
