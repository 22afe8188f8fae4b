import { MAP_HEADINGS } from '../../catalog/risk-map-headings.ts'
import type { MapFault } from '../../domain/risk-import-inputs.ts'
import type { CellReason, LackingColumn, UnlikeResult } from '../../domain/risk-map-faults.ts'
import { MAX_MAP_BYTES, MAX_MAP_ROWS, type MapColumn } from '../../domain/risk-map-sheet.ts'
import { fileRefusalSentence } from './file-refusals.ts'
import { formatInstant, formatNumber } from './format.ts'
import { inputSentence } from './inputs.ts'
import { sentenceOf } from './refusals.ts'

const headingOf = (column: MapColumn) => `«${MAP_HEADINGS[column][0]}»`

const counted = (n: number, one: string, many: string) => `${formatNumber(n)} ${n === 1 ? one : many}`

/** Characters of a cell that a report shows. */
const CELL_SHOWN = 160

/** Pages on which a risk map comes in as a file. */
export const riskImportText = {
  title: 'Importar un mapa de riesgos',
  link: 'Importar un mapa de riesgos',
  state:
    'Suba el mapa en Excel (XLSX). Primero verá qué dice cada fila y qué celda hay que corregir; nada se registra hasta que usted lo acepte.',
  formTitle: 'Subir el mapa',
  file: 'Mapa de riesgos (XLSX)',
  fileHelp: `Hasta ${formatNumber(MAX_MAP_ROWS)} filas y ${MAX_MAP_BYTES / 1024 / 1024} MB. Puede tener títulos arriba y dos filas de encabezado. El archivo no se guarda: quedan sus celdas, tal como estaban escritas.`,
  owner: 'Cargo que responde donde el mapa no lo dice',
  methodology: 'Metodología de los riesgos cuya fila no la dice',
  chosenMethodology: 'La que la entidad usa para cada tipología',
  submit: 'Revisar el mapa',
  columnsTitle: 'Qué columnas se leen',
  columnsIntro:
    'Las del mapa oficial, en cualquier orden y con o sin tildes: sirve el archivo que se descarga de Riesgos. Un riesgo con varios controles ocupa una fila por control; si sus celdas están combinadas, las filas siguientes son más controles del mismo riesgo.',
  columnsNeeded: 'Cada riesgo necesita:',
  columnsWorded: 'En vez de la frecuencia y los impactos, un riesgo de corrupción necesita:',
  columnsAsset: 'En vez de la clasificación y el área de impacto, un riesgo de seguridad de la información necesita:',
  columnsCompared:
    'El sistema calcula estos resultados y los compara con lo que dice el libro; una probabilidad, un impacto o una zona inherente que su propia fila contradice hay que corregirlos. De un residual en porcentaje se avisa cuando se aparta un punto o más:',
  columnsDone:
    'Con estas columnas se registran además el tratamiento de cada riesgo y las actividades de su plan. Si una celda del plan tiene varias actividades, escriba un renglón por cada una, en el mismo orden en todas sus columnas. El responsable es un cargo de la entidad. Aceptar un riesgo solo se pide: lo firma quien la política señala.',
  unread: {
    missing: 'Elija el archivo del mapa.',
    empty: 'El archivo está vacío. Elija otro.',
    tooBig: `El archivo pesa más de ${MAX_MAP_BYTES / 1024 / 1024} MB. Divida el mapa en varios libros.`,
    broken: 'El archivo llegó incompleto. Envíelo de nuevo.',
    no_map:
      'En ninguna hoja del libro hay un encabezado con las columnas del mapa de riesgos. Revise los nombres de las columnas y vuelva a subirlo.',
    no_rows: 'Debajo del encabezado no hay ninguna fila. Escriba al menos un riesgo.',
    too_long: `El mapa tiene más de ${formatNumber(MAX_MAP_ROWS)} filas. Divídalo en varios libros: todo lo de un libro se registra junto.`,
  },
  notWorkbook: 'El archivo es de texto, no un libro de Excel. Guárdelo como XLSX y vuelva a subirlo.',
  sentTitle: 'Mapas que se han subido',
  sentCaption: 'Mapas que se han subido, del más reciente al más antiguo',
  noneSent: 'Todavía no se ha subido ningún mapa.',
  sent: { file: 'Archivo', rows: 'Filas', by: 'Lo subió', at: 'Cuándo', state: 'Estado' },
  states: { waiting: 'Sin aceptar', accepted: 'Registrado' },
  open: (file: string) => `Revisar el mapa ${file}`,
  reviewTitle: (file: string) => `Mapa ${file}`,
  faultyState: (faults: number, risks: number) =>
    `${counted(faults, 'celda por corregir', 'celdas por corregir')} y ${counted(risks, 'riesgo bien escrito', 'riesgos bien escritos')}. Nada se ha registrado: corrija el libro y súbalo de nuevo.`,
  readyState: (risks: number, controls: number) =>
    `${counted(risks, 'riesgo', 'riesgos')} con ${counted(controls, 'control', 'controles')} por registrar. Nada se ha registrado todavía.`,
  emptyState: 'Todos los riesgos de este mapa ya están registrados. No hay nada que importar.',
  doneState: (risks: number) => `${counted(risks, 'riesgo quedó registrado', 'riesgos quedaron registrados')}.`,
  facts: {
    sheet: 'Hoja',
    rows: 'Filas',
    received: 'Se subió',
    accepted: 'Se aceptó',
  },
  by: (position: string, at: string | Date) => `${position}, ${formatInstant(at)}`,
  confirm: (risks: number) => `Registrar ${risks === 1 ? 'el riesgo' : `los ${formatNumber(risks)} riesgos`}`,
  confirmHelp:
    'Se registran todos o ninguno, cada uno con sus controles, su tratamiento y su plan, como si los escribiera uno por uno. Cada riesgo recibe un código nuevo; el del libro queda en la importación.',
  again: 'Subir el libro corregido',
  faultsTitle: 'Qué hay que corregir',
  faultsCaption: 'Celdas por corregir, en el orden de la hoja',
  fault: { cell: 'Celda', read: 'Lo que dice', why: 'Qué hacer' },
  place: (sheet: string, cell: string) => (cell === '' ? `Hoja ${sheet}` : `${sheet}, ${cell}`),
  blank: '(en blanco)',
  /** The book has it whole: of a long cell, what it begins with tells which one it is. */
  shortened: (read: string) =>
    read.length <= CELL_SHOWN
      ? read
      : `${read.slice(0, CELL_SHOWN).trimEnd()}… (la celda tiene ${formatNumber(read.length)} caracteres)`,
  notesTitle: 'En qué se aparta el libro',
  notesIntro:
    'Nada de esto impide registrar el mapa. Léalo antes de aceptarlo: se registra lo que dice la columna «Qué se registra».',
  notesCaption: 'Celdas que el sistema lee de otro modo, en el orden de la hoja',
  noteWhy: 'Qué se registra',
  risksTitle: 'Qué se va a registrar',
  risksSound: 'Qué está bien escrito',
  risksDone: 'Qué se registró',
  risksCaption: 'Riesgos del mapa, en el orden de la hoja',
  risk: {
    line: 'Fila y código en el libro',
    description: 'Riesgo',
    inherent: 'Inherente',
    declared: 'Residual declarado',
    controls: 'Controles',
    done: 'Tratamiento y plan',
    result: 'Resultado',
  },
  activities: (n: number) => counted(n, 'actividad', 'actividades'),
  inBook: 'En el libro:',
  fresh: 'Por registrar',
  waiting: 'Espera a que se corrija lo demás',
  standing: 'Ya está registrado; no se repite:',
  registered: 'Registrado como',
  none: '—',
  origin: 'Viene de un mapa importado',
  originLine: (file: string, line: number) => `${file}, fila ${line}`,
}

