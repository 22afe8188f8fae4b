/** Address of a list with some filters changed: the others stay, null takes one away, and the list begins anew. */
export function listAddress(path: string, search: URLSearchParams, changes: Record<string, string | null>): string {
  const changed = new URLSearchParams(search)
  changed.delete('desde')
  for (const [name, value] of Object.entries(changes))
    if (value === null) changed.delete(name)
    else changed.set(name, value)
  return changed.size > 0 ? `${path}?${changed}` : path
}
