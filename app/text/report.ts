/** Words of the pages on which a report is written, read and compared. */
import type { InfleszGrade } from '../../domain/readability.ts'
import { formatInstant, formatNumber } from './format.ts'

const GRADES: Record<InfleszGrade, string> = {
  muy_dificil: 'muy difícil',
  algo_dificil: 'algo difícil',
  normal: 'normal',
  bastante_facil: 'bastante fácil',
  muy_facil: 'muy fácil',
}

const counted = (count: number, one: string, many: string) =>
  count === 1 ? one : many.replace('%', formatNumber(count))

export const reportText = {
  notationHelp:
    'Cada línea es un párrafo. Marcas: «# » título, «- » o «1. » lista, «> » cita, «| a | b |» tabla, **negrita**, [palabras](dirección).',

  crumb: 'Informe',
  title: 'Informe de caracterización',
  state: (done: number, total: number) =>
    done === total ? 'Todas las secciones están terminadas.' : `${done} de ${total} secciones terminadas.`,
  signed: 'El informe está firmado.',
  inSigned: 'Firmada',
  downloadSigned: 'Descargar el informe firmado (PDF)',
  toStep: 'Ir al paso 6',
  preview: 'Ver cómo queda',
  sections: 'Secciones',
  columns: { section: 'Sección', owner: 'Responsable', state: 'Estado', reading: 'Lectura', numbers: 'Cifras' },
  nobody: 'Quien elabora el informe',
  mine: 'usted la escribe',
  finished: 'Terminada',
  writing: 'En redacción',
  blank: 'Sin texto',
  grade: (value: number, grade: InfleszGrade) => `${formatNumber(value)} · ${GRADES[grade]}`,
  belowTarget: (target: number) => `por debajo de la meta de ${target}`,
  tooShort: 'Texto corto',
  stale: (count: number) => counted(count, '1 por actualizar', '% por actualizar'),
  typed: (count: number) => counted(count, '1 digitada', '% digitadas'),
  noTyped: 'Todas por referencia',
  lists: 'Recomendaciones y glosario',
  listsHelp: 'Se escriben en el formulario del paso 6 y salen al final del informe.',
  recommendations: 'Escribir las recomendaciones',
  glossary: 'Escribir el glosario',
  draft: 'Borrador de hoy',
  draftHelp: 'El informe como está ahora, sin firmas. Las cifras por referencia salen con su valor de hoy.',
  issued: 'Informes firmados',
  noneIssued: 'Cuando se apruebe el paso 6, aquí se descarga el informe firmado en PDF, en Word y como página.',
  issuedOn: (at: Date | string) => `Emitido el ${formatInstant(at)}`,
  verify: 'Verificar',
  download: { pdf: 'PDF', docx: 'Word (DOCX)', html: 'Página (HTML)' } as Record<string, string>,

  previewTitle: 'Cómo queda el informe',
  previewState: 'Así se imprime hoy. Todavía no tiene firmas.',
  back: 'Volver al informe',

  sectionState: (owner: string) => (owner ? `La escribe ${owner}.` : 'La escribe quien elabora el informe.'),
  text: 'Texto de la sección',
  save: 'Guardar',
  toolbar: 'Formato',
  keys: 'Con el teclado: Alt+F10 va a la barra de formato, que se recorre con las flechas; Esc sale del texto.',
  tools: {
    bold: 'Negrita',
    italic: 'Cursiva',
    heading: 'Título',
    subheading: 'Subtítulo',
    bullets: 'Viñetas',
    numbers: 'Numerada',
    quote: 'Cita',
    table: 'Tabla',
    row: 'Agregar fila',
    column: 'Agregar columna',
    removeTable: 'Quitar tabla',
    link: 'Enlace',
    undo: 'Deshacer',
    redo: 'Rehacer',
  },
  linkAddress: 'Dirección del enlace (https://…)',
  putLink: 'Poner el enlace',
  insertNumber: 'Insertar una cifra',
  numberHelp: 'La cifra queda ligada a su fuente: si la fuente cambia, se avisa y se actualiza.',
  source: 'Figura o segmento',
  row: 'Fila',
  column: 'Columna',
  total: 'Total',
  as: 'Se muestra como',
  asNumber: 'Registros',
  asShare: 'Porcentaje del total',
  value: 'Valor de hoy',
  insert: 'Insertar',
  insertFigure: 'Insertar una figura',
  figure: 'Figura',
  /** A figure within the text; without title where nobody knows it any more. */
  figureShown: (title: string) => `Figura: ${title}`,
  figureGone: (title: string) =>
    `${title ? `La figura «${title}»` : 'Una figura de esta sección'} ya no está en el paso 4 y no saldrá en el informe. Quítela o ponga otra.`,
  noFigures: 'Las figuras aparecen cuando se aprueba el paso 4.',
  numberTitle: (title: string) => `Cifra por referencia: ${title}`,
  withoutScript: 'Cifras y figuras que puede citar',
  withoutScriptHelp: 'Copie el código y péguelo en el texto; al guardar se completa con su valor.',
  staleTitle: (count: number) =>
    counted(
      count,
      'Una cifra cambió en su fuente desde que se insertó',
      '% cifras cambiaron en su fuente desde que se insertaron',
    ),
  staleLine: (title: string, before: string, now: string | null) =>
    now === null
      ? `${title || 'Su figura ya no existe'}: dice ${before} y su fuente ya no la da. Bórrela o inserte otra.`
      : `${title}: dice ${before}; hoy es ${now}.`,
  refresh: 'Actualizar las cifras',
  typedTitle: (count: number) =>
    counted(count, 'Una cifra digitada, sin referencia', '% cifras digitadas, sin referencia'),
  typedRest: (count: number) => counted(count, 'Ver la otra', 'Ver las otras %'),
  typedHelp: 'Nadie las comprueba contra los datos. Si salen del análisis, insértelas por referencia.',
  readingTitle: 'Facilidad de lectura',
  reading: (value: number, grade: InfleszGrade, target: number) =>
    `INFLESZ ${formatNumber(value)} de 100, ${GRADES[grade]}. La meta de la entidad es ${target}.`,
  readingOther: (value: number) => `Fernández Huerta: ${formatNumber(value)}.`,
  readingLow: 'Use frases más cortas y palabras conocidas.',
  readingNone: 'Se calcula desde veinte palabras.',
  ownerTitle: 'Responsable',
  ownerLabel: 'Cargo que escribe esta sección',
  assign: 'Encargar',
  finish: 'Marcar como terminada',
  takeUp: 'Volver a escribir',
  conflictTitle: 'Otra persona cambió esta sección',
  /** What the button beside the editor does. */
  compare: 'Comparar su texto con el que otra persona guardó',
  conflict: (by: string, at: Date | string) =>
    `${by} la guardó el ${formatInstant(at)}. Su texto no se perdió: compárelo y guarde el que debe quedar.`,
  theirs: 'Lo que está guardado',
  keepMine: 'Guardar el mío en su lugar',
  previous: (title: string) => `Anterior: ${title}`,
  next: (title: string) => `Siguiente: ${title}`,

  typedWarning: (count: number) =>
    counted(
      count,
      'El informe tiene una cifra digitada que nadie comprobó contra los datos.',
      'El informe tiene % cifras digitadas que nadie comprobó contra los datos.',
    ),
  typedLegend: 'Cifras digitadas',
}
