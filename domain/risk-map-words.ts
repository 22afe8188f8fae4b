/** Words of a methodology as maps from elsewhere write them: capitals, accents, articles and percentages do not decide. */
import { isCivilDate } from './civil-dates.ts'
import { plainWords } from './folded.ts'
import { numberOf } from './number-notation.ts'

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

/** The level that a text means: by its words, or by its percentage alone. */
export function levelNamed<L extends Named & { percent: number }>(levels: readonly L[], text: string): L | undefined {
  const code = chosen(levels, text)
  const share = /^(\d{1,3})\s*%$/.exec(text.trim())?.[1]
  return levels.find((one) => (code === undefined ? String(one.percent) === share : one.code === code))
}

/** The percentage that a text says and nothing else: `36 %`, `25,2`, and `0,36` as a cell of a workbook holds 36 %. Null for none. */
export function shareNamed(text: string): number | null {
  const [, typed = '', sign] = /^(\d[\d.,]*)\s*(%?)$/.exec(text.trim()) ?? []
  const share = numberOf(typed)
  if (share === null) return null
  return sign === '' && share <= 1 ? Number((share * 100).toPrecision(12)) : share
}

/** As maps call a zone: «Zona de riesgo alta» is the zone «Alto». */
const zoneWords = (text: string) =>
  words(text)
    .replace(/^((zona|nivel|riesgo|de|inherente|residual|final) )+/, '')
    .replace(/(?<=[a-z])[ao]\b/g, '')

export function zoneNamed<Z extends Named>(zones: readonly Z[], text: string): Z | undefined {
  const typed = zoneWords(text)
  return zones.find(({ code, name }) => typed !== '' && (zoneWords(name) === typed || code === text.trim()))
}

export const namesOf = (rows: readonly Named[]): string[] => rows.map(({ name }) => name)

/** A day as maps write it, `2026-12-31` or `31/12/2026`, whatever its hour; null for what is none. */
export function dayNamed(text: string): string | null {
  const typed = text.trim().replace(/[ T]\d{1,2}:\d{2}(:\d{2})?$/, '')
  const [, day = '', month = '', year = ''] = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(typed) ?? []
  const written = year === '' ? typed : `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return isCivilDate(written) ? written : null
}
