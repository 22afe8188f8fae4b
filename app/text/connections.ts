/** Words about connections: why one does not answer, and the pages on which one is defined and used. */
import {
  type ConnectionKind,
  isOutsideFailure,
  type OutsideFailureCode,
  type OutsideTable,
  type TlsMode,
} from '../../domain/connections.ts'
import { importFailure } from './file-refusals.ts'
import { formatBytes, formatNumber } from './format.ts'

/** One sentence for the person who tried: what happened, and what to do. */
const FAILURES: Record<OutsideFailureCode, (status: number | undefined) => string> = {
  host_unknown: () => 'No se encontró un servidor con ese nombre. Revise cómo está escrito.',
  address_barred: () =>
    'Esa dirección no se permite: es de esta misma máquina o de una red a la que el sistema no se conecta. Si debe usarse, pida a quien opera la instalación que la autorice.',
  refused: () =>
    'El servidor no acepta conexiones en ese puerto. Revise el puerto, o espere a que el servicio esté arriba.',
  unreachable: () => 'No hay camino hasta ese servidor desde aquí. Pida a quien administra la red que lo abra.',
  timed_out: () => 'El servidor no respondió en 10 segundos. Revise el servidor y el puerto, o el cortafuegos.',
  stalled: () =>
    'El servidor dejó de enviar datos durante 10 segundos y se cerró la conexión. Vuelva a intentarlo; si es una vista lenta, pida una tabla ya calculada.',
  sorting_stalled: () =>
    'El servidor tardó más de 10 minutos en ordenar la tabla o vista, que no tiene clave primaria. Pida que se la pongan, o una tabla ya calculada.',
  lost: () => 'El servidor cortó la conexión antes de terminar. Vuelva a intentarlo.',
  wrong_password: () => 'El servidor no aceptó el usuario o la contraseña.',
  not_let_in: () =>
    'El servidor no deja entrar a ese usuario desde esta máquina. Pida a quien administra la base de datos que lo autorice.',
  database_missing: () => 'El servidor no tiene una base de datos con ese nombre.',
  table_missing: () => 'La base de datos no tiene esa tabla o vista, o ese usuario no la puede ver.',
  no_permission: () =>
    'Ese usuario no tiene permiso para leer esa base de datos o esa tabla. Pida a quien la administra que se lo dé.',
  no_tables: () =>
    'La conexión responde, pero ese usuario no puede leer ninguna tabla. Pida permiso de lectura sobre las que necesita.',
  tls_untrusted: () =>
    'El certificado del servidor no lo firmó una autoridad de confianza. Pida a quien administra el servidor el certificado de la autoridad que lo firmó, y péguelo en «Certificado de la autoridad».',
  tls_other_name: () =>
    'El certificado del servidor es de otro nombre. Escriba el servidor como está en el certificado, o pida que lo corrijan allá.',
  tls_expired: () =>
    'El certificado del servidor venció o todavía no es válido. Pida a quien administra el servidor que lo renueve.',
  tls_absent: () =>
    'El servidor no ofrece conexión cifrada. Active el cifrado allá, o elija «Sin cifrar» si la red es de confianza.',
  tls_required: () => 'El servidor exige una conexión cifrada. Elija «Cifrada».',
  not_that_kind: () => 'Lo que responde en esa dirección no es un servidor de ese tipo. Revise el tipo y el puerto.',
  query_failed: () => 'El servidor respondió, pero no pudo leer esa tabla o vista: la consulta falló allá.',
  http_denied: (status) =>
    `El servidor pide una clave o rechaza la que se le envió${code(status)}. Revise el encabezado y su valor.`,
  http_missing: (status) => `En esa dirección no hay nada${code(status)}. Revise la dirección.`,
  http_status: (status) => `El servidor respondió con un error${code(status)}. Vuelva a intentarlo más tarde.`,
  redirect_barred: () => 'La dirección lleva a otra que no se permite, o da vueltas. Escriba la dirección final.',
  length_differs: () => 'El servidor anunció un tamaño y envió otro: el archivo llegó incompleto. Vuelva a intentarlo.',
  unknown_encoding: () => 'El archivo llegó comprimido de una manera que no se puede abrir.',
  secret_unreadable: () =>
    'La clave de esta conexión ya no se puede abrir, porque cambió el secreto de la instalación. Escríbala de nuevo.',
  connection_removed: () => 'La conexión se retiró. Elija otra.',
}

