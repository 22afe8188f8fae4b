/** Tables of correspondence as open data of their own, beside the versions of a series, whose files never change (N11). */
import { CORRESPONDENCE_COLUMNS, conversionWords } from '../catalog/open-data-words.ts'
import type { Conversion } from '../domain/conversions.ts'
import type { Correspondence } from '../domain/crosswalks.ts'
import { csvText } from '../domain/csv-cells.ts'
import type { VariableDefinition, VariableOption } from '../domain/variable-definitions.ts'

const labelOf = (options: readonly VariableOption[], code: string) =>
  options.find((option) => option.code === code)?.label ?? code

/** One line for each old value and each of its new ones, one for a conversion, one where every value is itself. */
export function correspondencesCsv(all: readonly Correspondence[]): string {
  const lines = all.flatMap((one) => linesOf(one))
  return csvText([CORRESPONDENCE_COLUMNS.map(([name]) => name), ...lines], ',')
}

function linesOf({ code, crosswalk, before, after }: Correspondence): (string | number)[][] {
  const { from, to, pairs, conversion, note, approvedAt } = crosswalk
  const head = [code, after.name, from, to]
  const tail = [saidOf(conversion, before, after), note, dayOf(approvedAt)]
  const values = pairs.flatMap((pair) => {
    const old = [pair.from, labelOf(before.values, pair.from)]
    return (pair.to.length > 0 ? pair.to : ['']).map((value) => [...old, value, value && labelOf(after.values, value)])
  })
  return (values.length > 0 ? values : [['', '', '', '']]).map((line) => [...head, ...line, ...tail])
}

export function correspondencesJson(slug: string, all: readonly Correspondence[]): string {
  const tables = all.map(({ code, crosswalk, before, after }) => ({
    ...{ variable: code, nombre: after.name, version_anterior: crosswalk.from, version_nueva: crosswalk.to },
    valores: crosswalk.pairs.map((pair) => ({
      ...{ anterior: pair.from, etiqueta: labelOf(before.values, pair.from) },
      nuevos: pair.to.map((value) => ({ valor: value, etiqueta: labelOf(after.values, value) })),
    })),
    conversion: crosswalk.conversion && {
      ...{ unidad_anterior: before.unit, unidad_nueva: after.unit },
      ...{ antes: crosswalk.conversion.before, ahora: crosswalk.conversion.after, suma: crosswalk.conversion.offset },
      en_palabras: saidOf(crosswalk.conversion, before, after),
    },
    ...{ nota: crosswalk.note, aprobada: dayOf(crosswalk.approvedAt) },
  }))
  return `${JSON.stringify({ conjunto: slug, correspondencias: tables }, null, 2)}\n`
}

const saidOf = (conversion: Conversion | null, before: VariableDefinition, after: VariableDefinition) =>
  conversion ? conversionWords(conversion, before.unit, after.unit) : ''

const dayOf = (at: Date | null) => at?.toISOString() ?? ''
