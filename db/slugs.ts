import { folded } from '../domain/folded.ts'

const LONGEST = 80

/** Whole words of an address: lower case, no accents, hyphens; at most 80 characters. */
export function slugOf(text: string): string {
  const words = folded(text)
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
  const fitting = words.length > LONGEST ? words.slice(0, LONGEST + 1).replace(/-[^-]*$/, '') : words
  return fitting.slice(0, LONGEST) || 'datos'
}
