import type { RightsAim, RightsVerdict } from '../../domain/rights.ts'
import { kindOf } from '../../domain/rights.ts'
import { formatDay } from './format.ts'
import type { MailWords } from './mail.ts'

export type CitizenNews = 'received' | 'completed' | 'moved' | 'lapsed' | Exclude<RightsVerdict, 'identify'>

export interface CitizenMailFacts {
  /** Name of the entity that answers. */
  entity: string
  /** Number of the request, `DT-2026-0001`. */
  number: string
  aim: RightsAim
  about: CitizenNews
  /** Civil date by which it is answered, or by which the citizen completes it. */
  day: string | null
}

const CLOSING =
  'Este mensaje se envía automáticamente y no se responde. Para ver cómo va, abra este enlace y escriba la clave que recibió al presentar la solicitud:'

/** To whoever asked about their data: the number, the day and where to look; nothing of whom, and nothing anybody typed. */
export function citizenMail(facts: CitizenMailFacts): MailWords {
  const what = kindOf(facts.aim) === 'claim' ? 'su reclamo' : 'su consulta'
  const day = facts.day === null ? '' : formatDay(facts.day)
  const { subject, body } = NEWS[facts.about](facts.number, what, day)
  return { subject, body: [`${facts.entity}.`, body, CLOSING].join('\n\n') }
}

type Words = (number: string, what: string, day: string) => { subject: string; body: string }

const ANSWERED: Words = (number, what) => ({
  subject: `Su solicitud ${number} tiene respuesta`,
  body: `Respondimos ${what} ${number} sobre datos personales.`,
})

const NEWS: Record<CitizenNews, Words> = {
  received: (number, what, day) => ({
    subject: `Recibimos su solicitud ${number}`,
    body: `Recibimos ${what} ${number} sobre datos personales. Responderemos a más tardar el ${day}.`,
  }),
  completed: (number, what, day) => ({
    subject: `Recibimos lo que faltaba de su solicitud ${number}`,
    body: `Recibimos lo que faltaba de ${what} ${number}. Responderemos a más tardar el ${day}.`,
  }),
  moved: (number, what, day) => ({
    subject: `Cambió la fecha de respuesta de su solicitud ${number}`,
    body: `El calendario de días hábiles cambió: responderemos ${what} ${number} a más tardar el ${day}.`,
  }),
  require: (number, what, day) => ({
    subject: `A su solicitud ${number} le falta algo`,
    body: `Para responder ${what} ${number} necesitamos algo más de usted. Puede completarlo hasta el ${day}; si no, se entiende que desiste.`,
  }),
  extend: (number, what, day) => ({
    subject: `Se amplió el término de su solicitud ${number}`,
    body: `No alcanzamos a responder ${what} ${number} en el primer término. Responderemos a más tardar el ${day}; el motivo está en el enlace.`,
  }),
  forward: (number, what) => ({
    subject: `Trasladamos su solicitud ${number}`,
    body: `No somos competentes para responder ${what} ${number} y lo trasladamos a quien lo es.`,
  }),
  attend: ANSWERED,
  deny: ANSWERED,
  lapsed: (number, what) => ({
    subject: `Se archivó su solicitud ${number}`,
    body: `Pasaron dos meses sin que se completara ${what} ${number}, y se entiende que usted desistió. Puede presentar otra solicitud cuando quiera.`,
  }),
}

/** To whoever gave their data and authorised to be written to: which record, and how to change their mind. */
export function receiptMail({ entity, code, point }: { entity: string; code: string; point: string }): MailWords {
  return {
    subject: `Constancia de registro ${code}`,
    body: [
      `${entity}.`,
      `Usted entregó sus datos en ${point}. El registro es el ${code}.`,
      'Puede conocer, corregir o suprimir sus datos y retirar lo que autorizó cuando quiera. Este mensaje se envía automáticamente y no se responde. Para ejercer sus derechos, abra este enlace:',
    ].join('\n\n'),
  }
}
