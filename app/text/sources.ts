/** Sentences about sources, and names of what a mapping says. */
import type { ColumnRole, ColumnType, RejectReason } from '../../domain/sources.ts'
import { formatDate, formatDayOf, formatNumber } from './format.ts'

export const columnTypeNames: Record<ColumnType, string> = {
  text: 'Texto',
  category: 'Categoría',
  date: 'Fecha',
  integer: 'Número entero',
  decimal: 'Número con decimales',
  boolean: 'Sí o no',
}

export const columnRoleNames: Record<ColumnRole, string> = {
  variable: 'Variable',
  direct_identifier: 'Identificador directo (se seudonimiza)',
  person_key: 'Identifica a la persona (se seudonimiza)',
  ignore: 'No se importa',
}

export const sensitivityNames = {
  publica: 'Pública',
  semiprivada: 'Semiprivada',
  privada: 'Privada',
  sensible: 'Sensible (Ley 1581 de 2012, artículo 5)',
} as const

export const rejectReasonNames: Record<RejectReason, string> = {
  wrong_column_count: 'Número de columnas distinto al del encabezado',
  required_missing: 'Falta un dato obligatorio',
  not_allowed: 'Valor fuera de la lista permitida',
  not_a_date: 'No es una fecha',
  not_an_integer: 'No es un número entero',
  not_a_number: 'No es un número',
  not_a_boolean: 'No es sí o no',
  duplicate: 'Repetido',
  broken_quotes: 'Comillas que no cierran',
  formula_without_value: 'Fórmula sin valor calculado',
  cell_error: 'Error de Excel en la celda',
}

/** The rejected records of a file, one a line; the address calls the states so. */
export const rejectedText = {
  title: 'Registros rechazados',
  crumb: 'Rechazados',
  caption: 'Registros rechazados, en el orden del archivo',
  /** `read`: those that are shown and filtered, the first of `total`. */
  state: ({ total, read, asked }: { total: number; read: number; asked: number }) =>
    asked === read
      ? `${total === 1 ? 'Un registro no entró' : `${formatNumber(total)} registros no entraron`} al corte. Aquí está dónde falla cada uno; lo que dicen sus celdas está en el archivo que se descarga.`
      : `${formatNumber(asked)} de ${read < total ? 'los primeros ' : ''}${formatNumber(read)} registros rechazados cumplen los filtros.`,
  cut: (read: number) =>
    `Son demasiados para esta página: aquí se ven y se filtran los primeros ${formatNumber(read)}, en el orden del archivo. Los demás están en el archivo que se descarga.`,
  correct: 'Corregir los rechazados',
  see: 'Ver los registros rechazados',
  whole: 'Todo el registro',
  headers: { line: 'Línea', columns: 'Columnas', reasons: 'Motivos', state: 'Estado' },
  states: { rechazada: 'Rechazado', corregida: 'Corregido después' },
}

export const importStateText: Record<'received' | 'asked' | 'running' | 'done' | 'cancelled' | 'failed', string> = {
  received: 'Por confirmar',
  asked: 'En espera',
  running: 'En proceso',
  done: 'Importado',
  cancelled: 'Cancelado',
  failed: 'No se importó',
}

/** What stands beside each field of the contract when it is wrong. */
const CONTRACT_ERRORS: Record<string, string> = {
  name: 'Escriba el nombre de la fuente, de 3 a 200 letras.',
  ownerAgency: 'Elija el organismo responsable de los datos.',
  legalBasis:
    'Escriba la base legal que permite usar los datos, por ejemplo: Ley 1581 de 2012, artículo 10, literal a.',
  sensitivity: 'Elija la clasificación de los datos.',
  periodFrom: 'Escriba la fecha en que empieza el periodo: día, mes y año.',
  periodTo: 'Escriba la fecha en que termina el periodo: día, mes y año.',
  period_reversed: 'Corrija el periodo: la fecha final es anterior a la inicial.',
  demoNote: 'Use como máximo 300 letras.',
}

export const contractError = (field: string, message: string): string =>
  CONTRACT_ERRORS[message] ?? CONTRACT_ERRORS[field] ?? 'Revise este dato.'

