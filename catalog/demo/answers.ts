/** Complete answers of the seven steps on the demonstration file: what the demonstration cycles and the tests fill in. */
import { type Answers, emptyAnswers, type Row, rowsOf } from '../../domain/forms.ts'
import type { StepCode } from '../../domain/procedures.ts'
import type { StepAnswers } from '../../domain/references.ts'
import { docFromPlain, storedRich } from '../../domain/rich-text.ts'
import { formDefinition } from '../forms/index.ts'
import { REPORT_SECTIONS } from '../forms/step-6.ts'
import { SECTION_WRITERS } from '../report-sections.ts'
import { type Cells, type Groups, rows, variable } from './answer-rows.ts'
import { DEMO_SENTENCE } from './city-file.ts'
import { surveyRows } from './survey-answers.ts'
import type { Survey } from './survey-files.ts'

/** What the answers point at and only the running installation knows. */
export interface DemoReferences {
  /** Id of the attached source. */
  source: string
  /** Ids of the survey files where they are attached too. */
  surveys?: Record<Survey, string>
  /** Name of the municipality, for example "Santa Marta". */
  municipality: string
  /** Institutional address of the dataset's contact. */
  contact: string
  /** Civil date on which the dependencias were informed. */
  informedOn: string
  /** SHA-256 of the map figures are drawn on; empty where the entity has none. */
  map: string
  /** Civil date by which recommendations are carried out. */
  carryOutBy: string
}

export const DEMO_REFERENCES: DemoReferences = {
  source: 'fuente-1',
  municipality: 'Santa Marta',
  contact: 'ogac@santa-marta.demo.test',
  informedOn: '2026-11-20',
  map: '',
  carryOutBy: '2027-06-30',
}

/** Answers with which the step may be submitted, once the source exists and the earlier steps hold theirs. */
export function completeAnswers(stepCode: StepCode, references: Partial<DemoReferences> = {}): Answers {
  const groups = STEPS[stepCode]({ ...DEMO_REFERENCES, ...references })
  const answers = emptyAnswers(formDefinition(stepCode))
  for (const [code, fields] of Object.entries(groups)) answers[code] = { ...answers[code], ...fields }
  if (!references.surveys) return answers
  for (const { group, field, rows: more } of surveyRows(stepCode, references.surveys))
    answers[group] = { ...answers[group], [field]: [...rowsOf(answers, group, field), ...more] }
  return answers
}

/** Complete answers of the steps before `stepCode`, as its readiness and prefill need them. */
export function completeUpstream(stepCode: StepCode, references: Partial<DemoReferences> = {}): StepAnswers {
  const earlier = (Object.keys(STEPS) as StepCode[]).filter((code) => code < stepCode)
  return Object.fromEntries(earlier.map((code) => [code, completeAnswers(code, references)]))
}

const STEPS: Record<StepCode, (references: DemoReferences) => Groups> = {
  '1': objectivesAndScope,
  '2': variables,
  '3': collection,
  '4': analysis,
  '5': reading,
  '6': report,
  '7': disclosure,
}

