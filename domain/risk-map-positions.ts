/** Positions as a map names them: by name, and by the dependencia in brackets where several have it. */
import { foldedWords } from './folded.ts'

export interface MapPosition {
  id: string
  name: string
  agency: string
}

const plain = (text: string) => foldedWords(text).join(' ')

/** The one position meant; else the dependencias that have one of that name, none where nobody has. */
export function positionNamed(
  positions: readonly MapPosition[],
  text: string,
): { id: string } | { agencies: string[] } {
  const typed = plain(text)
  const [one, ...more] = positions.filter(({ name }) => plain(name) === typed)
  if (one && more.length === 0) return { id: one.id }
  const exact = positions.find(({ name, agency }) => plain(`${name} ${agency}`) === typed)
  if (exact) return { id: exact.id }
  return { agencies: [one, ...more].flatMap((each) => (each ? [each.agency] : [])) }
}
