/** Sentences about rejected records: they travel inside the downloadable reject file, so they are data. */
import type { RejectReason } from '../domain/sources.ts'

export const REJECT_SENTENCES: Record<RejectReason, string> = {
  wrong_column_count: 'El registro no tiene el mismo número de columnas que el encabezado.',
  required_missing: 'Falta un dato obligatorio.',
  not_allowed: 'El valor no está en la lista de valores permitidos.',
  not_a_date: 'No es una fecha válida.',
  not_an_integer: 'No es un número entero.',
  not_a_number: 'No es un número.',
  not_a_boolean: 'No es un sí o un no.',
  duplicate: 'El valor ya apareció en un registro anterior del archivo.',
  broken_quotes: 'Las comillas del registro no cierran donde deben.',
  formula_without_value: 'La celda tiene una fórmula que Excel no ha calculado.',
  cell_error: 'La celda tiene un error de Excel.',
}

export const REJECT_FILE_HEADER = ['linea', 'columna', 'valor', 'motivo', 'codigo'] as const

/** A column more where the source has a notice that goes wherever its data go. */
export const REJECT_NOTICE_COLUMN = 'aviso'

/** Stands where the value of a direct identifier would be. */
export const MASKED_VALUE = '(dato personal oculto)'

/** First column of the workbook of rejects: where in the original the record stands. It comes back with the corrections. */
export const REJECT_LINE_COLUMN = 'fila_original'

/** Last column of that workbook; nobody reads it when it comes back. */
export const REJECT_REASON_COLUMN = 'que_corregir'

export const REJECT_BOOK_SHEETS = ['Corregir', 'Motivos'] as const
