/** Sentences about sources: why a file was refused, and names of what a mapping says. */
import type { ColumnRole, ColumnType, FileRefusal, FileRefusalCode } from '../../domain/sources.ts'

const place = ({ line, column }: FileRefusal) =>
  line === undefined ? '' : column === undefined ? ` (línea ${line})` : ` (línea ${line}, columna ${column})`

const SENTENCES: Record<FileRefusalCode, (refusal: FileRefusal) => string> = {
  empty_file: () => 'El archivo está vacío. Elija un archivo CSV con encabezado y registros.',
  wrong_type: ({ detail }) =>
    `El archivo es de tipo ${detail?.toUpperCase() ?? 'desconocido'}, no CSV. Guárdelo como CSV y vuelva a cargarlo.`,
  utf16: () => 'El archivo está en UTF-16. Guárdelo como CSV UTF-8 y vuelva a cargarlo.',
  nul_byte: (refusal) => `El archivo contiene bytes nulos y no es un CSV de texto${place(refusal)}.`,
  undecodable: (refusal) =>
    `Hay un carácter que no es UTF-8 ni Windows-1252${place(refusal)}. Guarde el archivo como CSV UTF-8.`,
  line_too_long: (refusal) => `Hay una línea de más de 1 MB${place(refusal)}. Revise los saltos de línea del archivo.`,
  ragged_header: (refusal) =>
    `El encabezado tiene ${refusal.detail} columnas, pero la mayoría de los registros no${place(refusal)}.`,
  empty_header_name: (refusal) => `Una columna del encabezado no tiene nombre${place(refusal)}.`,
  duplicate_header_name: (refusal) => `El nombre de columna «${refusal.detail}» está repetido${place(refusal)}.`,
  too_many_columns: () => 'El archivo tiene más de 499 columnas.',
  no_records: () => 'El archivo tiene encabezado, pero ningún registro.',
  unclosed_quote: (refusal) => `Una comilla se abre y no se cierra${place(refusal)}.`,
  too_many_values: ({ detail }) =>
    `La columna «${detail}» tiene más de 10.000 valores distintos: no es una categoría. Cambie su tipo a texto.`,
  missing_column: ({ detail }) => `El archivo no tiene la columna «${detail}» que la correspondencia espera.`,
  file_changed: () => 'El archivo cambió después de cargarlo. Cárguelo de nuevo.',
  cancelled: () => 'La importación se canceló. No quedó ningún dato a medias.',
  no_file: () => 'Elija el archivo CSV que quiere cargar.',
  too_large: () => 'El archivo pesa más de 300 MB. Divídalo en archivos más pequeños y cargue cada uno como una fuente.',
}

/** One sentence for the person who chose the file. */
export const fileRefusalSentence = (refusal: FileRefusal): string => SENTENCES[refusal.code](refusal)

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
