/** The figures step 4 asks of the approved snapshot; steps 6 and 7 refer to them by id. */
import { type Answers, rowsOf, textOf } from './forms.ts'
import { parseRule, type SegmentRule } from './segments.ts'

export interface RequestedFigure {
  /** Row id in step 4. */
  id: string
  kind: 'count' | 'cross'
  /** Variable in rows. */
  variable: string
  /** Variable in columns; null for a count. */
  cross: string | null
  filter: SegmentRule | null
}

/** Figures of step 4 that can be computed, in the order written; rows still incomplete are left out. */
export function figuresOf(answers: Answers | undefined): RequestedFigure[] {
  return rowsOf(answers, 'figuras', 'lista').flatMap((row) => {
    const variable = textOf(row.variable)
    const cross = row.tipo === 'cruce' ? textOf(row.cruce) : null
    const typed = textOf(row.filtro)
    const filter = typed.trim() === '' ? null : parseRule(typed)
    if (variable === '' || cross === '' || textOf(row.tipo) === '' || filter?.ok === false) return []
    return [
      {
        id: row.id,
        kind: cross === null ? ('count' as const) : ('cross' as const),
        variable,
        cross,
        filter: filter?.rule ?? null,
      },
    ]
  })
}
