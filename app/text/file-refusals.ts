/** Why a file was refused, or an import ended without a snapshot. */
import type { FileRefusal, FileRefusalCode } from '../../domain/sources.ts'

const place = ({ line, column }: FileRefusal) =>
  line === undefined ? '' : column === undefined ? ` (línea ${line})` : ` (línea ${line}, columna ${column})`

const SENTENCES: Record<FileRefusalCode, (refusal: FileRefusal) => string> = {
  empty_file: () => 'El archivo está vacío. Elija un archivo CSV o XLSX con encabezado y registros.',
  wrong_type: ({ detail }) =>
    `El archivo es de tipo ${detail?.toUpperCase() ?? 'desconocido'}, no CSV ni XLSX. Guárdelo como CSV o XLSX y vuelva a cargarlo.`,
  old_excel: () =>
    'El archivo es de Excel 97-2003 (.xls). Ábralo en Excel, elija Guardar como, tipo Libro de Excel (.xlsx) o CSV UTF-8, y cargue ese archivo.',
  encrypted: () =>
    'El libro tiene contraseña. Ábralo en Excel, quite la contraseña en Archivo, Información, Proteger libro, guárdelo como .xlsx o CSV UTF-8 y cargue ese archivo.',
  macros: () =>
    'El libro tiene macros y por seguridad no se abre. Guárdelo como Libro de Excel (.xlsx) o CSV UTF-8 y cargue ese archivo.',
  external_links: () =>
    'El libro tiene vínculos a otros archivos. En Excel elija Datos, Editar vínculos, Romper vínculo, guárdelo y cárguelo de nuevo.',
  unsafe_zip: () =>
    'El libro lleva dentro otros archivos o rutas que una hoja de datos no necesita, y por seguridad no se abre. Guárdelo como CSV UTF-8.',
  zip_bomb: () =>
    'El libro se expande mucho más de lo normal y por seguridad no se abre. Guarde la hoja como CSV UTF-8 y cargue ese archivo.',
  damaged_workbook: (refusal) =>
    `El libro de Excel está dañado o incompleto${place(refusal)}. Ábralo en Excel, guárdelo de nuevo como .xlsx o CSV UTF-8 y cargue ese archivo.`,
  xml_entities: () =>
    'El libro define entidades XML, que ningún Excel escribe, y por seguridad no se abre. Guárdelo de nuevo como .xlsx o CSV UTF-8.',
  no_sheet: () => 'El libro no tiene esa hoja, o no tiene hojas visibles con datos. Elija otra hoja u otro archivo.',
  too_slow: () =>
    'El libro pide más tiempo o memoria de la permitida para revisarlo. Guarde la hoja como CSV UTF-8 y cargue ese archivo.',
  nul_byte: (refusal) => `El archivo contiene bytes nulos y no es un CSV de texto${place(refusal)}.`,
  undecodable: (refusal) =>
    `Hay un carácter que no es de la codificación del archivo (UTF-8, Windows-1252 o UTF-16)${place(refusal)}. Guarde el archivo como CSV UTF-8.`,
  line_too_long: (refusal) => `Hay una línea de más de 1 MB${place(refusal)}. Revise los saltos de línea del archivo.`,
  ragged_header: (refusal) =>
    `El encabezado tiene ${refusal.detail} columnas, pero la mayoría de los registros no${place(refusal)}.`,
  empty_header_name: (refusal) => `Una columna del encabezado no tiene nombre${place(refusal)}.`,
  duplicate_header_name: (refusal) => `El nombre de columna «${refusal.detail}» está repetido${place(refusal)}.`,
  too_many_columns: () => 'El archivo tiene más de 499 columnas.',
  too_wide: () =>
    'El archivo tiene demasiadas columnas, o celdas demasiado largas, para la memoria con que se lee. Marque como «No se importa» las columnas que no necesita, o divídalo en archivos más pequeños, y cárguelo de nuevo.',
  no_records: () => 'Debajo del encabezado no hay ningún registro.',
  unclosed_quote: (refusal) => `Una comilla se abre y no se cierra${place(refusal)}.`,
  too_many_values: ({ detail }) =>
    `La columna «${detail}» tiene más de 10.000 valores distintos: no es una categoría. Cambie su tipo a texto.`,
  categories_too_large: ({ detail }) =>
    `Las columnas de tipo categoría suman demasiados valores distintos; ya no caben los de «${detail}». Cambie a texto el tipo de las que tienen muchos, como nombres, direcciones o descripciones.`,
  missing_column: ({ detail }) => `El archivo no tiene la columna «${detail}» que la correspondencia espera.`,
  file_changed: () => 'El archivo cambió después de cargarlo. Cárguelo de nuevo.',
  cancelled: () => 'La importación se canceló. No quedó ningún dato a medias.',
  no_file: () => 'Elija el archivo CSV o XLSX que quiere cargar.',
  too_large: () => 'El archivo pesa más de 2 GB. Divídalo en archivos más pequeños y cargue cada uno como una fuente.',
  not_a_correction: () =>
    'El archivo no tiene la columna fila_original y las columnas de la fuente. Descargue los rechazados en XLSX, corríjalos ahí y cargue ese archivo.',
  not_rejected: ({ line, detail }) =>
    `La fila ${line} del archivo corrige la fila original «${detail}», que no está entre las rechazadas. No se cambió nada.`,
  too_many_corrections: () =>
    'El archivo corrige más de 100.000 registros. Corrija el archivo original y cárguelo completo.',
  disk_full: () =>
    'El servidor no tiene espacio en disco para el archivo. No quedó nada guardado. Avise a la Administración del sistema y vuelva a cargarlo.',
}

/** One sentence for the person who chose the file. */
export const fileRefusalSentence = (refusal: FileRefusal): string => SENTENCES[refusal.code](refusal)

/** Why a whole import ended without a snapshot. */
export function importFailure(code: string | null, facts: Omit<FileRefusal, 'code'>): string {
  if (code && code in SENTENCES) return fileRefusalSentence({ code: code as FileRefusalCode, ...facts })
  if (code === 'not_open')
    return 'El paso 3 se envió mientras se leía el archivo, y un paso enviado no cambia. No quedó ningún dato a medias.'
  if (code === 'detached') return 'La fuente se retiró antes de leer el archivo.'
  if (code === 'replaced') return 'Se cargó otro archivo en su lugar.'
  return 'El archivo no se pudo leer. Cárguelo de nuevo; si vuelve a ocurrir, avise a la Administración del sistema.'
}
