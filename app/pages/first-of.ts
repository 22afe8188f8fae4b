/** The first lines of a list. */
export interface First<R> {
  rows: R[]
  /** Whether there are others. */
  more: boolean
}

/** Lines of a list that stands beside what the page is about. */
export const SHOWN = 20

/** Of a list that was read one line further than it is shown. */
export function firstOf<R>(read: readonly R[], shown: number): First<R> {
  return { rows: read.slice(0, shown), more: read.length > shown }
}
