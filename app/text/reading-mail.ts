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
  const found = unusual === 0 ? 'nada inusual' : `lecturas inusuales de ${people}`
  return {
    subject: `Lecturas de datos personales: ${found}`,
    body: [
      `En la semana del ${formatDate(week)} se vieron datos de ciudadanos ${reads === 1 ? '1 vez' : `${formatNumber(reads)} veces`}. Se encontró ${found}.`,
      unusual === 0
        ? 'No tiene que hacer nada. Si quiere ver el detalle, abra este enlace:'
        : 'Inusual no quiere decir indebido: vea quién fue y por qué, y pregúntele qué atendía:',
    ].join('\n\n'),
  }
}
