/** What does not agree in a table that was published elsewhere: told with its literal text, never corrected. */
import type { TableWarning } from '../../domain/table-warnings.ts'

const figure = new Intl.NumberFormat('es-CO', {
  maximumFractionDigits: 6,
  useGrouping: 'always',
} as Intl.NumberFormatOptions)

const SENTENCES: { [K in TableWarning['kind']]: (warning: Extract<TableWarning, { kind: K }>) => string } = {
  total_differs: ({ expected }) => `El total no es la suma de sus partes, que da ${figure.format(expected)}.`,
  share_differs: ({ expected }) => `El porcentaje no es el de sus partes, que da ${figure.format(expected)} %.`,
  share_truncated: ({ expected }) =>
    `El porcentaje está cortado y no redondeado: redondeado es ${figure.format(expected)} %.`,
  shares_not_whole: ({ expected }) => `Los porcentajes suman ${figure.format(expected)} % y no 100 %.`,
  row_repeated: ({ first }) => `La fila repite la ${first}.`,
  periods_differ: ({ expected, other }) =>
    `El semestre no es la suma de sus trimestres en «${other}», que da ${figure.format(expected)}.`,
  agencies_differ: ({ expected, other }) =>
    `La meta por organismo no da este total: «${other}» tiene ${figure.format(expected)} organismos.`,
}

export const tableWarningsText = {
  title: 'Advertencias de la tabla',
  why: 'El archivo parece una tabla ya publicada. Estas cifras no concuerdan entre sí; se conservan como están escritas y no se corrigen.',
  line: 'Fila',
  column: 'Columna',
  literal: 'Escrito',
  warning: 'Advertencia',
  whole: 'Toda la fila',
  sentence: (warning: TableWarning): string => SENTENCES[warning.kind](warning as never),
}
