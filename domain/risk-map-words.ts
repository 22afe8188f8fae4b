/** Words of a methodology as maps from elsewhere write them: capitals, accents, articles and percentages do not decide. */
import { plainWords } from './folded.ts'

interface Named {
  code: string
  name: string
}

const words = (text: string) =>
  plainWords(text.replace(/\(?\d+([.,]\d+)?\s*%\)?/g, ' ')).replace(/^(la|el|los|las) /, '')

/** The code that a text means: by its name, by its name before a colon, or by the code itself. */
export function chosen(rows: readonly Named[], text: string): string | undefined {
  const typed = words(text)
  if (typed === '') return undefined
  const isMeant = ({ code, name }: Named) =>
    [name, name.split(':')[0] ?? '', code.replaceAll('_', ' ')].some((one) => words(one) === typed)
  return rows.find(isMeant)?.code
}

export const namesOf = (rows: readonly Named[]): string[] => rows.map(({ name }) => name)
