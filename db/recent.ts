/** Answers to the `most` keys asked first of late; the oldest goes for a new one, and a failed one is asked again. */
export function recent<T>(most: number): (key: string, ask: () => Promise<T>) => Promise<T> {
  const known = new Map<string, Promise<T>>()
  return (key, ask) => {
    const before = known.get(key)
    if (before) return before
    const asking = ask()
    known.set(key, asking)
    asking.catch(() => known.delete(key))
    const [oldest] = known.keys()
    if (known.size > most && oldest !== undefined) known.delete(oldest)
    return asking
  }
}
