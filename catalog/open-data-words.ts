/** Words that are published inside open data and travel with its figures: data, and not words of a screen. */
import type { MethodCode } from '../domain/aggregates.ts'
import type { Conversion } from '../domain/conversions.ts'
import type { Base } from '../domain/shares.ts'

/** What the catalogue says of itself. */
export const CATALOGUE_WORDS = {
  title: 'Catálogo de datos abiertos de caracterización ciudadana',
  description:
    'Resultados de los ejercicios de caracterización de ciudadanía y grupos de valor que las entidades han publicado, con sus diccionarios y sus informes firmados.',
  publisher: 'Entidades que publican con Caracteriza',
}

/** Names of the files of a release by their kind. */
export const FILE_TITLES: Record<string, string> = {
  csv: 'Tablas en CSV',
  json: 'Tablas en JSON, con los metadatos',
  parquet: 'Tablas en Parquet',
  xlsx: 'Tablas en Excel (XLSX)',
  dictionary: 'Diccionario de datos',
  pdf: 'Informe firmado en PDF',
  docx: 'Informe en Word (DOCX)',
  html: 'Informe en HTML',
}

/** What each of them holds. */
export const FILE_CONTENTS: Record<string, string> = {
  csv: 'Todas las tablas de la versión en un solo archivo, una cifra por renglón.',
  json: 'Todas las tablas de la versión, con la descripción del conjunto y de cada variable.',
  parquet: 'Todas las tablas de la versión, una cifra por renglón, para programas de análisis.',
  xlsx: 'Todas las tablas de la versión y su diccionario, en un libro de Excel.',
  dictionary: 'Qué significa cada columna de los archivos y cada variable de las tablas.',
  pdf: 'El informe de caracterización que firmaron quienes lo aprobaron.',
  docx: 'El informe de caracterización, para leerlo o citarlo en otros documentos.',
  html: 'El informe de caracterización, para leerlo en el navegador.',
}

export function versionTitle(title: string, version: number): string {
  return `${title}, versión ${version}`
}

export function vigenciaTitle(title: string, vigencia: number): string {
  return `${title}, vigencia ${vigencia}`
}

/** Sheets of the workbook: the tables, and what their columns mean. */
export const WORKBOOK_SHEETS = ['Datos', 'Diccionario'] as const

/** Stands for the sum in a row or column of every table. */
export const TOTAL = 'Total'

/** How the figures of a table were made, one sentence for each part of the method. */
export const METHOD_SENTENCES: Record<MethodCode, string> = {
  counts_records: 'Cada cifra cuenta registros de la fuente.',
  threshold_records: 'Se ocultan las cifras con menos registros que el umbral.',
  threshold_persons: 'Se ocultan las cifras que provienen de menos personas que el umbral.',
  zero_shown: 'El cero se muestra.',
  zero_hidden: 'La variable es sensible: el cero también se oculta.',
  complementary: 'Se ocultan además las cifras con las que podría calcularse una cifra oculta.',
  filtered: 'Solo cuenta los registros que cumplen el filtro indicado.',
}

/** Columns of the CSV in its dictionary: name, type, description. */
export const DICTIONARY_COLUMNS: readonly (readonly [string, string, string])[] = [
  ['tabla', 'texto', 'Identificador de la tabla dentro del conjunto.'],
  ['titulo', 'texto', 'Título de la tabla.'],
  ['variable_fila', 'texto', 'Variable cuyos valores están en las filas.'],
  ['fila', 'texto', 'Valor de la fila, o Total.'],
  ['variable_columna', 'texto', 'Variable cuyos valores están en las columnas; vacío si no hay cruce.'],
  ['columna', 'texto', 'Valor de la columna, o Total; vacío si no hay cruce.'],
  ['registros', 'número o marca', 'Número de registros, o la marca de cifra oculta.'],
  ['variable_capa', 'texto', 'Tercera variable de un cruce; vacío si no la hay.'],
  ['capa', 'texto', 'Valor de la tercera variable, o Total; vacío si no la hay.'],
  ['porcentaje', 'número o marca', 'Porcentaje con dos decimales, o la marca de cifra oculta; vacío si no lo hay.'],
  ['base_porcentaje', 'texto', 'De qué es el porcentaje; vacío si no lo hay.'],
  ['codigo', 'texto', 'Código con el que cualquiera ve de dónde sale la tabla, en la página de verificación.'],
  ['filtro', 'texto', 'Qué registros cuenta la tabla, en palabras; vacío si los cuenta todos.'],
  ['corte_sha256', 'texto', 'Huella SHA-256 del corte de datos del que sale la cifra.'],
  ['aviso', 'texto', 'Aviso que acompaña las cifras, si lo hay.'],
]

