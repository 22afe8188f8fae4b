/** Which columns of a table somebody looks at and in what order (experience 47); the address carries it. */

export interface Arrangement {
  /** Keys of the columns shown, in their order; the first one names the row and stays where it is. */
  shown: string[]
  hidden: string[]
  /** Somebody chose it: it is not how the table comes. */
  isChosen: boolean
}

const BETWEEN = '.'

/** `usual` are the columns as the table comes, the fixed one first; `asked` is what the address carries. What is unknown is left out. */
export function arrangementOf(usual: readonly string[], asked: string | null | undefined): Arrangement {
  const [fixed = '', ...others] = usual
  const wanted = [...new Set((asked ?? '').split(BETWEEN))].filter((key) => others.includes(key))
  const isChosen = wanted.length > 0 && wanted.join(BETWEEN) !== others.join(BETWEEN)
  const shown = [fixed, ...(isChosen ? wanted : others)]
  return { shown, hidden: others.filter((key) => !shown.includes(key)), isChosen }
}

/** What the address says of an arrangement; null where the table is as it comes. */
export function arrangementValue(usual: readonly string[], shown: readonly string[]): string | null {
  const { isChosen, shown: kept } = arrangementOf(usual, shown.slice(1).join(BETWEEN))
  return isChosen ? kept.slice(1).join(BETWEEN) : null
}

/** The columns shown with one of them a place further to the front (-1) or to the back (1); null where it cannot go there. */
export function movedColumn(shown: readonly string[], key: string, by: -1 | 1): string[] | null {
  const at = shown.indexOf(key)
  const to = at + by
  if (at < 1 || to < 1 || to >= shown.length) return null
  const moved = shown.filter((one) => one !== key)
  moved.splice(to, 0, key)
  return moved
}

/** Without a column; null for the fixed one and for the last beside it. */
export function withoutColumn(shown: readonly string[], key: string): string[] | null {
  if (shown.indexOf(key) < 1 || shown.length < 3) return null
  return shown.filter((one) => one !== key)
}
