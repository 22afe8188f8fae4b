/** What whoever leads the process is told on Monday of the reading of citizens' data: numbers, never names. */
import { formatDate, formatNumber } from './format.ts'
import type { MailWords } from './mail.ts'

export interface ReadingWeekFacts {
  /** Its Monday, civil date. */
  week: string
  reads: number
  /** People with something unusual. */
  unusual: number
}

export function unusualReadingMail({ week, reads, unusual }: ReadingWeekFacts): MailWords {
  const people = unusual === 1 ? 'una persona' : `${formatNumber(unusual)} personas`
  const { short, found, next } =
    unusual === 0
      ? {
          short: 'nada inusual',
          found: 'No se encontró nada inusual.',
          next: 'No tiene que hacer nada. Si quiere ver el detalle, abra este enlace:',
        }
      : {
          short: `lecturas inusuales de ${people}`,
          found: `Se encontraron lecturas inusuales de ${people}.`,
          next: 'Inusual no quiere decir indebido: vea quién fue y por qué, y pregúntele qué atendía:',
        }
  return {
    subject: `Lecturas de datos personales: ${short}`,
    body: [
      `En la semana del ${formatDate(week)} se vieron datos de ciudadanos ${reads === 1 ? '1 vez' : `${formatNumber(reads)} veces`}. ${found}`,
      next,
    ].join('\n\n'),
  }
}
