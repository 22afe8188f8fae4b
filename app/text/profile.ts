/** The profile of a source: what its file turned out to hold, column by column. */
import type { RevealPurpose } from '../../domain/profiles.ts'
import type { ColumnType, RejectReason } from '../../domain/sources.ts'
import { formatDate, formatNumber } from './format.ts'
import { rejectReasonNames } from './sources.ts'

const figure = new Intl.NumberFormat('es-CO', { maximumFractionDigits: 6 })

export const purposeNames: Record<RevealPurpose, string> = {
  verificar_correspondencia: 'Verificar que la columna se leyó bien',
  corregir_rechazos: 'Corregir registros rechazados',
  depurar_duplicados: 'Depurar registros repetidos',
  atender_titular: 'Atender la solicitud de un titular',
}

/** State of a column of a source, by the value an address carries. */
export const COLUMN_STATES = {
  'no-validas': 'Con celdas no válidas',
  'con-vacias': 'Con celdas vacías',
  completa: 'Completa',
} as const
export type ColumnState = keyof typeof COLUMN_STATES

export const profileText = {
  title: 'Perfil de la fuente',
  crumb: 'Perfil',
  link: 'Ver el perfil de cada columna',
  state: (rows: number, columns: number) =>
    `El corte en uso tiene ${formatNumber(rows)} registros y ${formatNumber(columns)} columnas. El perfil se calcula una sola vez para cada corte.`,
  nothing: 'Todavía no hay un corte',
  nothingWhy: 'El perfil aparece cuando el primer archivo de la fuente se importa.',
  toSource: 'Ir a la fuente',
  summary: 'Resumen por columna',
  column: 'Columna',
  type: 'Tipo',
  state_: 'Estado',
  empty: 'Vacías',
  distinct: 'Valores distintos',
  min: 'Mínimo',
  max: 'Máximo',
  invalid: 'No válidas',
  /** The least or greatest value of a column; a dash where it has none to show. */
  end: (type: ColumnType, value: string | null): string =>
    value === null ? '—' : type === 'date' ? formatDate(value) : figure.format(Number(value)),
  masked: 'Personal: oculta',
  freeText: 'Texto libre: oculto',
  values: 'Distribución de cada columna',
  value: 'Valor',
  count: 'Registros',
  bar: 'Barra',
  small: 'se ocultará al publicar',
  others: (n: number) => `Hay ${formatNumber(n)} valores más, con menos registros cada uno.`,
  /** Values that only look different; nobody joins them but the person. */
  alike: (groups: string[][]) =>
    `Parecen un mismo valor escrito de varias formas: ${groups
      .map((group) => group.map((value) => `«${value}»`).join(' y '))
      .join('; ')}. Se cuentan aparte: corríjalos en el archivo o escriba los valores permitidos de la columna.`,
  invalidBy: (invalid: Partial<Record<RejectReason, number>>) =>
    `Celdas rechazadas: ${Object.entries(invalid)
      .map(([reason, n]) => `${rejectReasonNames[reason as RejectReason].toLowerCase()} (${formatNumber(n)})`)
      .join(', ')}.`,
  reveal: 'Ver una muestra de una columna personal',
  revealWhy:
    'Se muestran las primeras cinco celdas del archivo original, una sola vez. Cada consulta queda registrada con su finalidad y su motivo; lo que se ve no se guarda.',
  revealColumn: 'Columna',
  choose: 'Elija…',
  purpose: 'Finalidad',
  reason: 'Motivo',
  reasonHelp: 'Para qué necesita verla, sin escribir datos de personas.',
  show: 'Ver la muestra',
  shown: (column: string) => `Muestra de «${column}»`,
  shownOnce: 'Al salir de esta página la muestra ya no estará.',
  shownEmpty: 'Las primeras celdas de la columna están vacías.',
  reveals: 'Consultas registradas',
  by: 'Persona',
  at: 'Fecha',
}
