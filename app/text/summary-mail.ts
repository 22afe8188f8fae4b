import { BY_HAND, DELIVERY, type ToldHead } from '../../domain/dissemination.ts'
import { formatDay } from './format.ts'
import type { MailWords } from './mail.ts'

interface SummaryMailFacts {
  /** Code of the notice: `delivery`, `reminder-3`, `expiry`, `overdue-7`, `by_hand`. */
  kind: string
  told: ToldHead['told']
  /** Name of the dependencia. */
  agency: string
  vigencia: number
  /** Civil date until which it may answer. */
  dueDate: string
  isRead: boolean
  /** How many earlier notices this one stands for. */
  catchesUp: number
}

/** To whoever heads a dependencia, about its summary: no number of it, and nothing anybody wrote (experience 40). */
export function summaryMail(facts: SummaryMailFacts): MailWords {
  const { subject, body } = WORDS[facts.told](facts)
  const paragraphs = [
    ...body,
    facts.catchesUp > 0 && 'Este mensaje reemplaza avisos anteriores que no se enviaron.',
    'Caracteriza envía este mensaje automáticamente. Para abrir el resumen, siga este enlace:',
  ]
  return { subject, body: paragraphs.filter(Boolean).join('\n\n') }
}

const WORDS: Record<ToldHead['told'], (facts: SummaryMailFacts) => { subject: string; body: string[] }> = {
  head: (facts) => ({ subject: subjectOf(facts), body: [firstOf(facts), askOf(facts)] }),
  superior: ({ agency, vigencia, dueDate }) => ({
    subject: `Aviso: ${agency} no ha respondido los resultados de la caracterización ${vigencia}`,
    body: [
      `${agency} tenía plazo hasta el ${formatDay(dueDate)} para leer su resumen y responder qué va a cambiar.`,
      'Se le avisa por dirigir la dependencia de la que depende. Este aviso no le traslada la respuesta.',
    ],
  }),
  vacancy: ({ agency, vigencia, dueDate }) => ({
    subject: `Aviso: nadie dirige hoy ${agency}, y espera su respuesta a los resultados ${vigencia}`,
    body: [
      `${agency} tiene plazo hasta el ${formatDay(dueDate)} para leer su resumen de resultados y responder qué va a cambiar, y hoy nadie ocupa el cargo que la dirige.`,
      'Se le avisa por dirigir la dependencia de la que depende. Pida a la Administración del sistema que registre un encargo.',
    ],
  }),
}

function subjectOf({ kind, vigencia, dueDate }: SummaryMailFacts): string {
  if (kind === DELIVERY) return `Resultados de la caracterización ${vigencia} para su dependencia`
  if (kind.startsWith('reminder'))
    return `Los resultados ${vigencia} esperan su respuesta hasta el ${formatDay(dueDate)}`
  if (kind === BY_HAND) return `Recordatorio: los resultados ${vigencia} esperan la respuesta de su dependencia`
  return `Los resultados ${vigencia} esperaban su respuesta hasta el ${formatDay(dueDate)}`
}

function firstOf({ kind, agency, vigencia }: SummaryMailFacts): string {
  return kind === DELIVERY
    ? `El ejercicio de caracterización de la vigencia ${vigencia} terminó y ${agency} tiene un resumen con lo que le concierne.`
    : `${agency} todavía no ha respondido los resultados del ejercicio de caracterización de la vigencia ${vigencia}.`
}

function askOf({ isRead, dueDate }: SummaryMailFacts): string {
  const until = `Hay plazo hasta el ${formatDay(dueDate)}.`
  return isRead
    ? `Ya se confirmó la lectura; falta responder qué va a cambiar. ${until}`
    : `Léalo, confirme la lectura y responda qué va a cambiar. ${until}`
}
