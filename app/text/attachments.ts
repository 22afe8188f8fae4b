import { formatBytes, formatInstant } from './format.ts'

/** Files attached to a step. */
export const attachmentsText = {
  title: 'Archivos',
  none: 'Este paso no tiene archivos.',
  label: 'Adjuntar un archivo',
  help: 'PDF, Word, Excel, OpenDocument, imagen, CSV o texto. Máximo 50 MB.',
  add: 'Adjuntar',
  removeNamed: (name: string) => `Quitar ${name}`,
  line: (bytes: number, by: string) => `${formatBytes(bytes)}, lo adjuntó ${by}`,
  cycleLine: (step: string, bytes: number, by: string, at: Date) =>
    `Paso ${step}, ${formatBytes(bytes)}, lo adjuntó ${by} el ${formatInstant(at)}`,
  hashOf: 'Archivo',
}

export const uploadText = {
  missing: 'Elija el archivo que quiere adjuntar.',
  empty: 'El archivo está vacío. Elija otro.',
  tooBig: 'El archivo pesa más de 50 MB. Redúzcalo o divídalo y vuelva a adjuntarlo.',
  wrongType: 'Ese tipo de archivo no se recibe. Use PDF, Word, Excel, OpenDocument, imagen, CSV o texto.',
  broken: 'El archivo llegó incompleto. Adjúntelo de nuevo.',
  unnamed: 'archivo',
}
