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
  otherThanNamed: (ending: string) =>
    `El nombre del archivo termina en .${ending}, pero su contenido es de otro tipo. Ábralo, guárdelo de nuevo y adjunte esa copia.`,
  tooMany: (most: number) => `Se reciben ${most} archivos como máximo. Adjunte los demás con otro informe.`,
  broken: 'El archivo llegó incompleto. Adjúntelo de nuevo.',
  unnamed: 'archivo',
  objections: {
    damaged:
      'El archivo está dañado, incompleto o trae algo más después de su final. Ábralo, guárdelo de nuevo y adjúntelo.',
    encrypted: 'El archivo tiene contraseña y nadie podría leerlo como evidencia. Quítela y adjúntelo de nuevo.',
    active:
      'El PDF trae programas, formularios que envían datos u otros archivos dentro. Imprímalo como PDF y adjunte esa copia.',
    macros:
      'El documento tiene macros y por seguridad no se recibe. Guárdelo sin macros o como PDF y adjúntelo de nuevo.',
    too_big_inside:
      'El archivo se expande mucho más de lo que pesa y por seguridad no se recibe. Guárdelo como PDF y adjúntelo de nuevo.',
  },
}
