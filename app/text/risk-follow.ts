import type {
  Availability,
  IndicatorFrequency,
  IndicatorTrend,
  IndicatorUnit,
  Period,
  ReadingLevel,
} from '../../domain/risk-indicators.ts'
import type { ReviewConclusion } from '../../domain/risk-reviews.ts'
import { formatDate, formatDay, formatNumber } from './format.ts'

const inMonths = (months: number) => (months === 1 ? 'cada mes' : `cada ${months} meses`)
const times = (n: number) => (n === 1 ? '1 vez' : `${formatNumber(n)} veces`)

export const levelText: Record<ReadingLevel, string> = {
  on_goal: 'En la meta',
  warning: 'En alerta',
  critical: 'Crítico',
}

/** What keeps a risk alive: on its page and on the page of its follow-up. */
export const riskFollowText = {
  title: 'Seguimiento',
  of: (code: string) => `Seguimiento del riesgo ${code}`,
  intro: 'Las revisiones del riesgo, sus indicadores y las veces que de verdad ocurrió.',
  open: 'Revisar, medir o registrar un hecho',
  facts: {
    next: 'Próxima revisión',
    real: 'Ocurrió en los últimos 12 meses',
    findings: 'Hallazgos',
  },
  cadence: (months: number, zone: string, own: boolean) =>
    own
      ? `${inMonths(months)}, más seguido de lo que pide su zona (${zone})`
      : `${inMonths(months)}, por su zona (${zone})`,
  realBeside: (n: number, level: string | null, rated: string) =>
    level === null
      ? `${times(n)}; la probabilidad está valorada como ${rated}`
      : `${times(n)}: eso es probabilidad ${level} y está valorada como ${rated}. Valore el riesgo de nuevo.`,
  reviewTitle: 'Revisión',
  reviewsCaption: 'Revisiones del riesgo, primero la última',
  noReviews: 'Todavía no se ha revisado: cuenta desde su última valoración.',
  reviewColumns: {
    on: 'Fecha',
    due: 'Debía ser hasta',
    conclusion: 'Conclusión',
    lookedAt: 'Qué se revisó',
    who: 'Quién',
  },
  lookedAt: 'Qué se revisó',
  lookedAtHelp: 'Los controles y sus evidencias, los indicadores, los hechos ocurridos, los cambios del proceso.',
  conclusion: 'Conclusión',
  conclusions: {
    kept: 'Se mantiene como está valorado',
    reassess: 'Se valora de nuevo',
  } satisfies Record<ReviewConclusion, string>,
  reason: 'Por qué',
  review: 'Guardar la revisión',
  cadenceTitle: 'Cada cuánto se revisa',
  cadenceHelp: (max: number) => `En meses, menos de ${max}. Déjelo vacío para revisarlo como pide su zona.`,
  months: 'Cada cuántos meses (opcional)',
  changeCadence: 'Guardar la frecuencia',
  eventsTitle: 'Hechos ocurridos',
  eventsIntro: 'Las veces que el riesgo se materializó. Cada hecho pide valorar el riesgo de nuevo.',
  eventsCaption: 'Hechos ocurridos, primero el último',
  noEvents: 'No se ha registrado ningún hecho.',
  eventColumns: {
    on: 'Fecha',
    times: 'Veces',
    what: 'Qué ocurrió',
    consequences: 'Consecuencias',
    measures: 'Qué se hizo',
  },
  span: (from: string, to: string | null) =>
    to === null || to === from ? formatDate(from) : `${formatDate(from)} a ${formatDate(to)}`,
  eventFormTitle: 'Registrar un hecho',
  occurredOn: 'Cuándo ocurrió, o comenzó',
  endedOn: 'Cuándo terminó (opcional)',
  times: 'Cuántas veces ocurrió',
  description: 'Qué ocurrió',
  consequences: 'Qué consecuencias tuvo',
  measures: 'Qué se hizo',
  incident: 'Autocontrol que lo mostró (opcional)',
  noIncident: 'Ninguno: se supo de otra manera',
  incidentOf: (control: string, at: string) => `${control}, incidencia abierta el ${at}`,
  shownBy: (control: string) => `Lo mostró el autocontrol «${control}».`,
  recordEvent: 'Registrar el hecho',
  indicatorsTitle: 'Indicadores',
  indicatorsCaption: 'Indicadores del riesgo y su última medición',
  noIndicators: 'Este riesgo no tiene indicadores.',
  indicatorColumns: { code: 'Código', name: 'Indicador', owner: 'Mide', value: 'Última medición', level: 'Nivel' },
  addIndicator: 'Agregar un indicador',
  finding: 'Registrar un hallazgo de este riesgo',
  findings: (n: number) => (n === 0 ? 'Ninguno' : n === 1 ? '1 hallazgo' : `${n} hallazgos`),
  done: {
    revision: 'Se guardó la revisión. La próxima quedó con su fecha.',
    frecuencia: 'Se guardó cada cuánto se revisa.',
    hecho: 'Se registró el hecho. Quien responde valora el riesgo de nuevo.',
    indicador: 'Se agregó el indicador.',
  } as Record<string, string>,
}

