import type { ToldAs } from '../../domain/notices.ts'
import type { NoticeKind } from '../../domain/terms.ts'
import { formatDay } from './format.ts'
import { FOR_ANOTHER, type MailWords } from './mail.ts'

export interface ActionNoticeFacts {
  /** Code of the action, `AM-2026-003`. */
  code: string
  kind: NoticeKind
  told: ToldAs
  /** Civil date by which somebody has to act. */
  day: string | null
  /** Its effect is to be checked; otherwise it is to be carried out and reported. */
  isCheck: boolean
}

const CLOSING = 'Caracteriza envía este mensaje automáticamente. Para ver la acción y su historia, abra este enlace:'

/** Of the day of an improvement action: its code and dates, and nothing a person typed (experience 40). */
export function actionMail(facts: ActionNoticeFacts): MailWords {
  const day = facts.day ? formatDay(facts.day) : ''
  const what = facts.isCheck
    ? `verificar la eficacia de la acción de mejora ${facts.code}`
    : `cumplir la acción de mejora ${facts.code}`
  const asked = [
    `${IN_TIME[facts.kind](what, day)}.`,
    facts.isCheck
      ? 'Entre y diga si la acción tuvo el efecto que se buscaba.'
      : 'Entre e informe el avance o el resultado.',
  ]
  const body = {
    in_charge: asked,
    substitute: [...asked, FOR_ANOTHER],
    superior: [
      `Venció el ${day} el plazo para ${what}.`,
      'Se le avisa por ser el cargo superior. Este aviso no le traslada la acción: acuerde con quien responde cómo seguir.',
    ],
    vacancy: [
      `El plazo para ${what} termina el ${day}, y hoy nadie ejerce el cargo que responde.`,
      'Se le avisa porque dirige la dependencia. Pida a la Administración del sistema que registre un encargo.',
    ],
  }[facts.told]
  return { subject: subjectOf(facts, day), body: [...body, CLOSING].join('\n\n') }
}

const IN_TIME: Record<NoticeKind, (what: string, day: string) => string> = {
  reminder: (what, day) => `Usted tiene hasta el ${day} para ${what}`,
  expiry: (what, day) => `Venció el ${day} el plazo que usted tenía para ${what}`,
  overdue: (what, day) => `Sigue vencido desde el ${day} el plazo que usted tenía para ${what}`,
}

function subjectOf({ code, kind, told, isCheck }: ActionNoticeFacts, day: string): string {
  if (told === 'vacancy') return `Aviso: cargo vacante en la acción de mejora ${code}`
  const what = isCheck ? `verificación de ${code}` : `acción de mejora ${code}`
  if (told === 'superior') return `Aviso: venció el plazo de la ${what}`
  return kind === 'reminder' ? `La ${what} vence el ${day}` : `La ${what} está vencida desde el ${day}`
}
