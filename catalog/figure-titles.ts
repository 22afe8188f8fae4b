/** How figures, filters and segments are called in frozen steps, in the report and in what is published. */
import type { AggregateTable } from '../domain/aggregates.ts'
import { isCivilDate } from '../domain/civil-dates.ts'
import type { RequestedFigure } from '../domain/figures.ts'
import { isRange, type Range } from '../domain/ranges.ts'
import { type Condition, groupsOf, type SegmentRule } from '../domain/rules.ts'
import type { ScoredVariable } from '../domain/variables.ts'
import { dateInWords } from './day-words.ts'

/** How codes are shown; both may be left out, then codes are shown as they are. */
export interface RuleLabels {
  variable?: (code: string) => string
  value?: (variable: string, code: string) => string
}

/** For example: "Canal es Virtual, y Zona es Urbana o Rural, y (Sexo es Mujer o bien Edad de 60 o más)". */
export function ruleInSpanish(rule: SegmentRule, labels: RuleLabels = {}): string {
  return groupsOf(rule)
    .map((group) => group.map((condition) => conditionInSpanish(condition, labels)))
    .map((words) => (words.length > 1 ? `(${words.join(' o bien ')})` : (words[0] ?? '')))
    .join(', y ')
}

function conditionInSpanish(condition: Condition, labels: RuleLabels): string {
  const name = labels.variable?.(condition.variable) ?? condition.variable
  if (isRange(condition)) return `${name} ${rangeInSpanish(condition)}`
  const values = condition.values.map((value) => labels.value?.(condition.variable, value) ?? value)
  return condition.op === 'neq' ? `${name} no es ${either(values, 'ni')}` : `${name} es ${either(values, 'o')}`
}

/** Numbers as the rule keeps them: «de 18 a 28»; days in words: «desde el 1 de enero de 2026». */
function rangeInSpanish({ op, values }: Range): string {
  const [first = '', last = ''] = values.map(dateInWords)
  const isDays = values.every(isCivilDate)
  if (op === 'between') return isDays ? `del ${first} al ${last}` : `de ${first} a ${last}`
  if (op === 'gte') return isDays ? `desde el ${first}` : `de ${first} o más`
  return isDays ? `hasta el ${first}` : `de ${first} o menos`
}

function either(values: string[], word: string): string {
  return values.length < 2 ? (values[0] ?? '') : `${values.slice(0, -1).join(', ')} ${word} ${values.at(-1)}`
}

/** What a table counts of its snapshot, in words: as it was printed, or by these labels; null where it counts all of it. */
export function filterInSpanish(
  { filter: all, filterAny: any, filterWords }: Pick<AggregateTable, 'filter' | 'filterAny' | 'filterWords'>,
  labels: RuleLabels = {},
): string | null {
  const rule = { all, ...(any && { any }) }
  return filterWords ?? (groupsOf(rule).length > 0 ? ruleInSpanish(rule, labels) : null)
}

/** Names of the variables of an exercise and of their values; of one it does not know, the code. */
export const labelsOfVariables = (variables: readonly ScoredVariable[]): Required<RuleLabels> => ({
  variable: (code) => variables.find((one) => one.code === code)?.label ?? code,
  value: (variable, code) =>
    variables.find((one) => one.code === variable)?.values.find((one) => one.code === code)?.label ?? code,
})

/** The name its author gave it, or what it counts, for example "Comuna por Canal, según Sexo (solo Zona es Rural)". */
export function figureTitle(figure: RequestedFigure, variables: readonly ScoredVariable[]): string {
  if (figure.name) return figure.name
  const labels = labelsOfVariables(variables)
  const sides = [figure.variable, figure.cross, figure.layers]
  const what = countedInWords(sides.map((code) => code && labels.variable(code)))
  return figure.filter ? `${what} (solo ${ruleInSpanish(figure.filter, labels)})` : what
}

/** What a figure counts, from the labels of its rows, columns and layers. */
export function countedInWords([rows, columns, layers]: readonly (string | null | undefined)[]): string {
  return `${rows}${columns ? ` por ${columns}` : ''}${layers ? `, según ${layers}` : ''}`
}

/** A version of a map of divisions. */
export function mapTitle(name: string, version: number): string {
  return `${name}, versión ${version}`
}

/** Where a figure is drawn on a map that was withdrawn since. */
export function withdrawnMapTitle(name: string, version: number): string {
  return `${mapTitle(name, version)} (retirado)`
}

/** A row somebody left without a name, by its place in the list. */
export function unnamedRow(n: number): string {
  return `Fila ${n}`
}

/** What the text says beside figures: the size of a segment, and what was captured of those attended. */
export const saidTitles = {
  segment: (name: string) => `Segmento «${name}»`,
  capture: 'Registros captados por punto y periodo',
}

/** What the page of a variable shows of it. */
export const followedTitle = (label: string) => `Evolución de «${label}»`
