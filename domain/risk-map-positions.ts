/** Positions as a map names them: by name, and by the dependencia in brackets where several have it. */
import { plainWords } from './folded.ts'

export interface MapPosition {
  id: string
  name: string
  agency: string
}

/** The one position meant; else the dependencias that have one of that name, none where nobody has. */
export function positionNamed(
  positions: readonly MapPosition[],
  text: string,
): { id: string } | { agencies: string[] } {
  const typed = plainWords(text)
  const [one, ...more] = positions.filter(({ name }) => plainWords(name) === typed)
  if (one && more.length === 0) return { id: one.id }
  const exact = positions.find(({ name, agency }) => plainWords(`${name} ${agency}`) === typed)
  if (exact) return { id: exact.id }
  return { agencies: [one, ...more].flatMap((each) => (each ? [each.agency] : [])) }
}