const code = (status: number | undefined) => (status === undefined ? '' : ` (${status})`)

/** Also of a fetch, which may fail as a file does. */
export function outsideFailure(
  reason: string | null,
  facts: { status?: number; line?: number; column?: number; detail?: string } = {},
): string {
  if (reason !== null && isOutsideFailure(reason)) return FAILURES[reason](facts.status)
  if (reason === 'cancelled') return 'La traída de los datos se canceló. No quedó ningún dato a medias.'
  if (reason === 'unreadable')
    return 'Los datos no se pudieron traer. Vuelva a intentarlo; si vuelve a ocurrir, avise a la Administración del sistema.'
  return importFailure(reason, facts)
}

export const kindNames: Record<ConnectionKind, string> = {
  postgresql: 'PostgreSQL',
  mysql: 'MySQL o MariaDB',
  http: 'Archivo CSV por HTTP',
}

export const tlsNames: Record<TlsMode, string> = {
  verified: 'Cifrada',
  unverified: 'Cifrada sin comprobar el certificado',
  none: 'Sin cifrar',
}

export const tableName = ({ schema, name }: OutsideTable) => `${schema}.${name}`

export const connectionsText = {
  title: 'Conexiones',
  state: (count: number) =>
    count === 0
      ? 'Todavía no hay conexiones. Solo la Oficina TIC las ve y las usa.'
      : `${count === 1 ? 'Una conexión' : `${formatNumber(count)} conexiones`}. Solo la Oficina TIC las ve y las usa.`,
  add: 'Definir una conexión',
  empty: 'No hay conexiones definidas',
  emptyWhy:
    'Una conexión dice de qué base de datos o de qué dirección web se traen los datos de una fuente. Su contraseña se guarda sellada y no se vuelve a mostrar.',
  caption: 'Conexiones de la entidad',
  columns: { name: 'Nombre', kind: 'Tipo', where: 'A dónde', tested: 'Última prueba' },
  where: (host: string, port: number, database: string | null) => `${host}:${port}${database ? ` · ${database}` : ''}`,
  never: 'Sin probar',
  works: 'Funciona',
  fails: 'No respondió bien',
  on: (instant: string) => `el ${instant}`,
}

export const connectionText = {
  newTitle: 'Definir una conexión',
  newState: 'Elija el tipo y escriba cómo se llega. La contraseña se guarda sellada y no se vuelve a mostrar.',
  kinds: 'Tipo de conexión',
  data: 'Datos de la conexión',
  dataState: 'Lo que cambie queda en el registro; de la contraseña solo queda que cambió.',
  name: 'Nombre',
  nameHelp: 'Con este nombre la ven quienes trabajan con la fuente, por ejemplo: Registro de PQRSD.',
  host: 'Servidor',
  hostHelp: 'Nombre o IP, sin el puerto.',
  port: 'Puerto',
  database: 'Base de datos',
  user: 'Usuario',
  userHelp: 'Uno que solo pueda leer. El sistema nunca escribe en esa base de datos.',
  tls: 'Conexión cifrada',
  authority: 'Certificado de la autoridad (opcional)',
  authorityHelp:
    'Si el certificado del servidor lo firma una autoridad de la entidad, pegue aquí el de esa autoridad: empieza por -----BEGIN CERTIFICATE-----. Solo en ella se confía. No es secreto.',
  password: 'Contraseña',
  passwordKept: 'Contraseña nueva (opcional)',
  keptHelp:
    'La guardada no se muestra. Si deja el campo vacío, sigue la misma; si cambia el servidor, el puerto, el cifrado o el certificado, escríbala de nuevo.',
  url: 'Dirección del archivo CSV',
  urlHelp:
    'Con https:// siempre que se pueda. Lo que va después de ? puede ser una clave: se guarda sellado y no se muestra.',
  urlKept: 'Dirección nueva (opcional)',
  urlKeptHelp: (address: string) =>
    `La guardada empieza por ${address}. Si deja el campo vacío, sigue la misma; si cambia el certificado, escríbala de nuevo.`,
  headerName: 'Encabezado con la clave (opcional)',
  headerHelp: 'Si el servidor pide una, por ejemplo Authorization o X-Api-Key.',
  headerValue: 'Valor del encabezado',
  headerKept: 'Valor nuevo del encabezado (opcional)',
  headerKeptHelp:
    'El guardado no se muestra. Si deja el campo vacío, sigue el mismo; si cambia la dirección a otro servidor, escríbalo de nuevo.',
  save: 'Guardar la conexión',
  test: 'Probar la conexión',
  testing: 'Tarda como máximo 10 segundos.',
  testTitle: 'Prueba',
  testWorks: 'La conexión funciona.',
  lastTest: (works: boolean, instant: string) =>
    `${works ? 'Funcionó' : 'No respondió bien'} la última vez que se probó, el ${instant}.`,
  notTested: 'Todavía no se ha probado.',
  addedBy: (person: string, instant: string) => `La definió ${person} el ${instant}.`,
  sources: (count: number) =>
    count === 0
      ? 'Ninguna fuente la usa todavía.'
      : count === 1
        ? 'Una fuente la usa.'
        : `${formatNumber(count)} fuentes la usan.`,
  history: 'Historia',
  retire: 'Retirar la conexión',
  retireWhy:
    'Su contraseña se destruye y nadie más la puede usar. Los archivos que ya se trajeron y los cortes que se hicieron con ellos se quedan.',
  toSource: 'Volver a adjuntar la fuente',
}

