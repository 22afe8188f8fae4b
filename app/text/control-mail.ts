import type { RunStatus } from '../../domain/control-runs.ts'
import type { ToldAs } from '../../domain/notices.ts'
import type { StandingCause, Turn } from '../../domain/standing-moves.ts'
import type { NoticeKind } from '../../domain/terms.ts'
import { formatDay } from './format.ts'
import { FOR_ANOTHER, type MailWords } from './mail.ts'
import { causeText, type MovedPlaces, placesText, turnText } from './standing-moves.ts'

interface About {
  /** Codes, `C-001` and `R-001`. */
  control: string
  risk: string
  told: ToldAs
}

const closing = (what: string) =>
  `Caracteriza envía este mensaje automáticamente. Para ver ${what} y su historia, abra este enlace:`

const VACANT = 'Se le avisa porque dirige la dependencia. Pida a la Administración del sistema que registre un encargo.'

const IN_TIME: Record<NoticeKind, (what: string, day: string) => string> = {
  reminder: (what, day) => `Usted tiene hasta el ${day} para ${what}.`,
  expiry: (what, day) => `Venció el ${day} el plazo que usted tenía para ${what}. Quedó registrado como no ejecutado.`,
  overdue: (what, day) => `Sigue sin hacerse desde el ${day}: ${what}.`,
}

/** Of the day of a run of a control: codes and dates, and nothing a person typed (experience 40). */
export function runMail({ control, risk, told, kind, dueOn }: About & { kind: NoticeKind; dueOn: string }): MailWords {
  const day = formatDay(dueOn)
  const what = `ejecutar el control ${control} del riesgo ${risk}`
  const asked = [IN_TIME[kind](what, day), 'Entre y aporte la evidencia, o diga por qué no se ejecutó.']
  const body: Record<ToldAs, string[]> = {
    in_charge: asked,
    substitute: [...asked, FOR_ANOTHER],
    superior: [
      `Venció el ${day} el plazo para ${what}.`,
      'Se le avisa por ser el cargo superior. Este aviso no le traslada el control: acuerde con quien responde cómo seguir.',
    ],
    vacancy: [`El plazo para ${what} termina el ${day}, y hoy nadie ejerce el cargo que responde.`, VACANT],
  }
  return { subject: runSubject(control, told, kind, day), body: [...body[told], closing('la ejecución')].join('\n\n') }
}

function runSubject(control: string, told: ToldAs, kind: NoticeKind, day: string): string {
  if (told === 'vacancy') return `Aviso: cargo vacante en el control ${control}`
  if (told === 'superior') return `Aviso: no se ejecutó el control ${control}`
  return kind === 'reminder' ? `Ejecute el control ${control} hasta el ${day}` : `El control ${control} no se ejecutó`
}

/** To whoever checks what was shown of a run, or has to show it anew. */
export function runActMail({ control, risk, told, status }: About & { status: RunStatus }): MailWords {
  const { subject, body } = DONE[status === 'rejected' || status === 'omitted' ? status : 'executed'](control, risk)
  const all = told === 'vacancy' ? [...body, VACANT] : told === 'substitute' ? [...body, FOR_ANOTHER] : body
  return { subject, body: [...all, closing('la ejecución')].join('\n\n') }
}

type Words = (control: string, risk: string) => { subject: string; body: string[] }

const DONE: Record<'executed' | 'omitted' | 'rejected', Words> = {
  executed: (control, risk) => ({
    subject: `Verifique la evidencia del control ${control}`,
    body: [`El control ${control} del riesgo ${risk} se ejecutó y espera su verificación.`],
  }),
  omitted: (control, risk) => ({
    subject: `Verifique por qué no se ejecutó el control ${control}`,
    body: [`El control ${control} del riesgo ${risk} no se ejecutó. El motivo que se dio espera su verificación.`],
  }),
  rejected: (control, risk) => ({
    subject: `Se devolvió la ejecución del control ${control}`,
    body: [
      `La segunda línea devolvió lo que se aportó del control ${control} del riesgo ${risk}.`,
      'Entre, lea el motivo y aporte otra evidencia.',
    ],
  }),
}

/** To whoever answers for a risk that demonstrably stands elsewhere since today. */
export function standingMail(moved: {
  risk: string
  turn: Exclude<Turn, 'stays'>
  cause: StandingCause
  control: string | null
  before: MovedPlaces['before']
  after: MovedPlaces['after']
  told: ToldAs
}): MailWords {
  const { risk, turn, told } = moved
  const body = [
    `El residual demostrado del riesgo ${risk} ${turnText[turn]} hoy (${placesText(moved)}), ${causeText(moved)}.`,
    ...(turn === 'rises' && moved.cause === 'evidence' ? ['El residual declarado no cambió.'] : []),
    ...(turn === 'rises' ? ['Entre y diga qué va a hacer.'] : []),
    ...(told === 'vacancy' ? ['Hoy nadie ejerce el cargo que responde por el riesgo.', VACANT] : []),
    ...(told === 'substitute' ? [FOR_ANOTHER] : []),
    closing('el riesgo'),
  ]
  return { subject: `El residual demostrado del riesgo ${risk} ${turnText[turn]}`, body: body.join('\n\n') }
}
