/** Whether the rule of a segment says the same of another snapshot, so that its two sizes may be compared (F2, F6). */
import { conditionsIn, type SegmentRule } from './segments.ts'

/** A variable of a snapshot; `values` is empty where it has no list. */
export interface ComparedVariable {
  code: string
  label: string
  type: string
  values: string[]
}

/** The first difference found; the sentences stand in `app/text/segments.ts`. */
export type Difference =
  | { code: 'variable_absent' | 'type_changed'; variable: string }
  | { code: 'values_absent'; variable: string; values: string[] }

/** Null where every variable of the rule, and every value it names, stands in both with the same meaning. */
export function differenceFor(
  rule: SegmentRule,
  here: readonly ComparedVariable[],
  there: readonly ComparedVariable[],
): Difference | null {
  for (const { variable, values } of conditionsIn(rule)) {
    const [own, other] = [here, there].map((all) => all.find((one) => one.code === variable))
    const name = own?.label ?? variable
    if (!own || !other) return { code: 'variable_absent', variable: name }
    if (own.type !== other.type) return { code: 'type_changed', variable: name }
    const gone = own.type === 'category' ? values.filter((value) => !other.values.includes(value)) : []
    if (gone.length > 0) return { code: 'values_absent', variable: name, values: gone }
  }
  return null
}