/** Why a cell cannot stand, and what to write in it. */
export function cellSentence(reason: CellReason): string {
  switch (reason.kind) {
    case 'input':
      return inputSentence(reason.error)
    case 'choice':
      return `La metodología no tiene ese valor. Escriba uno de estos: ${reason.among.join('; ')}.`
    case 'position':
      return reason.agencies.length > 0
        ? `Varias dependencias tienen ese cargo. Escriba entre paréntesis la suya: ${reason.agencies.join('; ')}.`
        : 'Hoy no hay un cargo con ese nombre en la entidad. Escríbalo como figura en Administración, o deje la celda en blanco.'
    case 'merged':
      return `La celda está combinada con otras (${reason.range}) y aquí queda en blanco. Sepárelas y escriba el valor en cada fila.`
    case 'differs':
      return `No dice lo mismo que la fila ${reason.line}, que es del mismo riesgo. Escriba lo mismo en las dos o dele otro código.`
    case 'twice':
      return `La fila ${reason.line} ya dice este riesgo: mismo proceso y misma descripción. Borre una de las dos, o escriba en qué se distinguen.`
    case 'questions':
      return `Escriba los números de las preguntas con respuesta afirmativa, de 1 a ${reason.last}, separados por punto y coma: 1; 5.`
    case 'heading_again':
      return 'Esta fila repite el encabezado. Bórrela.'
    case 'no_risk':
      return 'Esta fila no dice de qué riesgo es. Escriba el proceso, las causas y la descripción.'
    case 'column':
      return `${needing(reason)} la columna ${headingOf(reason.column)}, que no está en la hoja. Agréguela al encabezado y escríbala ${reason.lines.length === 1 ? 'en esa fila' : 'en esas filas'}.`
    case 'unlike_probability':
    case 'unlike_impact':
    case 'unlike_zone':
      return reason.says === null
        ? `No es un nombre de la metodología. Se registra ${reason.gives}, que es lo que dan ${givenBy(reason)}.`
        : `La celda dice ${reason.says}; ${givenBy(reason)} dan ${reason.gives} en la metodología. Corrija la celda o esos valores.`
    case 'unlike_residual':
      return `${reason.says === null ? 'No es un nombre de la metodología.' : `La celda dice ${reason.says}.`} ${leftBy(reason.controls)} ${reason.probability} × ${reason.impact} y aquí se registra ${reason.gives}; lo que dice el libro queda en la importación.`
    case 'plan_blank':
      return BLANK_PLAN[reason.column]
    case 'plan_position':
      return reason.agencies.length > 0
        ? `Varias dependencias tienen el cargo «${reason.name}». Escriba entre paréntesis la suya: ${reason.agencies.join('; ')}.`
        : `Hoy no hay en la entidad un cargo «${reason.name}» que responda por la actividad. Escríbalo como figura en Administración.`
    case 'day':
      return `«${reason.text}» no es una fecha. Escriba día, mes y año: 31/12/2026.`
    case 'plan_lines':
      return `La celda tiene ${counted(reason.lines, 'renglón', 'renglones')} y las fechas de terminación son ${formatNumber(reason.days)}. Escriba un renglón por actividad, en el mismo orden en todas las columnas del plan.`
    case 'plan_text':
      return 'El plan no dice quién responde ni hasta cuándo: queda como texto en la importación y no crea actividades. Agréguelas después en el tratamiento del riesgo.'
    case 'plan_closed':
      return 'La actividad está cerrada: queda como texto en la importación y no se le pide a nadie.'
    case 'not_accepted':
      return `Este tratamiento no se puede elegir. ${sentenceOf(reason.objection, null)}`
    case 'acceptance_waits':
      return `Se registra sin decidir: el riesgo queda en zona ${reason.zone} hasta que sus controles tengan evidencia, y entonces se podrá pedir que se acepte.`
  }
}

