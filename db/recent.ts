export interface Recent<T> {
  (key: string, ask: () => Promise<T>): Promise<T>
  /** The next one to ask gets a new answer. */
  forget: (key: string) => void
}

/** Answers to the `most` keys asked first of late; the oldest goes for a new one, and a failed one is asked again. */
export function recent<T>(most: number): Recent<T> {
  const known = new Map<string, Promise<T>>()
  const answer = (key: string, ask: () => Promise<T>) => {
    const before = known.get(key)
    if (before) return before
    const asking = ask()
    known.set(key, asking)
    asking.catch(() => known.delete(key))
    const [oldest] = known.keys()
    if (known.size > most && oldest !== undefined) known.delete(oldest)
    return asking
  }
  return Object.assign(answer, { forget: (key: string) => void known.delete(key) })
}