function objectivesAndScope({ municipality }: DemoReferences): Groups {
  return {
    fuentes: {
      estrategias:
        'Encuestas en los puntos de atención, registros del portal PQRSDF y mesas de trabajo con juntas de acción comunal.',
      beneficiarios_uso: 'no_disponible',
      beneficiarios_motivo: 'Cada programa lleva su propia base y no hay una versión unificada para el periodo.',
      pqrsd_uso: 'usada',
      pqrsd_resultados: 'Informes semestrales de PQRSDf de 2024, en el archivo de gestión de la OGAC.',
      previas_uso: 'usada',
      previas_resultados: 'Informe anual de caracterización de 2023, en el menú de transparencia, ítem 4.',
      experiencia_uso: 'usada',
      experiencia_resultados: 'Encuestas de percepción ciudadana de 2024, en la carpeta compartida de la OGAC.',
    },
    objetivos: {
      general: `Identificar las características y necesidades de la ciudadanía que se comunicó con la Alcaldía de ${municipality} durante 2024, para ajustar los canales y la oferta de servicios.`,
      fines: ['oferta', 'canales', 'comunicaciones'],
      especificos: rows('o', [
        {
          texto: 'Conocer qué canales usa cada grupo de ciudadanos para comunicarse con la entidad.',
          vinculo: 'politica_servicio',
          resultado: 'Horarios y capacidad de cada canal ajustados a su demanda.',
        },
        {
          texto: 'Establecer qué tipos de comunicación recibe cada organismo y en qué época del año.',
          vinculo: 'politica_racionalizacion',
          resultado: 'Trámites candidatos a racionalización identificados.',
        },
        {
          texto: 'Reconocer dónde viven y a qué grupos pertenecen las personas que se comunican.',
          vinculo: 'escenario_colaboracion',
          resultado: 'Espacios de participación acordados con comunas y corregimientos.',
        },
      ]),
    },
    preguntas: {
      programas: 'no',
      empresas: 'no',
      periodo: 'si',
      periodo_detalle: 'A la totalidad de quienes radicaron una comunicación entre enero y diciembre de 2024.',
      organizaciones: 'no',
      poblacionales: 'si',
      poblacionales_detalle: 'A los grupos poblacionales que informaron su pertenencia al radicar.',
      quejas: 'si',
      quejas_detalle: 'Quejas, reclamos y denuncias recibidas por los tres canales.',
      peticiones: 'si',
      peticiones_detalle: 'Todas las peticiones y solicitudes radicadas en el periodo.',
    },
    alcance: {
      poblacion: 'Personas naturales y jurídicas que radicaron una comunicación ante la entidad.',
      desde: '2024-01-01',
      hasta: '2024-12-31',
      canales: ['presencial', 'telefonico', 'virtual'],
      territorio: 'Comunas y corregimientos del municipio.',
    },
    equipo: {
      lider: 'Jefatura OGAC',
      integrantes: rows('e', [
        {
          cargo: 'Profesional OGAC',
          dependencia: 'Oficina de Gestión para la Atención al Ciudadano',
          responsabilidad: 'Elabora los siete pasos y redacta el informe.',
        },
        {
          cargo: 'Profesional TIC',
          dependencia: 'Oficina de Tecnologías de la Información y las Comunicaciones',
          responsabilidad: 'Adjunta las fuentes de datos y cuida su calidad.',
        },
        {
          cargo: 'Profesional SIG',
          dependencia: 'Oficina de Sistemas Integrados de Gestión',
          responsabilidad: 'Revisa cada paso frente al procedimiento.',
        },
      ]),
    },
  }
}

function variables(): Groups {
  const declared = 'La persona la informa al radicar; el costo es bajo y permite adecuar la atención.'
  return {
    universo: { categorias: ['GEO', 'DEM', 'INT', 'COM', 'REL'] },
    criterio: { umbral: '4' },
    variables: {
      lista: rows('v', [
        variable('organismo', 'Por organismo', ['o2'], 'Saber a quién se dirige cada comunicación.'),
        variable('tipo_comunicacion', 'Por tipo de comunicación', ['o2'], 'Conocer qué pide la ciudadanía.'),
        variable('canal', 'Por canal de radicación', ['o1'], 'Conocer por dónde se comunica cada grupo.'),
        variable('trimestre', 'Por trimestre', ['o2'], 'Ver cómo cambia la demanda en el año.'),
        variable('semestre', 'Por semestre', ['o2'], 'Comparar con los informes semestrales de PQRSDf.'),
        variable('zona', 'Urbana y rural', ['o3'], 'Comparar la atención urbana y rural.'),
        {
          ...variable('comuna', 'Por comuna y corregimiento', ['o3'], 'Ubicar la demanda en el territorio.'),
          consistente: 'no',
        },
        {
          ...variable('sexo', 'Por sexo informado', ['o3'], 'Aplicar el enfoque de género.'),
          consistente: 'no',
          costo_beneficio: declared,
        },
        {
          ...variable('grupo_etario', 'En seis grupos de edad', ['o1'], 'Adecuar los canales a cada edad.'),
          costo_beneficio: declared,
        },
        {
          ...variable('grupo_poblacional', 'Por grupo declarado', ['o3'], 'Aplicar el enfoque diferencial.'),
          consistente: 'no',
          sensible: 'si',
          justificacion:
            'Sin este dato no se puede aplicar el enfoque diferencial; es voluntario y solo se publica agregado.',
          costo_beneficio: declared,
        },
        {
          ...variable('estrato', 'Por estrato', ['o3'], 'Relacionar la demanda con la condición del hogar.'),
          medible: 'no',
          consistente: 'no',
          costo_beneficio: 'Exigiría cruzar cada dirección con catastro; el costo supera el beneficio.',
          motivo_descarte: 'No se puede medir de forma fiable en todos los canales.',
        },
        {
          ...variable('dias_respuesta', 'En días', ['o2'], 'Saber cuánto espera quien se comunica.'),
          unidad: 'días',
        },
      ]),
    },
  }
}

