/** What stands in an evidence pack for people: names of its lists, and its index. */
import type { RefusalCode } from '../../domain/refusals.ts'
import { formatDay, formatInstant, formatNumber } from './format.ts'

export const packFileNames = {
  decisions: 'decisiones/decisiones.csv',
  timeline: 'historia/linea-de-tiempo.csv',
  flows: 'historia/cuanto-hay-de-cada-flujo.csv',
  workflows: 'historia/flujos-de-trabajo.csv',
  papers: 'auditoria/muestras-y-papeles.csv',
  indexHtml: 'indice.html',
  indexPdf: 'indice.pdf',
  verifier: (program: string) => `verificador/${program}`,
  /** A frozen content of a step. */
  content: (step: string, version: number, form: 'json' | 'html') =>
    `contenidos/paso-${step}-version-${version}.${form}`,
  file: (kind: keyof typeof FOLDERS, n: number, name: string) =>
    `${FOLDERS[kind]}/${String(n).padStart(3, '0')}-${name}`,
  withheld: (step: string) => `Archivo del paso ${step}`,
  pack: (radicado: string) => `paquete-de-evidencia-${radicado}.zip`,
}

const FOLDERS = { attachment: 'adjuntos', document: 'documentos', release: 'publicaciones' }

export const packColumns = {
  step: 'Paso',
  version: 'Versión',
  role: 'Firma como',
  verdict: 'Decisión',
  person: 'Persona',
  position: 'Cargo',
  actingFor: 'En nombre de',
  at: 'Fecha y hora',
  statement: 'Declaración firmada',
  method: 'Cómo se firmó',
  receipt: 'Comprobante',
  hash: 'Huella del contenido (SHA-256)',
  observations: 'Observaciones',
  event: 'Hecho',
  flow: 'Flujo',
  n: 'Número',
  code: 'Clase',
  what: 'Qué pasó',
  meaning: 'Qué es',
  name: 'Nombre',
  act: 'Acto',
  flowEvents: 'Hechos en el paquete',
  flowExtent: 'Cuánto hay de su historia',
  sample: 'Muestra',
  seed: 'Semilla',
  populationHash: 'Huella de la población (SHA-256)',
  item: 'Elemento',
  paper: 'Versión del papel',
  result: 'Resultado',
  test: 'Prueba',
  evidence: 'Evidencia',
  conclusion: 'Conclusión',
  findings: 'Hallazgos',
  file: 'Archivo',
  size: 'Bytes',
  sha256: 'SHA-256',
  why: 'Por qué no está',
}

export const verdictText = { submit: 'Envió', approve: 'Firmó', return: 'Devolvió' }

/** What each part of a pack is, by its name or the folder it is in. */
export const packPartText = {
  'contenidos/':
    'Cada contenido que se decidió: el .json es el texto exacto del que se tomó la huella (SHA-256); el .html es lo mismo como se leyó en pantalla.',
  'decisiones/': 'Quién firmó o devolvió qué versión, con su declaración. La columna Acto es «act_id» en los hechos.',
  'adjuntos/': 'Los archivos que se adjuntaron al ejercicio, sin cambios.',
  'documentos/': 'Los documentos que el ejercicio produjo, como el informe.',
  'publicaciones/': 'Los archivos que se publicaron.',
  'historia/linea-de-tiempo.csv':
    'Cada hecho del ejercicio en palabras, con el nombre de quien lo hizo. La columna Hecho es «id» en los hechos.',
  'historia/cuanto-hay-de-cada-flujo.csv': 'Qué tanto de la historia técnica de cada flujo de trabajo está aquí.',
  'historia/flujos-de-trabajo.csv': 'Lo que el motor de flujos guardó, hecho por hecho.',
  'auditoria/': 'Las muestras de control interno que tomaron hechos de este ejercicio, y sus papeles de trabajo.',
  'bitacora/hechos.jsonl':
    'Un hecho por línea: «linea» es el hecho como se selló (JSON canónico, RFC 8785), «lugar» su puesto en la bitácora, desde 0, y «camino» las huellas que llevan de él a la raíz (árbol de Merkle con SHA-256, RFC 9162).',
  'bitacora/punto-de-control.txt':
    'La raíz firmada a la que llevan esos caminos: entidad, número de hechos, raíz y firma (nota firmada de C2SP, Ed25519).',
  'bitacora/crecimiento.json': 'La prueba de que esa bitácora contiene la de un día publicado antes (RFC 9162).',
  'verificador/': 'El programa que comprueba todo esto, como texto que se puede leer.',
  'indice.html': 'Este índice.',
  'indice.pdf': 'Este índice, para imprimir.',
  'manifiesto.json':
    'La lista de los archivos, con el tamaño y la huella de cada uno, y los contenidos que se decidieron.',
  'sello.json':
    'El comprobante del hecho «audit.pack_exported»: prueba que ese manifiesto se selló en la bitácora, cuándo y por quién.',
}

