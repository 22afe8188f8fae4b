/** Days as they stand in what is frozen, signed or printed from it. */
import { isCivilDate } from '../domain/civil-dates.ts'

/** Names of the days that are never working days, by weekday, 0 Sunday; they stand in the arithmetic of a term. */
export const WEEKEND: Readonly<Record<number, string>> = { 6: 'sábado', 0: 'domingo' }

const MONTHS = [
  ...['enero', 'febrero', 'marzo', 'abril', 'mayo', 'junio'],
  ...['julio', 'agosto', 'septiembre', 'octubre', 'noviembre', 'diciembre'],
]

/** «24 de noviembre de 2026» for content that is frozen or signed: from a civil date, anything else as it is. */
export function dateInWords(date: string): string {
  if (!isCivilDate(date)) return date
  const [year, month, day] = date.split('-')
  return `${Number(day)} de ${MONTHS[Number(month) - 1]} de ${year}`
}