/** Columns of the tables of correspondence of a series: name, type, description. */
export const CORRESPONDENCE_COLUMNS: readonly (readonly [string, string, string])[] = [
  ['variable', 'texto', 'Código de la variable.'],
  ['nombre', 'texto', 'Nombre de la variable.'],
  ['version_anterior', 'número', 'Versión de la definición de la que se parte.'],
  ['version_nueva', 'número', 'Versión de la definición a la que se llega.'],
  ['valor_anterior', 'texto', 'Código del valor de antes; vacío si cada valor se corresponde consigo mismo.'],
  ['etiqueta_anterior', 'texto', 'Nombre del valor de antes.'],
  ['valor_nuevo', 'texto', 'Código del valor de ahora; vacío si el de antes ya no tiene equivalente.'],
  ['etiqueta_nueva', 'texto', 'Nombre del valor de ahora.'],
  ['conversion', 'texto', 'Cómo se pasa de la unidad de antes a la de ahora; vacío si la unidad no cambió.'],
  ['nota', 'texto', 'Con qué criterio se corresponden.'],
  ['aprobada', 'fecha', 'Cuándo se aprobó la tabla.'],
]

/** Of one: the units of measure that are counted most; any other stays as it is written. */
const OF_ONE: Record<string, string> = {
  ...{ años: 'año', meses: 'mes', semanas: 'semana', días: 'día', horas: 'hora', minutos: 'minuto' },
  ...{ pesos: 'peso', personas: 'persona', hogares: 'hogar', metros: 'metro', kilómetros: 'kilómetro' },
  ...{ hectáreas: 'hectárea', salarios: 'salario', puntos: 'punto' },
}

const amountOf = (amount: string, unit: string) => `${amount} ${amount === '1' ? (OF_ONE[unit] ?? unit) : unit}`

/** «12 meses = 1 año», with what is added where something is. */
export function conversionWords({ before, after, offset }: Conversion, unitBefore: string, unitAfter: string): string {
  const [shift, plain] = [offset.trim(), offset.trim().replace(/^[+-]/, '')]
  const added = /[1-9]/.test(plain) ? `, ${shift.startsWith('-') ? 'menos' : 'más'} ${amountOf(plain, unitAfter)}` : ''
  return `${amountOf(before.trim(), unitBefore)} = ${amountOf(after.trim(), unitAfter)}${added}`
}

export const BASE_WORDS: Record<Base, string> = { total: 'del total', rows: 'de la fila', columns: 'de la columna' }

export const VARIABLE_KINDS = { sensitive: 'sensible', category: 'categoría' }

/** What the mark of a hidden cell means; `threshold` counts records or persons. */
export function hiddenSentence(threshold: number): string {
  return `Cifra oculta: corresponde a menos de ${threshold} registros o personas, o permitiría calcular otra que sí; no significa cero.`
}

/** From two civil dates `YYYY-MM-DD`. */
export function periodWords(from: string, to: string): string {
  return `${from} a ${to}`
}

export function codeSentence(variable: string): string {
  return `Código ${variable}.`
}
