/**
 * Margins of the two survey files: what the Plan de Servicio al Ciudadano 2025 of Cali says of the surveys of 2024
 * (S2.9 to S2.13). Where it publishes no figure, the share is invented and says so.
 */
import { type Margin, TABLE_1 } from './city-file.ts'

export const SURVEYS = ['atencion', 'satisfaccion'] as const
export type Survey = (typeof SURVEYS)[number]

/** Suggested names of the generated files; they say that the data are for demonstration. */
export const SURVEY_FILE_NAMES: Record<Survey, string> = {
  atencion: 'encuestas-de-atencion-2024-datos-de-demostracion-margenes-plan-servicio-cali-2025.csv',
  satisfaccion: 'encuestas-de-satisfaccion-2024-datos-de-demostracion-margenes-plan-servicio-cali-2025.csv',
}

/** Surveys are anonymous: neither file has a column about who answered. */
export const SURVEY_COLUMNS = {
  atencion: [
    'encuesta',
    'fecha_encuesta',
    'trimestre',
    'canal_encuestado',
    'gestion',
    'calificacion_atencion',
    'aviso',
  ],
  satisfaccion: [
    ...['encuesta', 'fecha_encuesta', 'trimestre', 'modalidad', 'organismo_evaluado', 'tramite_en_linea'],
    ...['calificacion_tramite', 'inconformidad', 'aviso'],
  ],
} as const satisfies Record<Survey, readonly string[]>

export const RATING_SCALE = ['Excelente', 'Bueno', 'Regular', 'Malo'] as const
/** Stands where a column says nothing of a record. */
export const NOT_APPLICABLE = 'No aplica'

/**
 * S2.9 and S2.11: surveys of each channel, and its ratings in per cent, in the order of the scale. The four of the
 * first add up to 99,95: the surveys left, 79, carry no rating. Of those rated, 99,75 % are positive, as the plan
 * prints; of all of them 99,70 % (anomaly A1).
 */
export const ATTENTION: readonly { channel: string; surveys: number; shares: readonly number[] }[] = [
  { channel: 'Presencial', surveys: 156_865, shares: [86.5, 13.2, 0.15, 0.1] },
  { channel: 'No presencial', surveys: 25_471, shares: [65.5, 31.3, 1.2, 2] },
]

/** S2.10, in per cent; the plan names three, which leave 10. */
export const ERRANDS: readonly [string, number][] = [
  ['Trámites y servicios', 53],
  ['Radicación de PQRS', 20],
  ['Solicitud de orientación', 17],
  ['Otra gestión', 10],
]

export const IN_PERSON = 'Trámites y servicios'
export const ONLINE = 'Trámites en línea'

/** S2.12 and S2.13: surveys of each rating, in the order of the scale. */
export const SATISFACTION: Record<string, readonly number[]> = {
  [IN_PERSON]: [30_232, 8_481, 1_331, 687],
  [ONLINE]: [6_099, 9_428, 1_155, 1_031],
}

/** S2.12: 25 organismos; which three of Tabla 1 are missing, and how many surveys each has, is invented. */
const WITHOUT_SURVEYS = ['DESPACHO DEL ALCALDE', 'DA CONTROL INTERNO', 'DA CONTROL DISCIPLINARIO INTERNO']
export const SURVEYED_AGENCIES: readonly Margin[] = TABLE_1.filter(({ name }) => !WITHOUT_SURVEYS.includes(name))

/** Tabla 4 (S2.13): surveys of each online trámite, T1 to T4. */
export const TABLE_4: readonly Margin[] = [
  { name: 'Actualización de datos de identificación en el Sisbén', counts: [1, 0, 0, 0] },
  { name: 'Impuesto predial unificado', counts: [1, 0, 0, 0] },
  { name: 'Presentación Medios Magnéticos', counts: [8, 5, 0, 0] },
  { name: 'Radicación PQRS', counts: [5_430, 3_909, 4_702, 3_657] },
]

/** Why those who rated «Regular» or «Malo» did: the plan names the first two, in this order; the shares are invented. */
export const COMPLAINTS: Record<string, readonly [string, number][]> = {
  [IN_PERSON]: [
    ['Complejidad de los pasos', 41],
    ['Tiempo de respuesta', 33],
    ['Claridad de la información', 17],
    ['Otro concepto', 9],
  ],
  [ONLINE]: [
    ['No obtuvo el trámite', 46],
    ['Disponibilidad de la página', 31],
    ['Claridad de la información', 15],
    ['Otro concepto', 8],
  ],
}

const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0)

export const SURVEY_TOTALS: Record<Survey, number> = {
  atencion: sum(ATTENTION.map(({ surveys }) => surveys)),
  satisfaccion: sum(Object.values(SATISFACTION).map(sum)),
}
