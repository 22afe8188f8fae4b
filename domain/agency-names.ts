/** Names of dependencias as data, rules and people write them (H9). */
import { foldedWords } from './folded.ts'

const ARTICLES = new Set(['de', 'del', 'la', 'las', 'el', 'los', 'y', 'e', 'para'])

/**
 * What two spellings of one dependencia have in common: case, accents, articles and the signs between words do not decide.
 * Empty where nothing is left. Never for names that are only alike: a figure given to the wrong dependencia is worse than none.
 */
export function agencyKey(name: string): string {
  return foldedWords(name)
    .filter((word) => !ARTICLES.has(word))
    .join(' ')
}

export function isSameAgency(one: string, other: string): boolean {
  return agencyKey(one) !== '' && agencyKey(one) === agencyKey(other)
}
