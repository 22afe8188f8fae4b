/** Words of the terms that ran, with their arithmetic. */
import type { leftOut, RanTerm, TermOf, TermResult } from '../../domain/ran-terms.ts'
import type { StopCause } from '../../domain/term-endings.ts'
import { formatDay } from './format.ts'

type Unit = RanTerm['unit']

const workingDays = (n: number) => `${n} ${n === 1 ? 'día hábil' : 'días hábiles'}`
const daysIn = (unit: Unit, n: number) => (unit === 'working' ? workingDays(n) : `${n} ${n === 1 ? 'día' : 'días'}`)

/** Why a term ran no longer, or never did, although what it was for was not done. */
const STOPPED: Record<StopCause, string> = {
  step_left:
    'el paso dejó de estar abierto, porque quedó vencido por un cambio, volvió a esperar su turno o se canceló',
  unpublished: 'los resultados dejaron de ser públicos',
  revoked: 'el acceso se revocó',
  retired: 'el acceso se retiró en una revisión',
  suspended: 'el acceso se inhabilitó en una revisión',
  paused: 'el control estaba en pausa',
  withdrawn: 'el control se retiró',
  missed: 'nadie lo ejecutó, y pasó el plazo para hacerlo tarde',
  rejected: 'lo que se aportó se devolvió, y pasó el plazo para volver a aportarlo',
}

const why = ({ cause }: RanTerm) => (cause === null ? '' : `: ${STOPPED[cause]}`)

type Words = (term: RanTerm, days: string, n: number) => string

const RESULTS: Record<TermResult['code'], Words> = {
  not_begun: ({ startOn }) => `Empieza el ${formatDay(startOn)}.`,
  running: (_, days, n) => (n === 0 ? 'Vence hoy.' : `Corre todavía: ${n === 1 ? 'falta' : 'faltan'} ${days}.`),
  overdue: (_, days, n) => (n === 0 ? 'Está vencido desde el último día no hábil.' : `Está vencido hace ${days}.`),
  kept: ({ of, dueOn, endedOn }, days, n) => {
    if (of.kind === 'access' || (of.kind === 'review' && n === 0))
      return `Duró hasta su último día, el ${formatDay(dueOn)}.`
    return `Se cumplió el ${formatDay(endedOn ?? dueOn)}, ${n === 0 ? 'en su último día' : `${days} antes de vencer`}.`
  },
  late: ({ dueOn, endedOn }, days, n) =>
    `Se cumplió tarde, el ${formatDay(endedOn ?? dueOn)}, ${n === 0 ? 'antes del siguiente día hábil' : `${days} después de vencer`}.`,
  omitted: ({ dueOn, endedOn }) => `No se ejecutó: el ${formatDay(endedOn ?? dueOn)} se dijo por qué.`,
  moved: ({ dueOn, movedTo }) =>
    `Un cambio del calendario de la entidad lo movió: venció el ${formatDay(movedTo ?? dueOn)}, con la cuenta que está aparte.`,
  stopped: (term, days, n) =>
    `Dejó de correr el ${formatDay(term.endedOn ?? term.dueOn)}, ${n === 0 ? 'en su último día' : `${days} antes de vencer`}${why(term)}.`,
  stopped_late: (term, days, n) =>
    `Dejó de correr el ${formatDay(term.endedOn ?? term.dueOn)}, ${n === 0 ? 'ya vencido' : `vencido hacía ${days}`}${why(term)}.`,
  not_run: (term) => `No corrió${why(term)}.`,
}

export const termResultText: Record<TermResult['code'], string> = {
  not_begun: 'Por empezar',
  running: 'En curso',
  overdue: 'Vencido',
  kept: 'Cumplido',
  late: 'Cumplido tarde',
  omitted: 'Omitido',
  moved: 'Movido',
  stopped: 'Detenido',
  stopped_late: 'Detenido, vencido',
  not_run: 'No corrió',
}

export const ranTermsText = {
  title: 'Plazos',
  link: 'Plazos, con su cuenta',
  intro: {
    cycle:
      'Cada plazo que corrió, del más reciente al más antiguo. El de un paso corre desde que el paso se abre hasta que se aprueba: una devolución no lo detiene.',
    grant:
      'Los días en que el acceso deja entrar. Se cuentan todos los del calendario, desde el primero hasta el último.',
    campaign: 'El plazo que tuvieron los organismos para responder por sus accesos.',
    run: 'Los días que hubo para ejecutar el control en este periodo. Una pausa no mueve el plazo de lo que ya se pidió.',
  },
  none: 'Aquí no ha corrido ningún plazo.',
  recounted: 'Cuando se pidió no se guardó su cuenta: esta es la del calendario de hoy.',
  what: (of: TermOf, titleOf: (stepCode: string) => string) => {
    if (of.kind === 'step') {
      const title = titleOf(of.stepCode)
      return `Paso ${of.stepCode}${title && `, ${title}`}${of.attempt > 1 ? ` (intento ${of.attempt})` : ''}`
    }
    if (of.kind === 'answer') return `Respuesta de ${of.agency}`
    return { access: 'Vigencia del acceso', review: 'Respuestas de la revisión', run: 'Ejecución del control' }[of.kind]
  },
  facts: { start: 'Corre desde', count: 'Se cuentan', out: 'Quedaron por fuera', due: 'Vence', result: 'Resultado' },
  start: ({ startOn, countsStart }: RanTerm) =>
    `${formatDay(startOn)}; ${countsStart ? 'ese día se cuenta' : 'se cuenta desde el día siguiente'}`,
  count: ({ unit, length }: RanTerm) =>
    unit === 'working' ? workingDays(length) : `${daysIn(unit, length)} del calendario, hábiles o no`,
  due: ({ dueOn, movedFrom }: RanTerm) =>
    movedFrom ? `${formatDay(dueOn)}; antes vencía el ${formatDay(movedFrom)}` : formatDay(dueOn),
  result: (term: RanTerm, { code, days }: TermResult) => RESULTS[code](term, daysIn(term.unit, days), days),
  /** «4 sábados y domingos; lunes 2 de noviembre de 2026: Todos los Santos (Ley 51 de 1983)». */
  out: ({ weekend, holidays }: ReturnType<typeof leftOut>) =>
    [
      ...(weekend > 0 ? [weekend === 1 ? 'un sábado o domingo' : `${weekend} sábados y domingos`] : []),
      ...holidays.map(({ date, reason }) => `${formatDay(date)}: ${reason}`),
    ].join('; ') || 'ningún día',
}
