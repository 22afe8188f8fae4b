import type { ReviewCause } from '../../domain/review-causes.ts'
import { formatDay, formatNumber } from './format.ts'
import type { MailWords } from './mail.ts'
import { reviewCauseText } from './reviews.ts'

export interface ReviewMailFacts {
  /**
   * To whoever reviews: `to_review`, `reminder`; to whoever heads above them: `escalation`; to the person: `under_review`, and
   * `goes_on` or `ends_earlier` where the access was not ended; to whoever leads the process: `closed`.
   */
  kind: 'to_review' | 'reminder' | 'escalation' | 'under_review' | 'goes_on' | 'ends_earlier' | 'closed'
  /** Code of the review, `RA-2026-0001`. */
  code: string
  /** Civil date, the last one on which an answer is taken; of `goes_on` and `ends_earlier` the last day of the access. */
  dueOn: string
  /** Accesses that wait for an answer; once it is closed, those that ended. */
  n?: number
  /** Code of the access, `AD-2026-0001`. */
  access?: string
  /** Why the accesses of one person are reviewed; null in the review of a vigencia. */
  cause?: ReviewCause | null
}

const CLOSING = 'Caracteriza envía este mensaje automáticamente. Para verlo, abra este enlace:'

/** Of a review of accesses: codes, counts and days, and nothing a person typed (experience 40). */
export function reviewMail(facts: ReviewMailFacts): MailWords {
  const { subject, body } = WORDS[facts.kind](facts)
  return { subject, body: [...body, CLOSING].join('\n\n') }
}

const accesses = (n = 0) => (n === 1 ? 'un acceso' : `${formatNumber(n)} accesos`)

const WORDS: Record<ReviewMailFacts['kind'], (facts: ReviewMailFacts) => { subject: string; body: string[] }> = {
  to_review: ({ code, dueOn, n }) => ({
    subject: `Revise ${accesses(n)} de su organismo hasta el ${formatDay(dueOn)}`,
    body: [
      `La revisión ${code} pide que quien dirige cada organismo diga qué accesos siguen. En su lista hay ${accesses(n)}.`,
      `Responda hasta el ${formatDay(dueOn)}. Lo que nadie responda sale como indica la revisión: el silencio no renueva.`,
    ],
  }),
  reminder: ({ code, dueOn, n }) => ({
    subject: `Falta su respuesta por ${accesses(n)}: hasta el ${formatDay(dueOn)}`,
    body: [`En la revisión ${code} falta su respuesta por ${accesses(n)}. Puede cambiarla hasta el cierre.`],
  }),
  escalation: ({ code, dueOn, n }) => ({
    subject: `Aviso: falta la respuesta por ${accesses(n)} en la revisión ${code}`,
    body: [
      `El plazo termina el ${formatDay(dueOn)} y quien dirige el organismo no ha respondido por ${accesses(n)}.`,
      'Se le avisa por dirigir la dependencia de la que depende. Este aviso no le traslada la respuesta.',
    ],
  }),
  under_review: ({ code, dueOn, access, cause }) => ({
    subject: `Su acceso ${access} está en revisión`,
    body: [
      ...(cause ? [`Se revisan sus accesos por este motivo: ${reviewCauseText[cause].toLowerCase()}.`] : []),
      `La revisión ${code} pregunta a quien dirige el organismo si su acceso ${access} debe seguir. Se decide a más tardar el ${formatDay(dueOn)}.`,
      'Si quiere, añada una declaración en la página del acceso: quien revisa la lee antes de responder.',
    ],
  }),
  goes_on: ({ code, dueOn, access }) => ({
    subject: `Su acceso ${access} sigue como está`,
    body: [
      `La revisión ${code} terminó y su acceso ${access} sigue hasta el ${formatDay(dueOn)}. No tiene que hacer nada.`,
    ],
  }),
  ends_earlier: ({ code, dueOn, access }) => ({
    subject: `Su acceso ${access} termina antes: el ${formatDay(dueOn)}`,
    body: [
      `La revisión ${code} terminó y quien dirige el organismo dio menos días a su acceso ${access}: va hasta el ${formatDay(dueOn)}.`,
      'Si lo necesita por más tiempo, hable con quien dirige su organismo: puede pedirlo de nuevo.',
    ],
  }),
  closed: ({ code, n }) => ({
    subject: `La revisión ${code} se cerró y terminó ${accesses(n)}`,
    body: [
      `La revisión ${code} se ejecutó: terminó ${accesses(n)}. La lista de antes y después, con las respuestas, está en su página.`,
      'Si falta el número del caso MARI, regístrelo allí.',
    ],
  }),
}