const MAPPING_ERRORS: Record<string, string> = {
  repeated_code: 'Hay dos columnas con el mismo código. Cambie uno de los códigos.',
  repeated_column: 'El archivo repite el nombre de una columna.',
  several_person_keys: 'Deje una sola columna que identifique a la persona.',
  no_variable: 'Marque al menos una columna como variable.',
  code: 'Escriba el código en minúsculas, sin espacios ni tildes, por ejemplo tipo_persona.',
  label: 'Escriba el nombre con que se mostrará la columna.',
  allowed: 'Escriba como máximo 500 valores permitidos, uno por línea.',
}

export const mappingError = (field: string, message: string): string =>
  MAPPING_ERRORS[message] ?? MAPPING_ERRORS[field] ?? 'Revise esta columna.'

const count = (rows: number) => `${formatNumber(rows)} ${rows === 1 ? 'registro' : 'registros'}`

export const sourcesText = {
  title: 'Fuentes de datos',
  state: (sources: number, ready: number) =>
    sources === 0
      ? 'Este ejercicio todavía no tiene fuentes de datos.'
      : `${sources === 1 ? 'Una fuente adjunta' : `${sources} fuentes adjuntas`}, ${ready === 1 ? 'una con corte' : `${ready} con corte`} listo para analizar.`,
  next: 'Profesional TIC las adjunta mientras el paso 3 está abierto; Jefatura OGAC y Dirección TIC las aprueban al aprobar ese paso.',
  attach: 'Adjuntar una fuente',
  empty: 'No hay fuentes adjuntas',
  emptyWhy:
    'Una fuente es un archivo de registros con su contrato: de quién es, con qué base legal se usa, qué periodo cubre y qué tan sensible es.',
  columns: {
    name: 'Fuente',
    owner: 'Organismo responsable',
    period: 'Periodo',
    rows: 'Registros',
    state: 'Estado',
    hash: 'Corte',
  },
  caption: 'Fuentes adjuntas a este ejercicio',
  noFile: 'Sin archivo',
  analysis: 'Ver el análisis',
  toStep: 'Ir al paso 3',
  period: (from: string, to: string) => `${formatDate(from)} a ${formatDate(to)}`,
  notNow: 'Usted puede ver las fuentes, pero no cambiarlas.',
}

export const contractText = {
  newTitle: 'Adjuntar una fuente',
  editTitle: 'Contrato de la fuente',
  newState: 'Primero el contrato; después carga el archivo y confirma cómo se lee cada columna.',
  editState: 'Los cambios quedan en la historia del ejercicio, con el valor anterior y el nuevo.',
  name: 'Nombre de la fuente',
  nameHelp: 'Por ejemplo: Comunicaciones radicadas en 2024.',
  owner: 'Organismo responsable de los datos',
  choose: 'Elija…',
  legalBasis: 'Base legal que permite usarlos',
  legalHelp: 'Ley, decreto o acto, con su artículo.',
  sensitivity: 'Clasificación de los datos',
  from: 'Periodo desde',
  to: 'Periodo hasta',
  personKey: 'Columna que identifica a cada persona (opcional)',
  personKeyHelp:
    'Nombre de la columna en el archivo, por ejemplo numero_documento. Se reemplaza por un seudónimo y sirve para contar personas distintas.',
  note: 'Advertencia que acompaña cada cifra (opcional)',
  noteHelp: 'Aparece en pantallas, informe y datos abiertos. Escríbala si los datos no son reales.',
  save: 'Guardar el contrato',
  saveNew: 'Guardar y continuar con el archivo',
  cancel: 'Cancelar',
}