function collection({ source }: DemoReferences): Groups {
  return {
    registros: {
      percepcion_estado: 'revisado',
      percepcion_hallazgo: 'Aporta la calificación de la atención en los puntos; está en la carpeta de la OGAC.',
      semestral_estado: 'revisado',
      semestral_hallazgo: 'Aporta el total de comunicaciones por tipo en cada semestre de 2024.',
      rendicion_estado: 'revisado',
      rendicion_hallazgo: 'Aporta los temas que la ciudadanía pidió explicar en la audiencia pública.',
      indicadores_estado: 'no_existe',
      indicadores_motivo: 'La hoja de vida de los indicadores de atención se adoptó después del periodo.',
    },
    tecnicas: {
      cualitativas: ['portal_pqrsdf', 'encuestas'],
      cuantitativas: ['indicadores'],
    },
    mecanismos: {
      lista: rows('m', [
        {
          ...{ tecnica: 'portal_pqrsdf', instrumento: 'Registro de comunicaciones del portal PQRSDF' },
          ...{ responsable: 'Profesional TIC', poblacion: 'Quienes se comunicaron por cualquier canal en el año.' },
          ...{ desde: '2024-01-01', hasta: '2024-12-31', meta: '338.142', base: 'registro', atendidos: '338.142' },
        },
        {
          ...{ tecnica: 'encuestas', instrumento: 'Encuesta de percepción en los puntos de atención' },
          ...{ responsable: 'Profesional OGAC', poblacion: 'Mayores de edad atendidos en los puntos.' },
          ...{ desde: '2024-02-01', hasta: '2024-11-30', meta: '2.400', base: 'turnos', atendidos: '61.250' },
        },
        {
          ...{ tecnica: 'indicadores', instrumento: 'Indicadores de oportunidad de la respuesta' },
          ...{ responsable: 'Profesional SIG', poblacion: 'Todas las comunicaciones del año.' },
          ...{ desde: '2024-01-01', hasta: '2024-12-31', meta: '338.142', base: 'no_hay', atendidos: '' },
        },
      ]),
      notas:
        'La OGAC extrae los registros del portal PQRSDF de todo el año y los contrasta con las encuestas aplicadas en los puntos de atención.',
    },
    cobertura: {
      cobertura_minima: '3',
      base_minima: '30',
      no_respuesta:
        'Se cuentan por punto y por mes, sin datos de la persona, y el informe dice cuántas fueron y en qué grupos faltan.',
    },
    fuentes: {
      lista: rows('s', [
        { fuente: source, uso: `Conteos, cruces y segmentos de todo el ejercicio. Archivo: ${DEMO_SENTENCE}.` },
      ]),
    },
    proteccion: {
      medidas:
        'Los identificadores directos se reemplazan por seudónimos al cargar el archivo. Solo se publican conteos, con supresión de celdas menores a cinco y supresión complementaria en filas, columnas y totales.',
    },
  }
}

const COUNTED = [
  'organismo',
  'tipo_comunicacion',
  'canal',
  'trimestre',
  'semestre',
  'zona',
  'comuna',
  'sexo',
  'grupo_etario',
  'grupo_poblacional',
]

