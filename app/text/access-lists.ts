import { LIST_HEADINGS } from '../../catalog/access-list.ts'
import type { UnreadFile } from '../../domain/file-readings.ts'
import { type ListColumn, type ListFault, MAX_LIST_ROWS } from '../../domain/grant-lists.ts'
import { INPUT_CODES } from '../../domain/input-reading.ts'
import { fileRefusalSentence } from './file-refusals.ts'
import { formatInstant, formatNumber } from './format.ts'
import { inputSentence } from './inputs.ts'
import { refusalSentence } from './refusals.ts'

export type RowState = 'ready' | 'fix' | 'asked' | 'refused' | 'pending'

export const rowStateText: Record<RowState, string> = {
  ready: 'Se puede pedir',
  fix: 'Por corregir',
  asked: 'Pedido',
  refused: 'No se pidió',
  pending: 'Sin terminar',
}

/** Requests of access from a list (C1). */
export const accessListText = {
  title: 'Pedir accesos con una lista',
  state: (agency: string) =>
    `Usted pide los accesos por ${agency}, con una sola comunicación. Primero verá qué pasa con cada fila; nada se pide hasta que usted lo confirme.`,
  link: 'Pedir varios con una lista',
  templateTitle: '1. Llene la plantilla',
  template: `Una fila por persona, punto y formulario, hasta ${MAX_LIST_ROWS} filas. La persona se identifica con su número de documento o con el correo de su cuenta.`,
  templateFile: { xlsx: 'Plantilla en XLSX', csv: 'Plantilla en CSV' },
  columns: {
    who: 'Documento o correo: el de la persona, tal como está registrada.',
    point: 'Punto de atención: uno de los de su organismo, con este nombre:',
    form: 'Formulario: F004 (persona natural) o F006 (persona jurídica).',
    days: 'Desde y Hasta: por ejemplo 31/12/2026, a más tardar el 31 de diciembre de la vigencia.',
  },
  formTitle: '2. Envíe la lista',
  file: 'Lista (XLSX o CSV)',
  fileHelp: 'Se lee y no se guarda: solo queda lo que se pide y el resultado de cada fila.',
  reason: 'Para qué necesitan el acceso',
  submit: 'Revisar la lista',
  unread: {
    missing: 'Elija el archivo de la lista.',
    empty: 'El archivo está vacío. Elija otro.',
    tooBig: `El archivo pesa más de 1 MB. Una lista tiene hasta ${MAX_LIST_ROWS} filas: divídala.`,
    broken: 'El archivo llegó incompleto. Envíelo de nuevo.',
  } satisfies Record<UnreadFile, string>,
  tooLong: `La lista tiene más de ${MAX_LIST_ROWS} filas. Divídala en varias y envíelas por separado.`,
  noRows: 'La lista no tiene filas debajo del encabezado. Llene al menos una.',
  missingColumns: (names: string) =>
    `A la lista le faltan columnas: ${names}. Use la plantilla y no cambie los nombres del encabezado.`,
  reviewTitle: 'Lista de solicitudes de acceso',
  reviewState: (ready: number, faulty: number) =>
    faulty === 0
      ? `${rows(ready)} por pedir. Nada se ha pedido todavía.`
      : `${rows(ready)} por pedir y ${formatNumber(faulty)} con algo por corregir. Nada se ha pedido todavía.`,
  doneState: (asked: number, refused: number, left: number) =>
    [
      `${rows(asked)} pedidas`,
      refused > 0 && `${formatNumber(refused)} no se pidieron, cada una con su motivo`,
      left > 0 && `${formatNumber(left)} sin terminar`,
    ]
      .filter(Boolean)
      .join('; ')
      .concat('.'),
  confirm: (n: number) => `Pedir ${n === 1 ? 'la fila' : `las ${formatNumber(n)} filas`} que se pueden pedir`,
  confirmHelp:
    'Se pide un acceso por fila, como si los pidiera uno por uno. Las filas con algo por corregir no se piden, y queda registrado por qué: puede enviarlas después en otra lista.',
  noneReady: 'Ninguna fila se puede pedir como está. Corrija la lista y envíela de nuevo.',
  goOn: 'Continuar con las filas sin terminar',
  again: 'Enviar otra lista',
  whatNext:
    'Cada persona debe aceptar el compromiso de confidencialidad, y después decide la oficina que lidera el proceso. Puede seguirlos en Accesos.',
  facts: { radicado: 'Comunicación interna', received: 'Se revisó', asked: 'Se pidió' },
  at: (instant: Date | string) => formatInstant(instant),
  caption: 'Filas de la lista, en el orden del archivo',
  headers: {
    line: 'Fila',
    person: 'Persona',
    point: 'Punto y formulario',
    days: 'Fechas',
    result: 'Resultado',
  },
  nobody: (who: string) => (who === '' ? 'En blanco' : `Sin identificar (${who})`),
  open: (code: string) => `Abrir el acceso ${code}`,
}

function rows(n: number): string {
  return n === 1 ? '1 fila' : `${formatNumber(n)} filas`
}

/** Why the file of a list was not read, beside its field. */
export function listFaultSentence(fault: UnreadFile | ListFault): string {
  if (typeof fault === 'string') return accessListText.unread[fault]
  if (fault.fault === 'file') return fileRefusalSentence(fault.refusal)
  if (fault.fault === 'too_long') return accessListText.tooLong
  return fault.fault === 'empty' ? accessListText.noRows : accessListText.missingColumns(columnNames(fault.missing))
}

function columnNames(columns: readonly ListColumn[]): string {
  return columns.map((column) => `«${LIST_HEADINGS[column][0]}»`).join(', ')
}

/** What is wrong with a row: of its cells, or what only the record knows. */
export function rowSentence(code: string): string {
  const input = INPUT_CODES.find((one) => one === code)
  return input ? inputSentence({ code: input, facts: {} }) : refusalSentence(code)
}
