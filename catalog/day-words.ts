/** Names of days and months as they stand in frozen content and in the arithmetic of a term. */

/** By weekday, 0 Sunday: the days that are never working days. */
export const WEEKEND: Readonly<Record<number, string>> = { 6: 'sábado', 0: 'domingo' }

export const MONTHS = [
  ...['enero', 'febrero', 'marzo', 'abril', 'mayo', 'junio'],
  ...['julio', 'agosto', 'septiembre', 'octubre', 'noviembre', 'diciembre'],
]