function analysis({ map }: DemoReferences): Groups {
  const usual = { capas: '', nombre: '', grafica: '', mapa: '', base: '' }
  const counts = COUNTED.map((code) => ({
    ...{ tipo: 'conteo', variable: code, cruce: '', filtro: '', ...usual },
    ...(code === 'comuna' && map && { grafica: 'mapa', mapa: map }),
  }))
  const cross = (variable: string, cruce: string, more: object = {}) => ({
    ...{ tipo: 'cruce', variable, cruce, filtro: '', ...usual },
    ...more,
  })
  return {
    profundidad: { nivel: 'segmento' },
    figuras: {
      lista: rows('g', [
        ...counts,
        cross('organismo', 'trimestre'),
        cross('tipo_comunicacion', 'semestre'),
        cross('canal', 'grupo_etario', { grafica: 'calor', base: 'columna' }),
        cross('canal', 'zona', { filtro: 'tipo_comunicacion en Queja, Reclamo' }),
        { ...usual, tipo: 'conteo', variable: 'dias_respuesta', cruce: '', filtro: '', grafica: 'histograma' },
      ]),
    },
    sectores: {
      lista: rows('t', [
        {
          nombre: 'Ciudadanía urbana',
          descripcion: 'Personas que viven en las comunas y se comunican con la entidad.',
        },
        {
          nombre: 'Ciudadanía rural',
          descripcion: 'Personas que viven en los corregimientos y se comunican con la entidad.',
        },
      ]),
    },
    segmentos: {
      lista: rows('m', [
        {
          nombre: 'Rural que acude a los puntos',
          sector: 't2',
          regla: 'zona = Rural\ncanal = Presencial',
          necesidades: 'Atención cercana a su corregimiento y horarios que permitan el viaje de regreso.',
          canales: ['presencial', 'telefonico'],
        },
        {
          nombre: 'Urbana que no se desplaza',
          sector: 't1',
          regla: 'zona = Urbana\ncanal != Presencial',
          necesidades: 'Trámites completos en línea y respuestas en lenguaje claro.',
          canales: ['virtual', 'telefonico'],
        },
        {
          nombre: 'Quienes se quejan o reclaman',
          sector: 't1',
          regla: 'zona = Urbana\ntipo_comunicacion en Queja, Reclamo',
          necesidades: 'Respuesta de fondo dentro del término y seguimiento de su caso.',
          canales: ['virtual'],
        },
      ]),
    },
  }
}

function reading(): Groups {
  const read = (code: string, objetivo: string, grafica: string, texto: string) => ({
    variable: code,
    objetivo,
    grafica,
    texto,
  })
  return {
    lecturas: {
      lista: rows('l', [
        read('organismo', 'o2', 'histograma', 'La demanda se concentra en pocos organismos; el primero es Movilidad.'),
        read('tipo_comunicacion', 'o2', 'histograma', 'La petición general es el tipo más frecuente.'),
        read('canal', 'o1', 'circular', 'El canal presencial sigue siendo el más usado.'),
        read('trimestre', 'o2', 'histograma', 'El primer trimestre recibe más comunicaciones que los demás.'),
        read('semestre', 'o2', 'circular', 'El primer semestre supera al segundo.'),
        read('zona', 'o3', 'circular', 'La mayoría de las comunicaciones viene de la zona urbana.'),
        read(
          'comuna',
          'o3',
          'histograma',
          'Las comunicaciones se reparten de forma pareja entre comunas y corregimientos.',
        ),
        read('sexo', 'o3', 'circular', 'Las mujeres se comunican más que los hombres.'),
        read('grupo_etario', 'o1', 'histograma', 'Predominan las personas de 41 a 59 años.'),
        read('grupo_poblacional', 'o3', 'histograma', 'La mayoría no declara pertenecer a un grupo poblacional.'),
        read('dias_respuesta', 'o2', 'histograma', 'La mayoría de las respuestas llega en los primeros diez días.'),
      ]),
    },
    cruces: {
      texto:
        'El cruce de organismo por trimestre muestra en qué organismos baja la demanda hacia el fin del año. El cruce de tipo por semestre permite comparar con los informes semestrales. El uso de cada canal es parecido en todos los grupos de edad. Entre quejas y reclamos, el peso de cada canal es parecido en la zona urbana y en la rural.',
    },
    cobertura: {
      cobertura: 'El corte contiene las comunicaciones radicadas en 2024 por los tres canales de atención.',
      no_respuesta:
        'Los registros rechazados al cargar se descargan con su motivo. Sexo y edad son voluntarios: quienes no los informan aparecen como «Sin información».',
      limitaciones: 'No incluye a quienes no se comunicaron con la entidad.',
    },
  }
}