/** Lines of a long file are told by the first of them. */
const NAMED_LINES = 5

function needing({ lines, typology }: LackingColumn): string {
  const of = typology === '' ? '' : ` (${typology})`
  const [first, ...others] = lines.slice(0, NAMED_LINES).map(formatNumber)
  if (others.length === 0) return `La fila ${first}${of} necesita`
  const left = lines.length - NAMED_LINES
  const last = left > 0 ? `${formatNumber(left)} más` : others.pop()
  return `Las filas ${[first, ...others].join(', ')} y ${last}${of} necesitan`
}

const BLANK_PLAN: Record<Extract<CellReason, { kind: 'plan_blank' }>['column'], string> = {
  planOwner:
    'La actividad tiene fecha y no dice quién responde. Escriba el cargo, o borre la fecha si el plan queda como texto.',
  planStart: 'Escriba la fecha en que empieza la actividad: día, mes y año.',
  planDue:
    'La actividad tiene responsable y no dice hasta cuándo. Escriba la fecha, o borre el responsable si el plan queda como texto.',
  planFollowUp: 'Escriba la fecha en que se hará seguimiento: día, mes y año.',
}

/** From what a result comes. */
function givenBy(reason: Exclude<UnlikeResult, { kind: 'unlike_residual' }>): string {
  switch (reason.kind) {
    case 'unlike_probability':
      return `las ${counted(reason.times, 'vez', 'veces')} al año de la fila`
    case 'unlike_impact':
      return reason.yes > 0
        ? `las ${counted(reason.yes, 'pregunta', 'preguntas')} con respuesta afirmativa`
        : `los impactos de la fila (el más alto de ${[...new Set(reason.harms)].join(' y ')})`
    case 'unlike_zone':
      return `la probabilidad ${reason.probability} y el impacto ${reason.impact} de la fila`
  }
}

function leftBy(controls: number): string {
  if (controls === 0) return 'Sin controles el riesgo queda en'
  return controls === 1
    ? 'Por su diseño, su control deja'
    : `Por su diseño, sus ${formatNumber(controls)} controles dejan`
}

/** Why the file of a map was not read, beside its field. */
export function mapFaultSentence(fault: MapFault): string {
  if (typeof fault === 'string') return riskImportText.unread[fault]
  if (fault.code === 'wrong_type' && fault.detail === 'csv') return riskImportText.notWorkbook
  return fileRefusalSentence(fault)
}
