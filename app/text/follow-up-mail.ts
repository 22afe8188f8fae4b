import type { FollowUpKind } from '../../domain/follow-ups.ts'
import type { ToldAs } from '../../domain/notices.ts'
import type { NoticeKind } from '../../domain/terms.ts'
import { followUpText } from './follow-ups.ts'
import { formatDay } from './format.ts'
import { FOR_ANOTHER, type MailWords } from './mail.ts'

export interface FollowUpFacts {
  kind: FollowUpKind
  code: string
  notice: NoticeKind
  told: ToldAs
  /** Civil date by which. */
  day: string
}

const CLOSING = 'Caracteriza envía este mensaje automáticamente. Para verlo y hacerlo, abra este enlace:'

/** Of what somebody has to do by a day: codes and dates, and nothing a person typed (experience 40). */
export function followUpMail({ kind, code, notice, told, day: due }: FollowUpFacts): MailWords {
  const day = formatDay(due)
  const what = followUpText.asked[kind](code)
  const asked = {
    reminder: `Usted tiene hasta el ${day} para esto: ${what}.`,
    expiry: `Venció el ${day} el plazo que usted tenía para esto: ${what}.`,
    overdue: `Sigue vencido desde el ${day} el plazo que usted tenía para esto: ${what}.`,
  }[notice]
  const body = {
    in_charge: [asked],
    substitute: [asked, FOR_ANOTHER],
    superior: [
      `Venció el ${day} el plazo para esto: ${what}.`,
      'Se le avisa por ser el cargo superior. Este aviso no le traslada la tarea: acuerde con quien responde cómo seguir.',
    ],
    vacancy: [
      `El plazo para esto termina el ${day}, y hoy nadie ejerce el cargo que responde: ${what}.`,
      'Se le avisa porque dirige la dependencia. Pida a la Administración del sistema que registre un encargo.',
    ],
  }[told]
  return { subject: subjectOf({ code, notice, told }, day), body: [...body, CLOSING].join('\n\n') }
}

function subjectOf({ code, notice, told }: Pick<FollowUpFacts, 'code' | 'notice' | 'told'>, day: string): string {
  if (told === 'vacancy') return `Aviso: cargo vacante en una tarea de ${code}`
  if (told === 'superior') return `Aviso: venció el plazo de una tarea de ${code}`
  return notice === 'reminder'
    ? `Una tarea de ${code} vence el ${day}`
    : `Una tarea de ${code} está vencida desde el ${day}`
}