/** Beside each field that is left out. */
export const connectionMissing: Record<string, string> = {
  name: 'Escriba el nombre de la conexión.',
  host: 'Escriba el servidor.',
  database: 'Escriba el nombre de la base de datos.',
  user: 'Escriba el usuario.',
  password: 'Escriba la contraseña.',
  url: 'Escriba la dirección del archivo CSV.',
  headerValue: 'Escriba el valor del encabezado.',
}

export const connectionDone: Record<string, string> = {
  definida: 'La conexión quedó guardada. Pruébela antes de usarla.',
  cambiada: 'Los cambios quedaron guardados.',
  retirada: 'La conexión se retiró y su contraseña se destruyó.',
}

/** On the pages of a source. */
export const outsideText = {
  origin: 'De dónde vienen los datos',
  originFile: 'De un archivo que se carga',
  originConnection: (name: string) => `Conexión «${name}»`,
  originOf: (name: string, table: string | null) => `Conexión «${name}»${table ? `, tabla ${table}` : ''}`,
  originRemoved: 'De una conexión que se retiró',
  originHelp: 'Un archivo, o una conexión que la Oficina TIC haya definido.',
  define: 'Definir una conexión nueva',
  bring: 'Traer por una conexión',
  bringAgain: 'Traer los datos otra vez',
  bringWhy: 'Los datos de hoy llegan como un archivo nuevo; el corte actual sigue en uso hasta que usted confirme.',
  stateHttp: 'Vea una muestra y traiga los datos; después confirma cómo se lee cada columna, como con un archivo.',
  title: 'Traer los datos por una conexión',
  state: 'Elija la tabla, vea una muestra y tráigala; después confirma cómo se lee cada columna, como con un archivo.',
  choose: 'Conexión',
  chooseWhy: 'Elija por cuál conexión llegan los datos de esta fuente.',
  none: 'No hay conexiones definidas',
  noneWhy: 'Defina la primera: de qué base de datos o de qué dirección web se traen los datos.',
  other: 'Usar otra conexión',
  settings: 'Ver la conexión',
  tables: 'Tablas y vistas',
  search: 'Nombre o parte del nombre',
  searchDo: 'Buscar',
  tablesCaption: 'Tablas y vistas que se pueden leer',
  noTables: 'No hay tablas con ese nombre que se puedan leer',
  noTablesWhy: 'Revise cómo está escrito, o pida permiso de lectura a quien administra esa base de datos.',
  table: 'Tabla o vista',
  schema: 'Esquema',
  otherTable: 'Elegir otra tabla',
  sample: 'Muestra',
  types: 'Columnas y tipos',
  column: 'Columna',
  type: 'Tipo en la base de datos',
  fetch: 'Traer los datos',
  fetchWhy: 'Se leen sin cambiar nada allá, hasta 2 GB. Puede salir de esta página: la traída sigue sola.',
  fetching: 'Los datos se están trayendo por la conexión. Puede salir de esta página: la traída sigue sola.',
  waiting: 'En espera',
  progress: (bytes: number) => `Traídos ${formatBytes(bytes)}`,
  progressTitle: 'Traída de los datos',
  stop: 'Cancelar la traída',
  same: 'Los datos son los mismos que ya tiene esta fuente. No se agregó nada.',
  last: (instant: string) => `Los datos se trajeron por última vez el ${instant}.`,
}

/** The form that defines a connection. */
export const CONNECTION_FORM = 'conexion'
