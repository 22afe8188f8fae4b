/** What a rule of readiness looks at and what it answers with. */
import { type Answers, answerText, type Facts, type ShapeCode } from './forms.ts'
import type { StepAnswers } from './references.ts'
import type { Bases } from './report-numbers.ts'
import type { VariableDefinition } from './variable-definitions.ts'

/** Facts about a source attached to the cycle (E1); `approved` is left out where nobody has to approve it by itself. */
export interface SourceFact {
  id: string
  name: string
  contractComplete: boolean
  snapshotReady: boolean
  approved?: boolean
  /** Codes of its columns that may be analysed; left out while they are not known. */
  columns?: readonly string[]
}

export interface FigureFact {
  /** Row id of the figure in step 4. */
  id: string
  ready: boolean
}

export interface ReadinessContext {
  /** Approved answers of the earlier steps. */
  upstream?: StepAnswers
  sources?: readonly SourceFact[]
  /** Codes of the entity's agencies; left out when they are not known here. */
  agencies?: readonly string[]
  /** Computed figures; left out until something computes them. */
  figures?: readonly FigureFact[]
  /** Counts of attention: none, of a source no longer in use, or ready to be printed; left out where nobody asks. */
  coverage?: 'absent' | 'unread' | 'ready'
  /** Files to publish: not prepared, prepared from other answers, or ready; left out where nothing prepares them. */
  release?: 'absent' | 'stale' | 'ready'
  /** Of the report: what each figure and segment its numbers point to is computed from now. */
  bases?: Bases
  /** What figures that step 4 no longer asks for were called, by id; left out where the report shows none of them. */
  formerFigures?: ReadonlyMap<string, string>
  /** How the sources in use read each of their variables (`ColumnType`), by code; left out where nobody asks. */
  columnTypes?: ReadonlyMap<string, readonly string[]>
  /** Last definition of each variable the entity knows, by code; left out where nobody asks. */
  catalogue?: ReadonlyMap<string, VariableDefinition>
}

/** What can be missing; the sentences stand in `app/text/gaps.ts`. */
export type GapCode =
  | 'asked'
  | 'unwritten'
  | 'unanswered'
  | 'unchosen'
  | 'too_few_rows'
  | 'must_be_yes'
  | 'option_gone'
  | 'cell_option_gone'
  | 'period_reversed'
  | 'variable_repeated'
  | 'variable_sensitive'
  | 'drop_unexplained'
  | 'values_repeated'
  | 'change_unexplained'
  | 'category_not_studied'
  | 'nothing_prioritized'
  | 'no_technique'
  | 'technique_unapplied'
  | 'source_repeated'
  | 'source_unknown'
  | 'contract_incomplete'
  | 'snapshot_missing'
  | 'source_unapproved'
  | 'variable_without_source'
  | 'variable_uncounted'
  | 'cross_with_itself'
  | 'no_cross'
  | 'filter_wrong'
  | 'rule_wrong'
  | 'figure_too_fine'
  | 'segment_too_fine'
  | 'no_segment'
  | 'reading_missing'
  | 'figures_pending'
  | 'agencies_uninformed'
  | 'mail_personal'
  | 'table_repeated'
  | 'numbers_stale'
  | 'figure_gone'
  | 'coverage_unread'
  | 'release_absent'
  | 'release_stale'

export interface Missing {
  /** Code of the group, the same under which observations are filed. */
  group: string
  field: string
  /** Name of the input to go to. */
  path: string
  code: GapCode | ShapeCode
  facts: Facts
}

export type Rule = (answers: Answers, context: ReadinessContext) => Missing[]

export function missing(
  group: string,
  field: string,
  code: GapCode,
  facts: Facts = {},
  path = `${group}.${field}`,
): Missing {
  return { group, field, path, code, facts }
}

/** A gap in one cell of a list; `index` counts from 0. */
export function inRow(group: string, index: number, cell: string, code: GapCode, facts: Facts = {}): Missing {
  return missing(group, 'lista', code, facts, `${group}.lista[${index}].${cell}`)
}

/** `desde` after `hasta`; one of the two empty is no gap of this kind. */
export function reversedPeriod(answers: Answers, group: string): Missing[] {
  const from = answerText(answers, group, 'desde')
  const to = answerText(answers, group, 'hasta')
  if (from === '' || to === '' || from <= to) return []
  return [missing(group, 'hasta', 'period_reversed')]
}
