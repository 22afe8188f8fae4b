/**
 * How finely a table may tell people apart before anything is hidden in it: three variables crossed at most, and sensitive
 * ones for the whole municipality only (promises §4.7 (i); docs/decisions/0024-what-published-tables-cross.md).
 */
import { type AskedSides, variablesAsked } from './figures.ts'
import type { Facts } from './forms.ts'
import { type SegmentRule, variablesIn } from './rules.ts'
import type { ScoredVariable } from './variables.ts'

/** Variables of a published table, those of its filter included. */
export const MOST_CROSSED = 3

type JudgedVariable = Pick<ScoredVariable, 'code' | 'category' | 'sensitive'>

/** Codes of the variables a sentence has to name. */
export type CrossingFault =
  | { code: 'crossed_too_many'; variables: string[] }
  | { code: 'crossed_sensitive'; sensitive: string[]; places: string[] }
  | { code: 'crossed_by_or'; variables: string[] }

/** The municipality itself is no part of it; every other geographic variable tells parts of it apart. */
const isFinerThanCity = ({ code, category }: JudgedVariable) => category === 'GEO' && code !== 'municipio'

/** What keeps a figure from being published. `variables` are those of step 2. */
export function crossingOf(figure: AskedSides, variables: readonly JudgedVariable[]): CrossingFault | null {
  const crossed = [...new Set(variablesAsked(figure))]
  if (crossed.length > MOST_CROSSED) return { code: 'crossed_too_many', variables: crossed }
  return sensitiveInCity(crossed, variables) ?? joinedByOr(figure.filter)
}

/** «This or that» of two variables adds up two groups and what they share, so beside other tables it gives hidden cells away. */
function joinedByOr(filter: SegmentRule | null): CrossingFault | null {
  const across = (filter?.any ?? []).map((group) => variablesIn({ all: group })).find((codes) => codes.length > 1)
  return across ? { code: 'crossed_by_or', variables: across } : null
}

/** Whether the size of a segment is never published, however many it counts: its rule joins several variables by «o». */
export const isSizeWithheld = (rule: SegmentRule): boolean => joinedByOr(rule) !== null

/** A segment is one group under a name, and its size one number: however many conditions name it, it crosses nothing. */
export const crossingOfSegment = (rule: SegmentRule, variables: readonly JudgedVariable[]): CrossingFault | null =>
  sensitiveInCity(variablesIn(rule), variables)

function sensitiveInCity(codes: readonly string[], variables: readonly JudgedVariable[]): CrossingFault | null {
  const used = variables.filter(({ code }) => codes.includes(code))
  const [sensitive, places] = [used.filter((one) => one.sensitive), used.filter(isFinerThanCity)].map((some) =>
    some.map(({ code }) => code),
  )
  if (!sensitive?.length || !places?.length) return null
  return { code: 'crossed_sensitive', sensitive, places }
}

/** The facts of its sentence, with the variables as `nameOf` calls them. */
export function crossingFacts(fault: CrossingFault, nameOf: (code: string) => string): Facts {
  const named = (codes: string[]) => codes.map(nameOf).join(', ')
  if (fault.code === 'crossed_by_or') return { fault: fault.code, variables: named(fault.variables) }
  if (fault.code === 'crossed_too_many')
    return { fault: fault.code, variables: named(fault.variables), most: MOST_CROSSED }
  return { fault: fault.code, sensitive: named(fault.sensitive), places: named(fault.places) }
}