const firstOf = (events: number) => (events === 1 ? 'su primer hecho' : `sus primeros ${formatNumber(events)} hechos`)

export const packText = {
  title: (name: string) => `Paquete de evidencia: ${name}`,
  radicado: 'Radicado',
  vigencia: 'Vigencia',
  procedure: 'Procedimiento',
  made: 'Preparado',
  madeBy: (who: string, at: Date) => `${formatInstant(at)}, por ${who}`,
  sealed: 'Hechos',
  events: (events: number, size: bigint) =>
    `${formatNumber(events)}, todos los del ejercicio entre los primeros ${formatNumber(size)} de la bitácora de la entidad. Lo registrado después no está en el paquete.`,
  root: 'Raíz firmada de la bitácora',
  how: 'Cómo verificarlo sin este sistema',
  steps: [
    'Instale Node 22 o más nuevo. No hace falta red ni nada más.',
    'Descargue el verificador de la página pública de la entidad (Historia verificable). El que viene en este paquete es el mismo, pero quien cambie el paquete podría cambiarlo.',
    'Ejecute: node caracteriza-verificador.mjs --llave LLAVE paquete.zip. LLAVE es la llave pública que la entidad publica en esa misma página; si publica varias, repita --llave con cada una. También puede indicar la carpeta en que lo descomprimió.',
    'Termina con 0 y la palabra VÁLIDO, o con 1 y la primera parte que no corresponde. Sin --llave nunca dice VÁLIDO, porque cualquiera puede hacer una llave y firmar con ella.',
  ],
  parts: 'Qué trae',
  partsNote:
    'Los archivos .csv se abren en cualquier hoja de cálculo; los .json, .jsonl y .txt son texto en UTF-8. Otra persona puede escribir su propio verificador con lo que dice esta tabla.',
  contents: 'Lo que se decidió',
  contentsNote: 'La huella de cada contenido es la que nombran los hechos de quienes lo firmaron.',
  withheld: 'Solo su huella: puede llevar datos personales',
  decisions: 'Firmas',
  decisionsNote: 'La declaración, la forma de firmar y las observaciones están en decisiones/decisiones.csv.',
  papers: 'Muestras de control interno',
  papersNote: (items: number) =>
    items === 0
      ? 'Ninguna muestra de control interno tomó hechos de este ejercicio.'
      : `${items === 1 ? 'Un elemento de muestras es un hecho' : `${formatNumber(items)} elementos de muestras son hechos`} de este ejercicio. Sus papeles de trabajo están en auditoria/muestras-y-papeles.csv, sin números de documento, teléfonos ni correos.`,
  workflows: 'Historia de los flujos de trabajo',
  workflowsNote: (events: number, whole: number, all: number) =>
    [
      events === 0
        ? 'El paquete no la trae: el motor de flujos no la dio. La historia del ejercicio está en historia/linea-de-tiempo.csv y sus hechos en la bitácora, que no dependen de él.'
        : `Lo que el motor de flujos guardó está en historia/flujos-de-trabajo.csv, sin ningún contenido. La columna ${packColumns.act} es la misma de los hechos de la bitácora.`,
      ...(whole < all
        ? [`Está completa la de ${formatNumber(whole)} de ${formatNumber(all)} ${all === 1 ? 'flujo' : 'flujos'}.`]
        : []),
    ].join(' '),
  /** How much of the history of a workflow is in the pack, by how many of its events are. */
  flowExtents: {
    whole: (_: number) => 'Completa, hasta que se preparó el paquete.',
    cut: (events: number) =>
      `Solo ${firstOf(events)}: hay más, porque la historia es más larga de lo que se pone en un paquete.`,
    gone: (events: number) =>
      events === 0
        ? 'Nada: el motor de flujos no la guarda, porque ya venció el tiempo por el que la guarda o porque el flujo nunca comenzó.'
        : `Solo ${firstOf(events)}: el motor de flujos dejó de guardarla mientras se leía.`,
    away: (events: number) =>
      events === 0
        ? 'Nada: el motor de flujos no respondió. Exporte de nuevo más tarde para tenerla.'
        : `Solo ${firstOf(events)}: el motor de flujos dejó de responder mientras se leía. Exporte de nuevo más tarde para tenerla completa.`,
    not_asked: (_: number) =>
      'Nada: no se pidió, porque el motor de flujos no respondió por un flujo anterior. Exporte de nuevo más tarde para tenerla.',
  },
  growth: 'Crecimiento de la bitácora',
  growthNote: (day: string, size: bigint, root: string) =>
    `bitacora/crecimiento.json prueba que la bitácora de este paquete contiene, sin cambios, la que se publicó del día ${formatDay(day)}: ${formatNumber(size)} hechos, raíz ${root}. Compárela con la copia de ese día que usted u otra persona guardó.`,
  growthHolds: 'La última decisión del ejercicio está dentro de lo publicado ese día.',
  growthBefore:
    'La última decisión del ejercicio es posterior: todavía no está en ningún día publicado que este paquete cubra.',
  growthNone: 'No hay un día publicado antes de este paquete con el cual comparar su bitácora.',
  absent: 'Lo que no está',
  absentNote: 'Estos archivos existen o existieron en el ejercicio y no se entregan aquí.',
  absentNone: 'No falta ningún archivo del ejercicio.',
  absentWhy: {
    confidential: 'Su paso puede llevar datos personales.',
    withdrawn: 'Se retiró de la publicación.',
    disposed: 'Se eliminó por acto, según la tabla de retención documental.',
    lost: 'El sistema ya no lo tiene guardado.',
    altered: 'Está en el paquete, pero su contenido ya no es el que se guardó.',
  },
  files: 'Archivos del paquete',
  /** Of a table that is cut where it is printed. */
  cut: (note: string, shown: number, all: number) =>
    `${note} Aquí están ${formatNumber(shown)} de ${formatNumber(all)} filas; todas están en indice.html.`.trimStart(),
  filesNote:
    'La lista completa, con este índice, está en manifiesto.json; sello.json prueba que ese manifiesto se selló.',
}

/** Why none was handed out, as the address says it where it was asked for. */
export const PACK_REFUSALS: Record<string, RefusalCode> = { sellado: 'seal_behind', tamano: 'pack_too_large' }

export const packChoiceText = {
  title: 'Paquete de evidencia de un ejercicio',
  help: 'Trae lo decidido, los archivos, la historia y los hechos de todo el ejercicio hasta hoy, en un solo archivo sellado que se verifica sin este sistema. Se prepara en segundos o, si tiene muchos archivos, en minutos. Que usted lo exportó queda registrado.',
  none: 'Todavía no hay ejercicios.',
  cycle: 'Ejercicio',
  more: 'Están los 100 más recientes. Para otro, ábralo y elija «Ver cómo estaba en una fecha».',
  option: (name: string, radicado: string) => `${name} (${radicado})`,
  submit: 'Exportar paquete de evidencia',
}