/** What is due of all risks (`/riesgos/revisiones`). */
export const riskDuesText = {
  title: 'Revisiones y mediciones',
  intro: 'Lo que está por hacer con los riesgos, primero lo que vence antes.',
  blocking: (codes: string[]) =>
    `La vigencia no se puede cerrar: falta revisar ${codes.length === 1 ? 'el riesgo' : 'los riesgos'} ${codes.join(', ')}. Mientras tanto, no se aprueba el paso 7 de ningún ejercicio.`,
  free: 'Ninguna revisión está vencida: nada de aquí impide cerrar la vigencia.',
  caption: 'Revisiones, valoraciones y mediciones pendientes',
  columns: { what: 'Qué falta', owner: 'Responde', due: 'Hasta', state: 'Plazo' },
  emptyTitle: 'No hay nada pendiente',
  empty:
    'Aquí aparecen las revisiones de los riesgos, las valoraciones que se pidieron y las mediciones de los indicadores.',
}

/** Sheet of an indicator, as ME-SIG-F-006 has it. */
export const indicatorText = {
  title: (code: string) => `Indicador ${code}`,
  newTitle: (code: string) => `Agregar un indicador al riesgo ${code}`,
  newIntro:
    'Hoja de vida del indicador (ME-SIG-F-006). Después se puede corregir, con su motivo; la unidad y la frecuencia ya no cambian.',
  correct: 'Corregir la hoja',
  correctTitle: (code: string) => `Corregir la hoja del indicador ${code}`,
  correctIntro:
    'Lo que decía la hoja se conserva con su motivo, y las mediciones quedan con el nivel que tenían. Para otra unidad, frecuencia o comienzo, retire este indicador y agregue otro.',
  correctionReason: 'Por qué se corrige',
  saveCorrection: 'Guardar la corrección',
  earlierTitle: 'Lo que decía antes',
  earlierCaption: 'Correcciones de la hoja, la última primero',
  earlier: { n: 'Versión', said: 'Qué decía', reason: 'Por qué se corrigió', who: 'Quién', at: 'Cuándo' },
  retireTitle: 'Retirar el indicador',
  retireHelp: 'Ya no se pide medirlo. La hoja y las mediciones se conservan.',
  retireReason: 'Por qué se retira',
  retire: 'Retirar el indicador',
  retired: (day: string, reason: string) => `Se retiró el ${day}: ${reason}`,
  retiredMark: '(retirado)',
  state: (owner: string, due: string | null) =>
    due === null ? `Lo mide ${owner}.` : `Lo mide ${owner}; la próxima medición, hasta el ${formatDay(due)}.`,
  sheetTitle: 'Hoja de vida',
  whatTitle: 'Qué mide',
  dataTitle: 'De dónde sale',
  thresholdsTitle: 'Meta y umbral',
  fields: {
    risk: 'Riesgo',
    name: 'Nombre',
    objective: 'Objetivo',
    unit: 'Unidad',
    formula: 'Fórmula',
    numerator: 'Numerador: qué cuenta',
    denominator: 'Denominador: qué cuenta',
    frequency: 'Cada cuánto se mide',
    firstPeriod: 'Mide desde',
    source: 'Fuente',
    location: 'Ubicación: serie, carpeta o dirección',
    availability: 'Disponibilidad',
    trend: 'Lo mejor es que',
    goal: 'Meta',
    critical: 'Umbral crítico',
    owner: 'Cargo que mide',
  },
  denominatorHelp: 'Solo para un porcentaje.',
  firstPeriodHelp: 'Cualquier día del mes en que comienza el primer período.',
  criticalHelp: 'Entre la meta y este valor, el indicador está en alerta; más allá, es crítico y abre un hallazgo.',
  units: { number: 'Número', percent: 'Porcentaje' } satisfies Record<IndicatorUnit, string>,
  frequencies: {
    ...{ mensual: 'Mensual', bimestral: 'Bimestral', trimestral: 'Trimestral', cuatrimestral: 'Cuatrimestral' },
    ...{ semestral: 'Semestral', anual: 'Anual' },
  } satisfies Record<IndicatorFrequency, string>,
  trends: { decreasing: 'disminuya', increasing: 'crezca' } satisfies Record<IndicatorTrend, string>,
  availabilities: { digital: 'Digital', physical: 'Física' } satisfies Record<Availability, string>,
  chooseOne: 'Elija una opción',
  add: 'Agregar el indicador',
  readingsTitle: 'Mediciones',
  readingsCaption: (code: string) => `Mediciones del indicador ${code}`,
  noReadings: 'Todavía no se ha medido ningún período.',
  readingColumns: {
    ...{ period: 'Período', numerator: 'Numerador', denominator: 'Denominador', value: 'Valor', level: 'Nivel' },
    ...{ note: 'Nota', who: 'Midió' },
  },
  period: ({ from, to }: Period) => `${formatDate(from)} a ${formatDate(to)}`,
  value: (value: number, unit: IndicatorUnit) => {
    const written = new Intl.NumberFormat('es-CO', { maximumFractionDigits: 4 }).format(value)
    return unit === 'percent' ? `${written} %` : written
  },
  measureTitle: 'Medir un período',
  nothingToMeasure: 'Ningún período terminado está sin medir.',
  choosePeriod: 'Elija un período',
  periodField: 'Período',
  numeratorValue: 'Numerador',
  denominatorValue: 'Denominador',
  note: 'Nota (opcional)',
  measure: 'Guardar la medición',
  done: {
    indicador: 'Se agregó el indicador.',
    medicion: 'Se guardó la medición.',
    correccion: 'Se corrigió la hoja.',
    retiro: 'El indicador se retiró.',
  } as Record<string, string>,
  goalLine: (value: string) => `Meta: ${value}`,
  criticalLine: (value: string) => `Umbral crítico: ${value}`,
  alt: (name: string, points: string[]) => `${name}. ${points.join('; ')}.`,
  point: (period: string, value: string, level: string) => `${period}: ${value}, ${level}`,
  critical: {
    source: (code: string, period: string) => `Indicador ${code}, período del ${period}`,
    criterion: (goal: string, critical: string) => `Meta ${goal}; umbral crítico ${critical}.`,
    condition: (name: string, value: string) => `«${name}» midió ${value}: pasó el umbral crítico.`,
  },
}

/** What a reading past the critical value says as a finding. */
export function criticalWords(
  sheet: { code: string; name: string; unit: IndicatorUnit; goal: number; critical: number },
  period: Period,
  value: number,
): { source: string; criterion: string; condition: string } {
  const { critical: words, value: written, period: span } = indicatorText
  return {
    source: words.source(sheet.code, span(period)),
    criterion: words.criterion(written(sheet.goal, sheet.unit), written(sheet.critical, sheet.unit)),
    condition: words.condition(sheet.name, written(value, sheet.unit)),
  }
}
