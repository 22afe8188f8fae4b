/** What `like` and `ilike` find where a text holds `part`, whatever signs are in it. */
export function holding(part: string): string {
  return `%${part.replaceAll(/[\\%_]/g, '\\$&')}%`
}
