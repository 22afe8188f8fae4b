/** Outgoing mail. Subject and body carry no personal data and nothing a person typed: step, dates, one action (experience 40). */
import type { FollowUpKind } from '../../domain/follow-ups.ts'
import type { Asked } from '../../domain/improvement.ts'
import { noticeKind, type ToldAs } from '../../domain/notices.ts'
import { followUpText } from './follow-ups.ts'
import { formatDay, formatDaysLeft } from './format.ts'

export interface NoticeFacts {
  /** Code of the notice: `reminder-3`, `expiry`, `overdue-7`. */
  code: string
  told: ToldAs
  stepCode: string
  stepTitle: string
  vigencia: number
  /** Civil date the term ends. */
  dueDate: string
  /** How many earlier notices this one stands for. */
  catchesUp: number
  /** Name of the vacant function; only when told is `vacancy`. */
  dutyName?: string
}

export interface MailWords {
  subject: string
  body: string
}

export function noticeMail(facts: NoticeFacts): MailWords {
  const words = WORDS[facts.told](facts)
  const paragraphs = [...words.body, caughtUp(facts.catchesUp), CLOSING].filter((text) => text !== '')
  return { subject: words.subject, body: paragraphs.join('\n\n') }
}

const WORDS = {
  in_charge: toWhoeverActs,
  substitute: toSubstitute,
  superior: toSuperior,
  vacancy: toHeadOfAgency,
} satisfies Record<ToldAs, (facts: NoticeFacts) => { subject: string; body: string[] }>

const CLOSING = 'Caracteriza envía este mensaje automáticamente. Para ver el paso y lo que falta, abra este enlace:'

export interface DigestFacts {
  about:
    | { stepCode: string; stepTitle: string; vigencia: number }
    | { actionCode: string; asks: Asked }
    | { followUp: FollowUpKind; code: string }
  /** Civil date the term ends or ended. */
  dueDate: string
  /** Working days up to the due date, negative once it has passed. */
  daysLeft: number
  catchesUp: number
}

/** What one person is told on one day, in one mail; the longest overdue first (features B6). */
export function digestMail(parts: readonly DigestFacts[]): MailWords {
  const oldestFirst = [...parts].sort((a, b) => orderOf(a).localeCompare(orderOf(b)))
  const { subject, intro, all } = digestWords(parts)
  const paragraphs = [
    intro,
    oldestFirst.map(digestLine).join('\n'),
    'Entre, revise lo que falta y haga su parte.',
    caughtUp(parts.reduce((sum, { catchesUp }) => sum + catchesUp, 0)),
    `Caracteriza envía este mensaje automáticamente. Para ver en su bandeja ${all} del cargo con el que entre, abra este enlace:`,
  ].filter((text) => text !== '')
  return { subject, body: paragraphs.join('\n\n') }
}

/** Of a step only what is overdue is told here; an action may also be about to fall due. */
function digestWords(parts: readonly DigestFacts[]) {
  if (parts.every(({ about }) => 'stepCode' in about))
    return {
      subject: `${parts.length} pasos siguen vencidos`,
      intro: 'Estos pasos esperan por usted y su plazo está vencido:',
      all: 'lo vencido',
    }
  return {
    subject: `${parts.length} plazos suyos están vencidos o por vencer`,
    intro: 'Esto espera por usted, y su plazo está vencido o por vencer:',
    all: 'lo que espera',
  }
}

function digestLine({ about, dueDate, daysLeft }: DigestFacts): string {
  return `- ${subjectOf(about)}: plazo hasta el ${formatDay(dueDate)}, ${formatDaysLeft(daysLeft)}.`
}

function subjectOf(about: DigestFacts['about']): string {
  if ('stepCode' in about) return `Paso ${about.stepCode} («${about.stepTitle}»), vigencia ${about.vigencia}`
  if ('followUp' in about) return followUpText.asked[about.followUp](about.code)
  return `${ACTION_ASKED[about.asks]} ${about.actionCode}`
}

const ACTION_ASKED: Record<Asked, string> = {
  carry_out: 'Acción de mejora',
  drop: 'Decidir si se descarta la acción de mejora',
  verify: 'Verificar la acción de mejora',
  check: 'Revisar la eficacia de la acción de mejora',
}

function orderOf({ dueDate, about }: DigestFacts): string {
  return `${dueDate} ${'stepCode' in about ? about.stepCode : 'code' in about ? about.code : about.actionCode}`
}

function toWhoeverActs(facts: NoticeFacts) {
  const due = formatDay(facts.dueDate)
  const act = 'Entre, revise lo que falta y haga su parte.'
  switch (noticeKind(facts.code)) {
    case 'reminder':
      return {
        subject: `Paso ${facts.stepCode}: el plazo vence el ${due}`,
        body: [`${stepOf(facts)} espera por usted y su plazo vence el ${due}.`, act],
      }
    case 'expiry':
      return {
        subject: `Paso ${facts.stepCode}: el plazo venció el ${due}`,
        body: [`${stepOf(facts)} espera por usted. Su plazo venció el ${due} y se avisó al cargo superior.`, act],
      }
    case 'overdue':
      return {
        subject: `Paso ${facts.stepCode}: sigue vencido desde el ${due}`,
        body: [`${stepOf(facts)} espera por usted y su plazo está vencido desde el ${due}.`, act],
      }
  }
}

function toSubstitute(facts: NoticeFacts) {
  const { subject, body } = toWhoeverActs(facts)
  return { subject, body: [...body, FOR_ANOTHER] }
}

/** Why somebody is told of what is another position's. */
export const FOR_ANOTHER =
  'Le llega porque hoy reemplaza a quien ejerce ese cargo: antes de actuar, elíjalo en la barra de arriba.'

function toSuperior(facts: NoticeFacts) {
  return {
    subject: `Aviso: venció el plazo del paso ${facts.stepCode}`,
    body: [
      `El plazo ${ofStep(facts)} venció el ${formatDay(facts.dueDate)} sin que se decidiera.`,
      'Se le avisa por ser el cargo superior. Este aviso no le traslada la decisión: vea quién debe actuar y acuerde con esa dependencia cómo seguir.',
    ],
  }
}

function toHeadOfAgency(facts: NoticeFacts) {
  return {
    subject: `Aviso: cargo vacante en el paso ${facts.stepCode}`,
    body: [
      `${stepOf(facts)} espera por una función que hoy nadie ejerce: ${facts.dutyName ?? 'sin nombre'}. El plazo del paso termina el ${formatDay(facts.dueDate)}.`,
      'Se le avisa porque dirige la dependencia. Pida a la Administración del sistema que registre un encargo.',
    ],
  }
}

function stepOf(facts: NoticeFacts): string {
  return `El ${plain(facts)}`
}

function ofStep(facts: NoticeFacts): string {
  return `del ${plain(facts)}`
}

function plain({ stepCode, stepTitle, vigencia }: NoticeFacts): string {
  return `paso ${stepCode} («${stepTitle}») del ejercicio de caracterización de la vigencia ${vigencia}`
}

function caughtUp(count: number): string {
  if (count === 0) return ''
  return count === 1
    ? 'Este mensaje reemplaza un aviso anterior que no se envió.'
    : `Este mensaje reemplaza ${count} avisos anteriores que no se enviaron.`
}
