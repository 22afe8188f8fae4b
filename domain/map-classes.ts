/** Classes of a map: equal steps with round edges between the least and the most that is shown. */

const MOST_CLASSES = 5

/** Upper edges of all classes but the last, rising; none where everything shown is the same. Counts have whole edges. */
export function edgesOf(values: readonly number[]): number[] {
  const distinct = new Set(values).size
  if (distinct < 2) return []
  const [least, most] = [Math.min(...values), Math.max(...values)]
  const classes = Math.min(MOST_CLASSES, distinct)
  const step = (most - least) / classes
  const isWhole = values.every(Number.isInteger)
  const power = 10 ** Math.max(isWhole ? 0 : Number.NEGATIVE_INFINITY, Math.floor(Math.log10(step)))
  const edges = Array.from({ length: classes - 1 }, (_, i) =>
    Number((Math.round((least + (i + 1) * step) / power) * power).toPrecision(12)),
  )
  return [...new Set(edges)].filter((edge) => edge >= least && edge < most)
}

/** Place of a value among the classes, from 0. */
export const classOf = (value: number, edges: readonly number[]) => edges.filter((edge) => value > edge).length
