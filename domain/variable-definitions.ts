/** What a variable of the catalogue means, and which of its changes break a series (F6, N11). */

import type { VariableCategory } from '../catalog/variables.ts'
import { folded } from './folded.ts'
import { normalizedText } from './frozen-content.ts'

export interface VariableOption {
  code: string
  label: string
}

/** How often the entity collects it; empty where nobody has said. */
export const COLLECTED = ['diaria', 'mensual', 'trimestral', 'semestral', 'anual', 'unica'] as const
export type Collected = (typeof COLLECTED)[number]

export interface VariableDefinition {
  name: string
  /** Empty while nobody has written it; so are unit and periodicity. */
  definition: string
  unit: string
  periodicity: Collected | ''
  category: VariableCategory | ''
  sensitive: boolean
  /** The only answers it has; none where the answer is open. A value keeps its code for life, whatever it is called. */
  values: readonly VariableOption[]
}

/** What a code must be to name a variable in the catalogue and a column of a source. */
export const isVariableCode = (code: string): boolean => /^[a-z][a-z0-9_]{0,62}$/.test(code)

/** One difference between two definitions. Options are told apart by their code. */
export type DefinitionChange =
  | { kind: 'name' | 'definition' | 'unit' | 'periodicity' | 'category'; before: string; after: string }
  | { kind: 'sensitive'; before: boolean; after: boolean }
  | { kind: 'option_renamed'; code: string; before: string; after: string }
  | { kind: 'option_added' | 'option_removed'; code: string; label: string }
  | { kind: 'options_stated'; labels: string[] }

/** Every difference, in the order of the definition; the order of the options is none. */
export function changesBetween(before: VariableDefinition, after: VariableDefinition): DefinitionChange[] {
  const texts = (['name', 'definition', 'unit', 'periodicity', 'category'] as const).flatMap((kind) =>
    isSameText(before[kind], after[kind]) ? [] : [{ kind, before: before[kind], after: after[kind] }],
  )
  const sensitive =
    before.sensitive === after.sensitive
      ? []
      : [{ kind: 'sensitive' as const, before: before.sensitive, after: after.sensitive }]
  return [...texts, ...sensitive, ...optionChanges(before.values, after.values)]
}

const isSameText = (before: string, after: string) => normalizedText(before) === normalizedText(after)

function optionChanges(before: readonly VariableOption[], after: readonly VariableOption[]): DefinitionChange[] {
  if (before.length === 0)
    return after.length === 0 ? [] : [{ kind: 'options_stated', labels: after.map(({ label }) => label) }]
  const renamed = before.flatMap(({ code, label }): DefinitionChange[] => {
    const now = after.find((option) => option.code === code)
    if (!now) return [{ kind: 'option_removed', code, label }]
    return isSameText(label, now.label) ? [] : [{ kind: 'option_renamed', code, before: label, after: now.label }]
  })
  const added = after.filter(({ code }) => !before.some((option) => option.code === code))
  return [...renamed, ...added.map(({ code, label }): DefinitionChange => ({ kind: 'option_added', code, label }))]
}

/**
 * Whether what was counted before and what is counted after are two things (N11). Another name for the variable or for
 * an option is none, nor is saying for the first time what it meant. Options that came or went are, whichever of them was
 * split or merged: nobody can tell from the counts which answers moved.
 */
export function isBreak(change: DefinitionChange): boolean {
  switch (change.kind) {
    case 'definition':
    case 'unit':
      return change.before.trim() !== ''
    case 'option_added':
    case 'option_removed':
    case 'options_stated':
      return true
    default:
      return false
  }
}

export const breaksSeries = (before: VariableDefinition, after: VariableDefinition): boolean =>
  changesBetween(before, after).some(isBreak)

/** What step 2 leaves empty stays as it was: an unanswered field is no change. */
export function inheriting(before: VariableDefinition | undefined, stated: VariableDefinition): VariableDefinition {
  if (!before) return stated
  return {
    ...stated,
    definition: stated.definition.trim() === '' ? before.definition : stated.definition,
    unit: stated.unit.trim() === '' ? before.unit : stated.unit,
    periodicity: stated.periodicity || before.periodicity,
    values: stated.values.length === 0 ? before.values : stated.values,
  }
}

/** What the catalogue does with a variable of an approved step 2. */
export type CatalogueChange =
  | { kind: 'create'; definition: VariableDefinition }
  | { kind: 'new_version'; definition: VariableDefinition; changes: DefinitionChange[]; breaks: boolean }
  | { kind: 'no_change' }

/** `before`: the last version the catalogue holds; undefined where it does not know the variable. */
export function catalogueChange(before: VariableDefinition | undefined, stated: VariableDefinition): CatalogueChange {
  if (!before) return { kind: 'create', definition: stated }
  const definition = inheriting(before, stated)
  const changes = changesBetween(before, definition)
  if (changes.length === 0) return { kind: 'no_change' }
  return { kind: 'new_version', definition, changes, breaks: changes.some(isBreak) }
}

const CODED = /^([\p{L}\p{N}_.-]{1,63})\s*:\s*(\S.*)$/u

/** The options as step 2 writes them, one a line: «codigo: Nombre», or the name alone, which then makes its code. */
export function readOptions(typed: string): VariableOption[] {
  return typed
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      const [, code, label] = CODED.exec(line) ?? []
      return code && label ? { code, label: label.trim() } : { code: codeFrom(line), label: line }
    })
}

export const writeOptions = (options: readonly VariableOption[]): string =>
  options.map(({ code, label }) => `${code}: ${label}`).join('\n')

/** Codes that stand on more than one line. */
export function repeatedOptions(options: readonly VariableOption[]): string[] {
  const codes = options.map(({ code }) => code)
  return [...new Set(codes.filter((code, i) => codes.indexOf(code) < i))]
}

function codeFrom(label: string): string {
  return (
    folded(normalizedText(label))
      .replaceAll(/[^\p{L}\p{N}]+/gu, '_')
      .replaceAll(/^_+|_+$/g, '')
      .slice(0, 63) || label.slice(0, 63)
  )
}

/** The code of a value as a source writes it, by code or by name, whatever its accents and capitals; itself where the list has none. */
export function optionCode(value: string, options: readonly VariableOption[]): string {
  const same = (text: string) => folded(normalizedText(text)) === folded(normalizedText(value))
  const found = options.find(({ code }) => code === value) ?? options.find(({ label }) => same(label))
  return (found ?? options.find(({ code }) => same(code)))?.code ?? value
}