function report(references: DemoReferences): Groups {
  const upstream = completeUpstream('6', references)
  const sources = [{ code: references.source, label: 'Comunicaciones radicadas en 2024' }]
  const sections = REPORT_SECTIONS.map(
    ({ code }) => [code, { texto: storedRich(docFromPlain(SECTION_WRITERS[code](upstream, sources))) }] as const,
  )
  const figures = completeAnswers('4', references).figuras?.lista as Row[]
  const ids = (tipo: string) => figures.filter((row) => row.tipo === tipo).map((row) => row.id)
  const groups: Groups = Object.fromEntries(sections)
  groups.resultados = { ...groups.resultados, figuras: ids('conteo') }
  groups.cruces = { ...groups.cruces, figuras: ids('cruce') }
  groups.recomendaciones = {
    lista: rows('r', [
      recommendation(
        references,
        '2',
        'm1',
        'atencion-ciudadano',
        ['jefatura_ogac', 'Jornadas de atención realizadas en corregimientos.'],
        'alta',
        'Llevar una jornada de atención mensual a cada corregimiento.',
      ),
      recommendation(
        references,
        '13',
        'm2',
        'tic',
        ['profesional_tic', 'Peticiones generales radicadas en línea, en porcentaje.'],
        'media',
        'Permitir que la petición general se radique y se siga en línea.',
      ),
      recommendation(
        references,
        '1',
        'm3',
        'comunicaciones',
        ['profesional_comunicaciones', 'Plantillas de respuesta reescritas.'],
        'media',
        'Reescribir en lenguaje claro las respuestas a quejas y reclamos.',
      ),
    ]),
  }
  return groups
}

function recommendation(
  { carryOutBy }: DemoReferences,
  linea: string,
  segmento: string,
  dependencia: string,
  [responsable, indicador]: [string, string],
  prioridad: string,
  texto: string,
): Cells {
  return { linea, texto, segmento, dependencia, responsable, indicador, plazo: carryOutBy, prioridad }
}

function disclosure({ municipality, contact, informedOn }: DemoReferences): Groups {
  const informed = (dependencia: string, medio: string, constancia: string) => ({
    dependencia,
    fecha: informedOn,
    medio,
    acuse: constancia === '' ? 'no' : 'si',
    constancia,
  })
  return {
    dependencias: {
      lista: rows('d', [
        informed('atencion-ciudadano', 'reunion', 'Acta 14 de la mesa de caracterización'),
        informed('tic', 'memorando', 'Memorando 2026-TIC-0311'),
        informed('comunicaciones', 'correo', ''),
      ]),
    },
    conjunto: {
      titulo: `Caracterización de la ciudadanía de ${municipality} por canales de atención, 2024`,
      descripcion: `Conteos y cruces de las comunicaciones recibidas en 2024 por organismo, tipo, canal, territorio y grupo. Contiene ${DEMO_SENTENCE}. Las celdas pequeñas están suprimidas.`,
      licencia: 'CC-BY-4.0',
      desde: '2024-01-01',
      hasta: '2024-12-31',
      frecuencia: 'anual',
      area: 'Oficina de Gestión para la Atención al Ciudadano',
      correo: contact,
      etiquetas: 'caracterización, atención al ciudadano, PQRSDf',
      menu: '7',
    },
    archivos: {
      lista: rows('a', [
        { figura: 'g1', titulo: 'Comunicaciones por organismo' },
        { figura: 'g2', titulo: 'Comunicaciones por tipo' },
        { figura: 'g3', titulo: 'Comunicaciones por canal' },
        { figura: 'g7', titulo: 'Comunicaciones por comuna y corregimiento' },
        { figura: 'g11', titulo: 'Comunicaciones por organismo y trimestre' },
        { figura: 'g12', titulo: 'Comunicaciones por tipo y semestre' },
      ]),
    },
    verificaciones: { ley_1266: 'si', ley_1581: 'si', lenguaje_comun: 'si', celdas: 'si' },
    cambios: { nota: 'Primera publicación.' },
  }
}
