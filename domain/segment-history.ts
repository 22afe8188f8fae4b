/** Versions of a segment, read from the frozen versions of step 4 and its draft; nothing is stored twice (F2). */
import { type Answers, rowsOf, textOf } from './forms.ts'
import { parseRule, writeRule } from './rule-notation.ts'

/** Step 4 as it stood at some moment. */
export interface SegmentRecord {
  /** Number of the frozen version; null for the draft. */
  stepVersion: number | null
  at: Date
  by: string
  answers: Answers
}

export interface SegmentVersion {
  /** 1 for the rule a segment was first kept with; one more for each change of its rule. */
  n: number
  name: string
  /** As typed. */
  rule: string
  at: Date
  by: string
  stepVersion: number | null
}

/** By id of the segment, oldest version first. `records` come oldest first, the draft last; equal rules are one version. */
export function segmentHistory(records: readonly SegmentRecord[]): Map<string, SegmentVersion[]> {
  const history = new Map<string, SegmentVersion[]>()
  for (const { answers, ...moment } of records)
    for (const row of rowsOf(answers, 'segmentos', 'lista')) {
      const versions = history.get(row.id) ?? []
      const rule = textOf(row.regla)
      history.set(row.id, versions)
      if (rule.trim() === '' || canonical(versions.at(-1)?.rule) === canonical(rule)) continue
      versions.push({ n: versions.length + 1, name: textOf(row.nombre), rule, ...moment })
    }
  return history
}

/** The same rule however it is typed; what cannot be read is itself. */
function canonical(typed: string | undefined): string | undefined {
  if (typed === undefined) return undefined
  const read = parseRule(typed)
  return read.ok ? writeRule(read.rule) : typed.trim()
}
