/** The first reading of the columns of a file, for a person to correct: their codes, roles, types and formats (E1). */
import { findVariable } from '../catalog/variables.ts'
import { folded } from './folded.ts'
import type { ColumnRole, ColumnType, MappedColumn, Mapping } from './sources.ts'

const IDENTIFIERS: [RegExp, ColumnRole][] = [
  [
    /^(numero|num|nro|no)_?(de_)?(documento|identificacion|cedula)|^(documento|cedula|identificacion|nit|seudonimo)$/,
    'person_key',
  ],
  [/^(nombres?|apellidos?|(primer|segundo)_(nombre|apellido)|razon_social|nombre_completo)/, 'direct_identifier'],
  [
    /correo|e_?mail|telefono|celular|movil|direccion(_residencia)?$|placa|radicado|latitud|longitud/,
    'direct_identifier',
  ],
]
const SENSITIVE =
  /discapacidad|etnia|etnic|poblacional|salud|religi|politic|sindical|orientacion|identidad_genero|biometr/

/** Code of a column: its header without accents, in lower case, words joined by `_`. */
export function codeOf(header: string): string {
  const plain = folded(header)
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
  return (/^[a-z]/.test(plain) ? plain : `v_${plain}`).slice(0, 60)
}

/** First proposal for the person to correct: identifiers by the column's name, types by the sample. */
export function proposeMapping(header: string[], sample: string[][]): Mapping {
  const used = new Set<string>()
  let hasPersonKey = false
  return header.map((column, i) => {
    const values = sample.map((row) => (row[i] ?? '').trim()).filter((value) => value !== '')
    let code = codeOf(column)
    for (let n = 2; used.has(code); n++) code = `${codeOf(column)}_${n}`
    used.add(code)
    const role = proposedRole(code, hasPersonKey)
    hasPersonKey ||= role === 'person_key'
    return {
      column,
      code,
      label: labelOf(column),
      ...(role === 'variable' ? proposedType(values) : { type: 'text' as const }),
      role,
      sensitive: SENSITIVE.test(code),
      required: false,
      unique: /^(numero_)?radicado$/.test(code),
      ...proposedFormat(values),
    }
  })
}

function proposedRole(code: string, hasPersonKey: boolean): ColumnRole {
  const role = IDENTIFIERS.find(([pattern]) => pattern.test(code))?.[1] ?? 'variable'
  return role === 'person_key' && hasPersonKey ? 'direct_identifier' : role
}

/** A column that is called by the code of a variable of the catalogue is shown as that one is. */
const labelOf = (column: string) => {
  const known = column.includes('_') ? findVariable(column)?.label : undefined
  if (known) return known
  return wordsOfCode(column)
}

/** The code of a variable of one's own, or the name of a column, as words: «tipo_de_via» is «Tipo de via». */
export function wordsOfCode(code: string): string {
  const words = code.replace(/_+/g, ' ').trim()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** With or without the time of day, which a date does not keep. */
const ISO_DATE = /^\d{4}-\d{2}-\d{2}([ T]\d{1,2}:\d{2}(:\d{2})?)?$/
const WRITTEN_DATE = /^\d{1,2}\/\d{1,2}\/\d{4}( \d{1,2}:\d{2}(:\d{2})?)?$/

function proposedType(values: string[]): { type: ColumnType } {
  const every = (pattern: RegExp) => values.length > 0 && values.every((value) => pattern.test(value))
  if (every(ISO_DATE) || every(WRITTEN_DATE)) return { type: 'date' }
  if (every(/^(s[ií]|no|verdadero|falso|true|false)$/i)) return { type: 'boolean' }
  // A handful of different whole numbers is a list of codes (estrato, año), not a measure.
  if (every(/^-?\d+$/)) return { type: new Set(values).size <= 12 ? 'category' : 'integer' }
  if (every(/^-?\d+([.,]\d+)?\s?%?$/)) return { type: 'decimal' }
  const repeated = new Set(values).size <= Math.max(12, values.length * 0.6)
  return { type: repeated || values.every((value) => value.length <= 60) ? 'category' : 'text' }
}

function proposedFormat(values: string[]): Pick<MappedColumn, 'dateFormat' | 'decimalMark'> {
  const isDmy = values.some((value) => value.includes('/'))
  const isPoint = values.some((value) => /^-?\d+\.\d+$/.test(value)) && !values.some((value) => value.includes(','))
  return { dateFormat: isDmy ? 'dmy' : 'iso', decimalMark: isPoint ? '.' : ',' }
}
