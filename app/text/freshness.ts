/** How current the data of a source are, with the dates it follows from (E2). */
import { DAYS_TO_DELIVER, type Freshness, type FreshnessState, type Periodicity } from '../../domain/freshness.ts'
import { formatDate, formatNumber } from './format.ts'

export const periodicityNames: Record<Periodicity, string> = {
  mensual: 'Mensual',
  trimestral: 'Trimestral',
  semestral: 'Semestral',
  anual: 'Anual',
}

export const freshnessNames: Record<FreshnessState, string> = {
  fresh: 'Al día',
  due: 'Por actualizar',
  overdue: 'Desactualizada',
}

const days = (n: number) => `${formatNumber(n)} ${n === 1 ? 'día' : 'días'}`

const ENDS: Record<FreshnessState, (freshness: Freshness) => string> = {
  fresh: ({ nextPeriodTo }) => `Hasta el ${formatDate(nextPeriodTo)} no hay datos más nuevos que esperar.`,
  due: ({ daysLeft }) =>
    daysLeft === 0
      ? 'El plazo para cargarlos termina hoy.'
      : `Para cargarlos a tiempo ${daysLeft === 1 ? 'falta' : 'faltan'} ${days(daysLeft)}.`,
  overdue: ({ daysLeft }) => `Llevan ${days(-daysLeft)} de retraso.`,
}

export const freshnessText = {
  title: 'Vigencia de los datos',
  none: 'Sin periodicidad',
  column: 'Actualidad',
  periodicity: 'Periodicidad',
  periodicityHelp: 'Cada cuánto se renuevan los datos. Con ella se avisa cuándo se espera un archivo nuevo.',
  noPeriodicity: 'Sin periodicidad',
  /** Until the first file of a source is in use. */
  byEarlier: (source: string) => `Mientras no haya archivo se cuenta desde ${source}.`,
  /** The arithmetic in words, from the declared period to today. */
  arithmetic: (freshness: Freshness) => {
    const { periodTo, periodicity, nextPeriodTo, expectedBy, state } = freshness
    const next = `El periodo declarado termina el ${formatDate(periodTo)}; con periodicidad ${periodicityNames[periodicity].toLowerCase()}, el siguiente termina el ${formatDate(nextPeriodTo)}`
    return `${next}, y sus datos se esperan a más tardar el ${formatDate(expectedBy)} (${DAYS_TO_DELIVER} días después). ${ENDS[state](freshness)}`
  },
}
