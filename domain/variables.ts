/** Variables of step 2: their score on the five criteria and which of them are prioritized. */
import { findVariable, type VariableCategory } from '../catalog/variables.ts'
import { type Answers, answerText, listOf, type Row, rowsOf, textOf } from './forms.ts'

/** In the order of the procedure (MM-GAC-P-008 v2, lineamiento 2). */
export const CRITERIA = ['relevante', 'economica', 'medible', 'asociativa', 'consistente'] as const

export const DEFAULT_THRESHOLD = 4

export interface ScoredVariable {
  rowId: string
  code: string
  label: string
  category: VariableCategory | ''
  kind: 'category' | 'number' | 'date' | 'text'
  sensitive: boolean
  directIdentifier: boolean
  values: readonly { code: string; label: string }[]
  disaggregation: string
  purpose: string
  /** Row ids of the specific objectives of step 1. */
  objectives: string[]
  /** 0 to 5. */
  score: number
  prioritized: boolean
  discardReason: string
}

/** Σ of the five criteria answered yes, 0 to 5. */
function scoreOf(row: Row): number {
  return CRITERIA.filter((criterion) => row[criterion] === 'si').length
}

/** Threshold stored with the exercise; 4 while it is not written. */
export function thresholdOf(answers: Answers | undefined): number {
  const typed = Number(answerText(answers, 'criterio', 'umbral'))
  return Number.isInteger(typed) && typed >= 1 && typed <= 5 ? typed : DEFAULT_THRESHOLD
}

/** Every variable of step 2 with its score, dropped ones too; rows without a variable yet are left out. */
export function variablesOf(answers: Answers | undefined): ScoredVariable[] {
  const threshold = thresholdOf(answers)
  return rowsOf(answers, 'variables', 'lista')
    .map((row) => scored(row, threshold))
    .filter((variable) => variable.code !== '')
}

/** The variables later steps work with: relevant, measurable, at or above the threshold, and no direct identifier. */
export function prioritize(answers: Answers | undefined): ScoredVariable[] {
  return variablesOf(answers).filter((variable) => variable.prioritized)
}

function scored(row: Row, threshold: number): ScoredVariable {
  const known = findVariable(textOf(row.variable))
  const own = row.variable === 'propia'
  const score = scoreOf(row)
  const directIdentifier = known?.directIdentifier ?? false
  const enough = score >= threshold && row.relevante === 'si' && row.medible === 'si'
  return {
    rowId: row.id,
    code: own ? textOf(row.codigo) : textOf(row.variable),
    label: own ? textOf(row.nombre) : (known?.label ?? textOf(row.variable)),
    category: own ? (textOf(row.categoria) as VariableCategory | '') : (known?.category ?? ''),
    kind: known?.kind ?? 'category',
    sensitive: row.sensible === 'si' || (known?.sensitive ?? false),
    directIdentifier,
    values: known?.values ?? [],
    disaggregation: textOf(row.desagregacion),
    purpose: textOf(row.proposito),
    objectives: listOf(row.objetivos),
    score,
    prioritized: enough && !directIdentifier,
    discardReason: textOf(row.motivo_descarte),
  }
}
