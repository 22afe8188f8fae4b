import type { Asked } from '../../domain/improvement.ts'
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
  asks: Asked
}

const closing = (what: string) => `Caracteriza envía este mensaje automáticamente. Para ver ${what}, abra este enlace:`
const VACANT = 'Se le avisa porque dirige la dependencia. Pida a la Administración del sistema que registre un encargo.'

/** Of the day of an improvement action: its code and dates, and nothing a person typed (experience 40). */
export function actionMail(facts: ActionNoticeFacts): MailWords {
  const day = facts.day ? formatDay(facts.day) : ''
  const what = `${WHAT[facts.asks]} la acción de mejora ${facts.code}`
  const asked = [`${IN_TIME[facts.kind](what, day)}.`, ENTER[facts.asks]]
  const body = {
    in_charge: asked,
    substitute: [...asked, FOR_ANOTHER],
    superior: [
      `Venció el ${day} el plazo para ${what}.`,
      'Se le avisa por ser el cargo superior. Este aviso no le traslada la acción: acuerde con quien responde cómo seguir.',
    ],
    vacancy: [`El plazo para ${what} termina el ${day}, y hoy nadie ejerce el cargo que responde.`, VACANT],
  }[facts.told]
  return { subject: subjectOf(facts, day), body: [...body, closing('la acción y su historia')].join('\n\n') }
}

const IN_TIME: Record<NoticeKind, (what: string, day: string) => string> = {
  reminder: (what, day) => `Usted tiene hasta el ${day} para ${what}`,
  expiry: (what, day) => `Venció el ${day} el plazo que usted tenía para ${what}`,
  overdue: (what, day) => `Sigue vencido desde el ${day} el plazo que usted tenía para ${what}`,
}

const WHAT: Record<Asked, string> = {
  carry_out: 'cumplir',
  drop: 'decidir si se descarta',
  verify: 'verificar que se cumplió',
  check: 'revisar la eficacia de',
}

const ENTER: Record<Asked, string> = {
  carry_out: 'Entre e informe el avance o el resultado.',
  drop: 'Entre y diga si la acción se descarta, como pide quien responde por ella.',
  verify: 'Entre y diga si la acción se cumplió como se informó.',
  check: 'Entre y diga si la acción tuvo el efecto que se buscaba.',
}

function subjectOf({ code, kind, told, asks }: ActionNoticeFacts, day: string): string {
  if (told === 'vacancy') return `Aviso: cargo vacante en la acción de mejora ${code}`
  const what = {
    carry_out: `acción de mejora ${code}`,
    drop: `decisión de descartar ${code}`,
    verify: `verificación de ${code}`,
    check: `revisión de eficacia de ${code}`,
  }[asks]
  if (told === 'superior') return `Aviso: venció el plazo de la ${what}`
  return kind === 'reminder' ? `La ${what} vence el ${day}` : `La ${what} está vencida desde el ${day}`
}

/** To whoever answers for a plan, while somebody else decides whether one of its actions is given up. */
export function dropMail({ action, finding, told }: { action: string; finding: string; told: ToldAs }): MailWords {
  const body = [
    `Quien responde por la acción ${action} del plan del hallazgo ${finding} pidió descartarla.`,
    'Lo decide quien la verifica: usted no tiene que hacer nada ahora. Si se descarta y el plan queda sin acciones, se le pedirá planear otras.',
    ...(told === 'vacancy' ? ['Hoy nadie ejerce el cargo que responde por el plan.', VACANT] : []),
    ...(told === 'substitute' ? [FOR_ANOTHER] : []),
    closing('el plan'),
  ]
  return { subject: `Se pidió descartar una acción del plan de ${finding}`, body: body.join('\n\n') }
}
