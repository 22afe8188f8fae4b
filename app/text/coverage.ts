import type { Caveat, Covered, LineFault, Representativeness } from '../../domain/coverage.ts'
import { shareCovered } from '../../domain/coverage.ts'
import { formatNumber, formatShare } from './format.ts'

/** Words of coverage and representativeness (E10, N17): the page, and the paragraph that every report carries. */
export const coverageText = {
  title: 'Cobertura',
  intro:
    'Compare lo que la fuente captó con las personas que atendió cada punto. Con esto el informe dice por sí mismo de quién se puede hablar.',
  paragraph: 'Párrafo del informe',
  paragraphWhy: 'Se genera con estas cifras y sale siempre en la sección de fuentes del informe. No se puede quitar.',
  alert: (points: number) =>
    points === 1
      ? 'Un punto de atención está por debajo de la cobertura mínima.'
      : `${formatNumber(points)} puntos de atención están por debajo de la cobertura mínima.`,
  anomalies: 'Lo que no cuadra',
  moreCaptured: (point: string) => `${point}: se captaron más registros que personas atendidas.`,
  unknownPoint: (point: string) => `La fuente no tiene el punto «${point}»: cuenta como no captado.`,
  unknownPeriod: (period: string) => `La fuente no tiene el periodo «${period}»: cuenta como no captado.`,
  desks: {
    title: 'Lo registrado en los puntos de atención',
    intro:
      'Sale de los registros que hacen los delegados en esta vigencia: a cuántas personas se les pidió la autorización, cuántas la dieron y cuántas no.',
    form: 'Formulario',
    attended: 'Se les pidió',
    captured: 'Registradas',
    declined: 'No autorizaron',
  },
  points: 'Por punto de atención',
  lines: 'Por punto y periodo',
  columns: {
    point: 'Punto de atención',
    period: 'Periodo',
    attended: 'Atendidos',
    captured: 'Captados',
    refused: 'No respondieron',
    share: 'Cobertura',
    state: 'Estado',
  },
  under: 'Por debajo del mínimo',
  enough: 'Suficiente',
  notCounted: 'Sin contar',
  total: 'Total',
  caveats: 'Segmentos que llevan advertencia',
  noCaveats: 'Ningún segmento del paso 4 aprobado lleva advertencia.',
  recordedBy: (by: string, at: string, n: number) => `Cifras de atención número ${n}, registradas por ${by} el ${at}.`,
  form: 'Registrar las cifras de atención',
  formWhy:
    'Escriba una línea por punto y periodo: punto; periodo; atendidos; no respondieron. También puede subir un archivo CSV con esas columnas. La última es opcional. Cada registro nuevo reemplaza al anterior, que se conserva.',
  source: 'Fuente',
  point: 'Variable del punto de atención',
  period: 'Variable del periodo',
  typed: 'Cifras',
  typedHelp: 'Por ejemplo: Centro; 2024-03; 420; 12',
  file: 'O archivo CSV',
  save: 'Registrar cifras',
  saved: 'Las cifras quedaron registradas. El informe las usa desde ahora.',
  same: 'Esas cifras ya estaban registradas.',
  cannotSave: 'No puede registrar cifras ahora.',
  variablesMissing: 'Elija dos variables distintas de la fuente.',
  none: 'Todavía no hay cifras de atención',
  noneWhy:
    'La oficina las toma de su sistema de turnos o de sus planillas. Sin ellas el informe dice que la cobertura no se puede estimar.',
  fileTooBig: 'El archivo pesa más de 1 MB.',
  fault: (fault: LineFault, line: number) => FAULTS[fault](line),
}

const FAULTS: Record<LineFault, (line: number) => string> = {
  nothing: () => 'Escriba al menos una línea con punto, periodo y personas atendidas.',
  too_many: () => 'Deje 5.000 líneas o menos.',
  columns: (line) => `Línea ${line}: escriba punto; periodo; atendidos; no respondieron.`,
  text: (line) => `Línea ${line}: escriba el punto y el periodo, de 200 letras o menos.`,
  attended: (line) => `Línea ${line}: escriba las personas atendidas como número entero.`,
  refused: (line) => `Línea ${line}: escriba las personas que no respondieron como número entero.`,
  refused_above: (line) => `Línea ${line}: no pueden ser más quienes no respondieron que los atendidos.`,
  repeated: (line) => `Línea ${line}: ese punto y periodo ya está arriba.`,
}

/** What the report says of its own base, whatever its authors write. */
export function representativenessParagraph({ floor, coverage, caveats }: Representativeness): string {
  const sentences = coverage
    ? [...coverageSentences(coverage.total), ...underSentences(coverage, floor.share), NOT_WEIGHTED]
    : [NO_COUNTS]
  return ['Cobertura y representatividad.', ...sentences, baseSentence(floor.base, caveats)].join(' ')
}

const NOT_WEIGHTED =
  'La captación es voluntaria y los resultados no se ponderan: describen a quienes quedaron registrados.'
const NO_COUNTS =
  'No hay cifras de personas atendidas por punto de atención, por lo que la cobertura no se puede estimar: los resultados describen solo a quienes quedaron registrados.'

function coverageSentences(total: Covered): string[] {
  const share = shareCovered(total)
  const captured =
    share === null
      ? `Se atendieron ${formatNumber(total.attended)} personas; los registros captados no se publican porque algún grupo es pequeño.`
      : `Se atendieron ${formatNumber(total.attended)} personas y se captaron ${formatNumber(total.captured ?? 0)} registros (${formatShare(share)}).`
  const { refused, attended } = total
  if (refused === null || attended === 0) return [captured, 'No se contó a quienes no respondieron o no autorizaron.']
  const who = refused === 1 ? '1 persona no respondió' : `${formatNumber(refused)} personas no respondieron`
  return [captured, `${who} o no autorizaron (${formatShare(refused / attended)}).`]
}

const MOST_NAMED = 10

function underSentences({ points }: NonNullable<Representativeness['coverage']>, share: number): string[] {
  const under = points.filter(({ isUnder }) => isUnder)
  const floor = formatShare(share)
  if (under.length === 0) return [`Ningún punto de atención quedó por debajo de la cobertura mínima del ${floor}.`]
  const named = under.slice(0, MOST_NAMED).map((point) => {
    const known = shareCovered(point)
    return known === null ? point.point : `${point.point} (${formatShare(known)})`
  })
  const rest = under.length > named.length ? ` y ${formatNumber(under.length - named.length)} más` : ''
  return [`Por debajo de la cobertura mínima del ${floor}: ${named.join(', ')}${rest}.`]
}

function baseSentence(base: number, caveats: readonly Caveat[]): string {
  const rule = `Un segmento se describe desde ${formatNumber(base)} registros.`
  return caveats.length === 0
    ? `${rule} Todos los segmentos lo cumplen.`
    : `${rule} Llevan advertencia: ${caveats.map(({ name }) => name).join(', ')}.`
}

/** Stands beside a segment wherever the report brings it forward. */
export function caveatSentence({ isUnderBase, isUnderCovered }: Caveat, base: number): string {
  const reasons = [
    isUnderBase && `tiene menos de ${formatNumber(base)} registros`,
    isUnderCovered && 'reúne sobre todo registros de puntos con cobertura insuficiente',
  ].filter(Boolean)
  return `Advertencia: este segmento ${reasons.join(' y ')}; sus cifras no deben generalizarse.`
}
