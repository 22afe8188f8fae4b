import { UNDO_DAYS } from '../../domain/campaigns.ts'
import type { Concerned, ToldStatus } from '../../domain/grants.ts'
import { formatDay } from './format.ts'
import type { MailWords } from './mail.ts'

export interface GrantMailFacts {
  /** Code of the access, `AD-2026-0001`. */
  code: string
  /** Status it reached, or that its end is near. */
  about: ToldStatus | 'ending'
  who: Concerned
  /** Civil dates. */
  startsOn: string
  endsOn: string
}

const CLOSING = 'Caracteriza envía este mensaje automáticamente. Para ver el acceso y su historia, abra este enlace:'

/** C7: the short request, and afterwards a new one. */
const ASK_AGAIN = `Si debe seguir, pida que se restablezca desde su página, dentro de los ${UNDO_DAYS} días hábiles siguientes al cierre de la revisión. Después se hace una solicitud nueva.`

/** Of a delegated access: its code and days, and nothing a person typed (experience 40). */
export function grantMail(facts: GrantMailFacts): MailWords {
  const { subject, body } = WORDS[facts.about](facts)
  return { subject, body: [...body, CLOSING].join('\n\n') }
}

type Words = (facts: GrantMailFacts) => { subject: string; body: string[] }

const forGrantee = ({ who }: GrantMailFacts) => who === 'grantee'

const WORDS: Record<GrantMailFacts['about'], Words> = {
  asked: ({ code }) => ({
    subject: `Acepte el compromiso del acceso ${code}`,
    body: [
      `Quien dirige su organismo pidió el acceso ${code} para que usted registre datos de la ciudadanía.`,
      'Antes de que alguien lo apruebe, lea y acepte el compromiso de confidencialidad. También puede no aceptarlo.',
    ],
  }),
  accepted: ({ code }) => ({
    subject: `El acceso ${code} espera su decisión`,
    body: [`La persona aceptó el compromiso de confidencialidad. Revise el acceso ${code} y apruébelo o niéguelo.`],
  }),
  granted: (facts) => ({
    subject: `Se aprobó el acceso ${facts.code}`,
    body: [
      `El acceso ${facts.code} va del ${formatDay(facts.startsOn)} al ${formatDay(facts.endsOn)}.`,
      forGrantee(facts)
        ? 'Dentro de esas fechas puede registrar datos en su punto de atención.'
        : 'Si la persona se traslada o se retira, revóquelo el mismo día.',
    ],
  }),
  denied: ({ code }) => ({
    subject: `Se negó el acceso ${code}`,
    body: [`La solicitud del acceso ${code} se negó. El motivo está en su página.`],
  }),
  declined: ({ code }) => ({
    subject: `La persona no aceptó el acceso ${code}`,
    body: [`La persona para quien pidió el acceso ${code} no lo aceptó. El motivo está en su página.`],
  }),
  withdrawn: ({ code }) => ({
    subject: `Se retiró la solicitud del acceso ${code}`,
    body: [`Su organismo retiró la solicitud del acceso ${code}: no tiene que hacer nada más.`],
  }),
  lapsed: ({ code, startsOn }) => ({
    subject: `El acceso ${code} no comenzó`,
    body: [
      `El ${formatDay(startsOn)} debía comenzar el acceso ${code}, pero su titular ya no tenía cargo o cuenta, o el punto estaba cerrado.`,
      'Si todavía lo necesita, haga una solicitud nueva.',
    ],
  }),
  revoked: ({ code }) => ({
    subject: `Se revocó el acceso ${code}`,
    body: [`El acceso ${code} terminó hoy. Quién lo revocó y por qué está en su página.`],
  }),
  expired: ({ code, endsOn }) => ({
    subject: `Terminó el acceso ${code}`,
    body: [`El acceso ${code} terminó el ${formatDay(endsOn)}. Para volver a darlo se hace una solicitud nueva.`],
  }),
  unanswered: ({ code, endsOn }) => ({
    subject: `Nadie decidió el acceso ${code}`,
    body: [
      `La solicitud del acceso ${code} pedía fechas hasta el ${formatDay(endsOn)} y nadie la decidió antes.`,
      'Si todavía se necesita, se hace una solicitud nueva.',
    ],
  }),
  retired: (facts) => ({
    subject: `Se retiró el acceso ${facts.code}`,
    body: [
      `Una revisión de accesos terminó y el acceso ${facts.code} ya no permite registrar datos. Por qué está en su página.`,
      forGrantee(facts)
        ? 'Si lo sigue necesitando, hable con quien dirige su organismo: puede pedir que se restablezca.'
        : ASK_AGAIN,
    ],
  }),
  suspended: (facts) => ({
    subject: `Se inhabilitó el acceso ${facts.code}`,
    body: [
      `Nadie respondió por el acceso ${facts.code} en una revisión, y ya no permite registrar datos.`,
      forGrantee(facts)
        ? 'Si lo sigue necesitando, hable con quien dirige su organismo: puede pedir que se restablezca.'
        : ASK_AGAIN,
    ],
  }),
  ending: (facts) => ({
    subject: `El acceso ${facts.code} termina el ${formatDay(facts.endsOn)}`,
    body: [
      `El acceso ${facts.code} termina el ${formatDay(facts.endsOn)}.`,
      forGrantee(facts)
        ? 'Si lo va a seguir necesitando, avise a quien dirige su organismo: la renovación la pide esa persona.'
        : 'Si la persona lo va a seguir necesitando, pida la renovación desde la página del acceso.',
    ],
  }),
}
