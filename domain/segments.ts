/** Segments: the named rules of step 4 (MM-GAC-P-008 v2, actividad 4). */
import { type Answers, listOf, rowsOf, textOf } from './forms.ts'
import { parseRule } from './rule-notation.ts'
import type { SegmentRule } from './rules.ts'

export interface Segment {
  id: string
  name: string
  sectorId: string
  rule: SegmentRule
  needs: string
  channels: string[]
}

/** Length a segment's name has, wherever it is typed: 3 to 120 characters. */
export const isSegmentName = (name: string): boolean => name.length >= 3 && name.length <= 120

/** Segments of step 4 whose rule can be read, in the order written. */
export function segmentsOf(answers: Answers | undefined): Segment[] {
  return rowsOf(answers, 'segmentos', 'lista').flatMap((row) => {
    const parsed = parseRule(textOf(row.regla))
    if (!parsed.ok) return []
    return [
      {
        id: row.id,
        name: textOf(row.nombre),
        sectorId: textOf(row.sector),
        rule: parsed.rule,
        needs: textOf(row.necesidades),
        channels: listOf(row.canales),
      },
    ]
  })
}
