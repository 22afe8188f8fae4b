/** What the steps say more where the two survey files are attached beside the communications (S2.20). */
import type { Row } from '../../domain/forms.ts'
import type { StepCode } from '../../domain/procedures.ts'
import { type Cells, rows, variable } from './answer-rows.ts'
import { DEMO_SENTENCE } from './city-file.ts'
import type { Survey } from './survey-files.ts'

interface MoreRows {
  group: string
  field: string
  rows: Row[]
}

/** Rows to add at the end of each list. */
export function surveyRows(stepCode: StepCode, surveys: Record<Survey, string>): MoreRows[] {
  const build = STEPS[stepCode]
  return build ? [build(surveys)] : []
}

const STEPS: Partial<Record<StepCode, (surveys: Record<Survey, string>) => MoreRows>> = {
  '2': () => ({ group: 'variables', field: 'lista', rows: rows('ev', MEASURED.map(ownVariable)) }),
  '3': (surveys) => ({ group: 'fuentes', field: 'lista', rows: rows('es', used(surveys)) }),
  '4': () => ({ group: 'figuras', field: 'lista', rows: rows('eg', [...MEASURED.map(count), ...CROSSES]) }),
  '5': () => ({ group: 'lecturas', field: 'lista', rows: rows('el', MEASURED.map(reading)) }),
  '7': () => ({ group: 'archivos', field: 'lista', rows: rows('ea', RELEASED) }),
}

interface Measured {
  code: string
  name: string
  category: string
  objective: string
  chart: string
  text: string
}

const MEASURED: Measured[] = [
  {
    ...{ code: 'canal_encuestado', name: 'Canal evaluado en la encuesta', category: 'INT', objective: 'o1' },
    ...{ chart: 'circular', text: 'La mayoría de las encuestas de atención se aplicó en los puntos de atención.' },
  },
  {
    ...{ code: 'gestion', name: 'Gestión realizada', category: 'COM', objective: 'o1' },
    ...{ chart: 'histograma', text: 'Los trámites y servicios son la gestión más frecuente, seguidos por las PQRS.' },
  },
  {
    ...{ code: 'calificacion_atencion', name: 'Calificación de la atención recibida', category: 'COM' },
    ...{ objective: 'o1', chart: 'histograma', text: 'Predomina la calificación excelente de la atención.' },
  },
  {
    ...{ code: 'modalidad', name: 'Modalidad del trámite evaluado', category: 'COM', objective: 'o2' },
    ...{ chart: 'circular', text: 'Se evaluaron más trámites y servicios que trámites en línea.' },
  },
  {
    ...{ code: 'calificacion_tramite', name: 'Calificación del trámite', category: 'COM', objective: 'o2' },
    ...{ chart: 'histograma', text: 'La mayoría califica los trámites como excelentes o buenos.' },
  },
  {
    ...{ code: 'inconformidad', name: 'Concepto de inconformidad', category: 'COM', objective: 'o2' },
    ...{ chart: 'histograma', text: 'Quienes están inconformes señalan sobre todo que no obtuvieron el trámite.' },
  },
  {
    ...{ code: 'tramite_en_linea', name: 'Trámite en línea evaluado', category: 'COM', objective: 'o2' },
    ...{ chart: 'histograma', text: 'Casi todas las encuestas en línea son de la radicación de PQRS.' },
  },
]

function ownVariable({ code, name, category, objective }: Measured): Cells {
  return {
    ...variable('propia', 'Por respuesta de la encuesta', [objective], 'Conocer cómo se percibe el servicio.'),
    ...{ codigo: code, nombre: name, categoria: category },
    costo_beneficio: 'La encuesta ya se aplica cada trimestre; no tiene costo adicional.',
  }
}

function used(surveys: Record<Survey, string>): Cells[] {
  return [
    { fuente: surveys.atencion, uso: `Percepción de la atención por canal, cada trimestre: ${DEMO_SENTENCE}.` },
    { fuente: surveys.satisfaccion, uso: `Satisfacción con los trámites, cada trimestre: ${DEMO_SENTENCE}.` },
  ]
}

const PLAIN = { capas: '', nombre: '', grafica: '', base: '', filtro: '', cruce: '' }
const count = ({ code }: Measured): Cells => ({ ...PLAIN, tipo: 'conteo', variable: code })
const cross = (variable: string, cruce: string, base = ''): Cells => ({
  ...{ ...PLAIN, tipo: 'cruce', variable, cruce, base },
})

const CROSSES = [
  cross('calificacion_atencion', 'canal_encuestado', 'columna'),
  cross('calificacion_tramite', 'modalidad', 'columna'),
  cross('inconformidad', 'modalidad'),
  cross('tramite_en_linea', 'trimestre'),
]

const figureAt = (place: number) => `eg${place + 1}`
const RELEASED: Cells[] = [
  { figura: figureAt(MEASURED.length), titulo: 'Calificación de la atención por canal' },
  { figura: figureAt(MEASURED.length + 1), titulo: 'Calificación de los trámites por modalidad' },
  { figura: figureAt(MEASURED.length + 3), titulo: 'Encuestas de trámites en línea por trimestre' },
]

/** One row per variable and objective it serves, as step 5 asks. */
function reading({ code, objective, chart, text }: Measured): Cells {
  return { variable: code, objetivo: objective, grafica: chart, texto: text }
}