export const sourceText = {
  contract: 'Contrato',
  editContract: 'Cambiar el contrato',
  attachedBy: (person: string, at: string) => `Adjuntada por ${person} el ${at}.`,
  none: 'No se indicó',
  terms: {
    sensitivity: 'Clasificación',
    personKey: 'Identifica a la persona',
    legalBasis: 'Base legal',
  },
  noteLabel: 'Advertencia',
  state: {
    empty: 'Falta el archivo. Profesional TIC lo carga y confirma cómo se lee.',
    received: 'El archivo está cargado y espera que se confirme cómo se lee cada columna.',
    asked: 'El archivo espera su turno para leerse. Puede salir de esta página: la importación sigue sola.',
    running: 'El archivo se está leyendo. Puede salir de esta página: la importación sigue sola.',
    done: (rows: number, isApproved: boolean) =>
      isApproved
        ? `El corte tiene ${count(rows)} y se usa desde que se aprobó el paso 3.`
        : `El corte está listo con ${count(rows)}. Se usa al aprobar el paso 3.`,
    failed: 'El último archivo no se importó.',
    cancelled: 'La última importación se canceló.',
  },
  file: 'Archivo',
  upload: 'Cargar archivo',
  replace: 'Reemplazar el archivo',
  another: 'Cargar otro archivo',
  kept: 'El archivo guardado',
  keptWhy: (name: string, bytes: string) =>
    `«${name}» (${bytes}) sigue guardado y cifrado: no hace falta cargarlo otra vez.`,
  keptSame: 'Leído de la misma manera terminaría igual. Revise cómo se lee y qué es cada columna.',
  restart: 'Volver a importar el archivo guardado',
  restartReviewed: 'Revisar cómo se lee el archivo guardado',
  replaceWhy: 'El corte actual sigue en uso hasta que el nuevo esté completo.',
  chooseFile: 'Archivo CSV o XLSX',
  fileHelp:
    'Hasta 2 GB, con encabezado. Un CSV puede estar en UTF-8, Windows-1252 o UTF-16 y separarse con coma, punto y coma, tabulador o barra.',
  sending: (sent: string, total: string) => `Cargando: ${sent} de ${total}`,
  looking: 'Revisando el archivo…',
  stopSending: 'Detener la carga',
  stopped: 'La carga se detuvo. No quedó nada guardado.',
  lost: 'Se perdió la conexión durante la carga. Vuelva a intentarlo.',
  same: 'Ese mismo archivo ya está cargado en esta fuente. No se agregó nada.',
  received: (name: string, bytes: string) => `${name}, ${bytes}`,
  reading: 'Cómo se lee el archivo',
  encoding: 'Codificación',
  separator: 'Separador',
  encodings: {
    'utf-8': 'UTF-8',
    'windows-1252': 'Windows-1252',
    'utf-16le': 'UTF-16 (LE)',
    'utf-16be': 'UTF-16 (BE)',
  } as const,
  separators: { ';': 'Punto y coma (;)', ',': 'Coma (,)', '\t': 'Tabulador', '|': 'Barra (|)' } as const,
  sheet: 'Hoja',
  headerLine: 'Línea del encabezado',
  headerRow: 'Fila del encabezado',
  headerRows: 'El encabezado ocupa',
  headerRowsNames: { 1: 'Una fila', 2: 'Dos filas, unidas' } as const,
  formulas: (columns: string) =>
    `Tienen fórmulas estas columnas: ${columns}. Se lee el último valor que Excel calculó; la fórmula no se importa.`,
  line: 'Fila',
  readAgain: 'Volver a leer así',
  preview: (rows: number) => `Primeros ${rows} registros`,
  previewMasked: 'Las columnas con datos personales se muestran ocultas.',
  masked: '•••••',
  maskedColumn: 'No se muestra: puede ser un dato personal',
  emptyColumn: 'Vacía en los primeros registros',
  mapping: 'Columnas',
  mappingWhy:
    'Confirme qué es cada columna. Los identificadores de personas se reemplazan por seudónimos; lo que no se importa no se guarda.',
  column: (name: string) => `Columna «${name}»`,
  sample: 'Ejemplos',
  label: 'Nombre visible',
  type: 'Tipo',
  role: 'Uso',
  sensitive: 'Dato sensible',
  more: 'Más opciones',
  code: 'Código',
  codeHelp: 'El mismo código del paso 2 une la columna con la variable priorizada.',
  required: 'Obligatoria',
  unique: 'No puede repetirse',
  dateFormat: 'Fechas escritas como',
  dateFormats: { iso: '2024-12-31', dmy: '31/12/2024' } as const,
  decimalMark: 'Decimales con',
  decimalMarks: { ',': 'Coma', '.': 'Punto' } as const,
  allowed: 'Valores permitidos, uno por línea',
  allowedHelp: 'Si los escribe, cualquier otro valor se rechaza. Su orden es el de tablas y gráficas.',
  unmatched: (labels: string) => `Variables priorizadas en el paso 2 que ninguna columna trae todavía: ${labels}.`,
  start: 'Importar el archivo',
  startWhy: 'Al importar se crea un corte que no cambia. Los registros con errores quedan aparte, con su motivo.',
  discard: 'Descartar este archivo',
  progress: 'Avance de la importación',
  read: 'Registros leídos',
  progressOf: (rows: number, of: number) => `${formatNumber(rows)} de ${formatNumber(of)} registros, aproximadamente`,
  left: (seconds: number) =>
    seconds < 60 ? `falta menos de un minuto` : `faltan unos ${Math.round(seconds / 60)} minutos`,
  waiting: 'En espera',
  waitingTurn: 'Espera su turno: se lee un archivo a la vez.',
  opening: 'Abriendo el archivo',
  openingOf: (opened: string, of: string | null) =>
    of === null ? `Abriendo el archivo: ${opened}` : `Abriendo el archivo: ${opened} de ${of}`,
  closing: (rows: number) => `Guardando el corte: se leyeron ${count(rows)}`,
  update: 'Actualizar',
  cancel: 'Cancelar la importación',
  cancelling: 'Cancelando…',
  result: 'Resultado',
  resultRows: 'Registros en el corte',
  resultRejects: 'Registros rechazados',
  resultColumns: 'Columnas importadas',
  snapshot: 'Huella del corte (SHA-256)',
  fileHash: 'Huella del archivo',
  rewritten: (times: number, at: Date | string) =>
    `${times === 1 ? 'Se quitó del corte la identidad de una persona' : `Se quitó del corte la identidad de ${times} personas`} cuyos datos se suprimieron (última vez: ${formatDayOf(at)}). Las cifras no cambian y el corte conserva su huella; el archivo de hoy tiene esta:`,
  rewrittenFile: 'Huella del archivo del corte',
  reason: 'Motivo',
  rejectsCaption: 'Rechazos por motivo',
  rejectsNote: 'Un registro puede tener varios motivos.',
  download: 'Descargar los rechazados (XLSX)',
  downloadCsv: 'Motivos en CSV',
  correct: 'Corregir los rechazados',
  correctWhy:
    'Descargue los rechazados en XLSX, corrija las celdas marcadas y cargue el mismo archivo. Los registros que queden bien se suman en un corte nuevo; los demás siguen rechazados. Un dato personal oculto conserva el valor del original si no lo cambia.',
  joined: (joined: number, left: number) =>
    joined > 0
      ? `Con los corregidos se sumaron ${count(joined)}${left > 0 ? `; siguen rechazados: ${formatNumber(left)}` : ''}.`
      : `Ningún registro corregido se pudo sumar; siguen rechazados: ${formatNumber(left)}. Corrija en el XLSX las celdas marcadas. Una fila que sobra, como la de los totales, puede quedarse así.`,
  nextStep: 'Decir en el paso 3 para qué se usa',
  correctFile: 'Archivo corregido, XLSX o CSV',
  correctHelp: 'Con la columna fila_original, que dice a qué registro corresponde cada corrección.',
  correctUpload: 'Cargar los corregidos',
  remap: 'Leer el mismo archivo de otra manera',
  history: 'Archivos cargados',
  historyColumns: { file: 'Archivo', state: 'Estado', by: 'Pedido por', at: 'Fecha', rows: 'Registros' },
  detach: 'Retirar la fuente',
  detachWhy:
    'La fuente deja de formar parte del ejercicio. Su archivo, su corte y lo que se hizo con ella quedan en la historia.',
  toAnalysis: 'Analizar este corte',
  rejectsFile: (source: string, format: 'csv' | 'xlsx') => `rechazados-${source}.${format}`,
}
