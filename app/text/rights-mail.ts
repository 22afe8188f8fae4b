import type { ToldAs } from '../../domain/notices.ts'
import { kindOf, type RightsAim } from '../../domain/rights.ts'
import type { NoticeKind } from '../../domain/terms.ts'
import { formatDay } from './format.ts'
import type { MailWords } from './mail.ts'

export interface RightsMailFacts {
  /** Number of the request, `DT-2026-0001`. */
  number: string
  aim: RightsAim
  about: 'received' | 'completed' | NoticeKind
  told: ToldAs
  /** Civil date by which it is answered. */
  dueOn: string
}

const CLOSING = 'Caracteriza envía este mensaje automáticamente. Para ver la solicitud y su historia, abra este enlace:'

/** To whoever answers for data protection: the number of a request and its day, and nothing anybody typed (experience 40). */
export function rightsMail(facts: RightsMailFacts): MailWords {
  const what = `${kindOf(facts.aim) === 'claim' ? 'el reclamo' : 'la consulta'} ${facts.number}`
  const { subject, body } = wordsFor(facts, what, formatDay(facts.dueOn))
  return { subject, body: [...body, CLOSING].join('\n\n') }
}

function wordsFor({ number, about, told }: RightsMailFacts, what: string, day: string) {
  if (told === 'vacancy')
    return {
      subject: `Aviso: cargo vacante en la solicitud ${number}`,
      body: [
        `Hay que responder ${what} hasta el ${day}, y hoy nadie ejerce el cargo que responde por los datos personales.`,
        'Se le avisa porque dirige la dependencia. Pida a la Administración del sistema que registre un encargo.',
      ],
    }
  if (told === 'superior')
    return {
      subject: `Aviso: venció el término de la solicitud ${number}`,
      body: [
        `Venció el ${day} el término legal para responder ${what}.`,
        'Se le avisa por ser el cargo superior. Este aviso no le traslada la decisión: acuerde con quien responde cómo seguir.',
      ],
    }
  return OWN[about](number, what, day)
}

type Words = (number: string, what: string, day: string) => { subject: string; body: string[] }

const OWN: Record<RightsMailFacts['about'], Words> = {
  received: (number, what, day) => ({
    subject: `Llegó la solicitud ${number} sobre datos personales`,
    body: [
      `Llegó ${what}. Hay que responder hasta el ${day}.`,
      'Entre, compruebe la identidad de quien la presentó y responda.',
    ],
  }),
  completed: (number, what, day) => ({
    subject: `Se completó la solicitud ${number}`,
    body: [`El ciudadano completó ${what}. Hay que responder hasta el ${day}.`],
  }),
  reminder: (number, what, day) => ({
    subject: `La solicitud ${number} vence el ${day}`,
    body: [
      `Usted tiene hasta el ${day} para responder ${what}.`,
      'Si no alcanza, la prórroga se informa antes de que venza el término.',
    ],
  }),
  expiry: (number, what, day) => ({
    subject: `La solicitud ${number} está vencida desde el ${day}`,
    body: [`Venció el ${day} el término legal que usted tenía para responder ${what}. Respóndala hoy.`],
  }),
  overdue: (number, what, day) => ({
    subject: `La solicitud ${number} está vencida desde el ${day}`,
    body: [`Sigue vencido desde el ${day} el término legal para responder ${what}. Respóndala hoy.`],
  }),
}
