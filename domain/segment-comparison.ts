/** Whether the rule of a segment says the same of another snapshot, so that its two sizes may be compared (F2, F6). */
import { conditionsIn, type SegmentRule } from './rules.ts'
import { comparability, type SeriesBreak, selectsTheSame, type VariableHistory } from './series.ts'

/** A variable of a snapshot; `values` is empty where it has no list. */
export interface ComparedVariable {
  code: string
  label: string
  type: string
  values: string[]
}

/** The first difference found; the sentences stand in `app/text/segments.ts`. */
export type Difference =
  | { code: 'variable_absent' | 'type_changed' | 'definition_changed' | 'values_moved'; variable: string }
  | { code: 'values_absent'; variable: string; values: string[] }

/** What the catalogue knows of a variable, and which version of it each of the two vigencias was counted with. */
export interface ComparedSeries {
  history: VariableHistory
  here: number
  there: number
}
export type SeriesOf = (variable: string) => ComparedSeries | undefined

/** Null where every variable of the rule, and every value it names, stands in both with the same meaning. */
export function differenceFor(
  rule: SegmentRule,
  here: readonly ComparedVariable[],
  there: readonly ComparedVariable[],
  seriesOf: SeriesOf = () => undefined,
): Difference | null {
  for (const { variable, values } of conditionsIn(rule)) {
    const [own, other] = [here, there].map((all) => all.find((one) => one.code === variable))
    const name = own?.label ?? variable
    if (!own || !other) return { code: 'variable_absent', variable: name }
    if (own.type !== other.type) return { code: 'type_changed', variable: name }
    const gone = own.type === 'category' ? values.filter((value) => !other.values.includes(value)) : []
    if (gone.length > 0) return { code: 'values_absent', variable: name, values: gone }
    const series = seriesOf(variable)
    if (!series) continue
    const { history } = series
    if (comparability(history, series.here, series.there).refused.length > 0)
      return { code: 'definition_changed', variable: name }
    if (!selectsTheSame(history, series.here, series.there, values)) return { code: 'values_moved', variable: name }
  }
  return null
}

/** The breaks an approved table of correspondence joins under a rule: each with its note, printed beside the comparison. */
export function bridgesUnder(rule: SegmentRule, seriesOf: SeriesOf): { variable: string; crossed: SeriesBreak }[] {
  const variables = [...new Set(conditionsIn(rule).map(({ variable }) => variable))]
  return variables.flatMap((variable) => {
    const series = seriesOf(variable)
    const crossed = series ? comparability(series.history, series.here, series.there).bridged : []
    return crossed.map((one) => ({ variable, crossed: one }))
  })
}
