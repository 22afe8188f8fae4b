/** The checkpoint of a day as control interno gets it by mail: what is kept there is out of the reach of whoever runs the server. */
import { formatDay, formatNumber } from './format.ts'
import type { MailWords } from './mail.ts'

export interface LogDayFacts {
  /** Civil date. */
  day: string
  events: number
  size: number
  /** As it was signed. */
  note: string
}

export function logDayMail({ day, events, size, note }: LogDayFacts): MailWords {
  const happened = events === 1 ? 'se selló 1 hecho' : `se sellaron ${formatNumber(events)} hechos`
  return {
    subject: `Punto de control de la bitácora: ${formatDay(day)}`,
    body: [
      `Hasta el ${formatDay(day)} la bitácora tiene ${formatNumber(size)} hechos; desde el punto anterior ${happened}.`,
      'Guarde este mensaje. Si alguien cambiara, borrara o agregara después un hecho anterior, el texto firmado que sigue permite demostrarlo, aunque quien lo haga administre el servidor.',
      note.trim(),
      'Las huellas del día y las llaves públicas están en la página pública de la bitácora:',
    ].join('\n\n'),
  }
}
