/** Which of the classes of a map a count falls into, in a word. */
import { mapWords } from '../app/text/maps.ts'
import { classOf, edgesOf } from '../domain/map-classes.ts'
import { type DivisionMap, matchDivisions } from '../domain/maps.ts'

export const bandOf = (value: number, edges: readonly number[]): string =>
  mapWords.bands(edges.length + 1)[classOf(value, edges)] ?? ''

/** The band of each row of a count; null where it is hidden or has no place on the map. */
export function bandsOf(
  rows: readonly { label: string; total: number | null }[],
  { divisions }: DivisionMap,
): (string | null)[] {
  const labels = rows.map(({ label }) => label)
  const { values: places } = matchDivisions(divisions, labels)
  const edges = edgesOf(places.flatMap((place) => (place === null ? [] : (rows[place]?.total ?? []))))
  return rows.map(({ total }, i) => (total !== null && places.includes(i) ? bandOf(total, edges) : null))
}
