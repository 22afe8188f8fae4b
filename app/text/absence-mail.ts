import { formatDay } from './format.ts'
import type { MailWords } from './mail.ts'

interface AbsenceMailFacts {
  about: 'planned' | 'cancelled' | 'cut_short'
  /** Whoever will be absent is told too where somebody else planned or cancelled it. */
  who: 'absent' | 'substitute'
  /** Name of the position. */
  position: string
  /** Civil dates, both included; of one cut short, the day it ends. */
  from: string
  to: string
}

const CLOSING = 'Caracteriza envía este mensaje automáticamente. Para ver la ausencia y su historia, abra este enlace:'

/** Of an absence: the position and the days, and nobody's name (experience 40). */
export function absenceMail({ about, who, position, from, to }: AbsenceMailFacts): MailWords {
  const days = from === to ? `el ${formatDay(from)}` : `del ${formatDay(from)} al ${formatDay(to)}`
  const { subject, body } = WORDS[about][who](position, days)
  return { subject, body: [...body, CLOSING].join('\n\n') }
}

type Words = (position: string, days: string) => { subject: string; body: string[] }

const WORDS: Record<AbsenceMailFacts['about'], Record<AbsenceMailFacts['who'], Words>> = {
  planned: {
    substitute: (position, days) => ({
      subject: `Usted reemplazará a ${position}`,
      body: [
        `Se planeó una ausencia: usted actuará como ${position} ${days}.`,
        'En esas fechas elija ese cargo en la barra de arriba. En la página de la ausencia puede ver desde ya qué tareas podrá abrir.',
      ],
    }),
    absent: (position, days) => ({
      subject: `Se planeó su ausencia en el cargo ${position}`,
      body: [
        `La Administración del sistema registró su ausencia ${days}. Lo pendiente del cargo pasa a quien lo reemplaza, y usted puede ver lo que haga por usted.`,
      ],
    }),
  },
  cancelled: {
    substitute: (position, days) => ({
      subject: `Ya no reemplaza a ${position}`,
      body: [`Se canceló la ausencia en la que usted actuaba como ${position} ${days}. No tiene que hacer nada más.`],
    }),
    absent: (position, days) => ({
      subject: `Se canceló su ausencia en el cargo ${position}`,
      body: [`Se canceló la ausencia registrada ${days}. Lo pendiente del cargo vuelve a estar solo en su bandeja.`],
    }),
  },
  cut_short: {
    substitute: (position, days) => ({
      subject: `Ya no reemplaza a ${position}`,
      body: [
        `Quien ocupa el cargo ${position} deja la entidad, y con ello termina ${days} su reemplazo. Lo que usted hizo por delegación vale; lo pendiente lo sigue quien asuma el cargo.`,
      ],
    }),
    absent: (position, days) => ({
      subject: `Se queda sin reemplazo en el cargo ${position}`,
      body: [
        `La persona que lo reemplaza en el cargo ${position} deja la entidad ${days}. Nombre a otra para que lo pendiente no espere.`,
      ],
    }),
  },
}
