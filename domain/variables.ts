/** Variables of step 2: their score on the five criteria and which of them are prioritized. */
import { findVariable, type VariableCategory } from '../catalog/variables.ts'
import { type Answers, answerText, listOf, type Row, rowsOf, textOf } from './forms.ts'
import { COLLECTED, readOptions, type VariableDefinition } from './variable-definitions.ts'

/** In the order of the procedure (MM-GAC-P-008 v2, lineamiento 2). */
export const CRITERIA = ['relevante', 'economica', 'medible', 'asociativa', 'consistente'] as const
export type Criterion = (typeof CRITERIA)[number]

export const DEFAULT_THRESHOLD = 4

export interface ScoredVariable {
  rowId: string
  code: string
  label: string
  category: VariableCategory | ''
  kind: 'category' | 'number' | 'date' | 'text'
  sensitive: boolean
  directIdentifier: boolean
  /** Those the step lists or, where it lists none, those of the catalogue that is shipped. */
  values: readonly { code: string; label: string }[]
  /** As the step writes it; empty texts were left open. */
  stated: VariableDefinition
  changeReason: string
  /** Answer to each of the five criteria: `si`, `no` or empty. */
  criteria: Record<Criterion, string>
  costBenefit: string
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
  const label = own ? textOf(row.nombre) : (known?.label ?? textOf(row.variable))
  const category = own ? (textOf(row.categoria) as VariableCategory | '') : (known?.category ?? '')
  const sensitive = row.sensible === 'si' || (known?.sensitive ?? false)
  const typed = readOptions(textOf(row.valores))
  const values = typed.length > 0 ? typed : (known?.values ?? [])
  return {
    rowId: row.id,
    code: own ? textOf(row.codigo) : textOf(row.variable),
    ...{ label, category, kind: known?.kind ?? 'category', sensitive, directIdentifier, values },
    stated: {
      ...{ name: label, category, sensitive, values },
      ...{ definition: textOf(row.definicion).trim(), unit: textOf(row.unidad).trim() },
      periodicity: COLLECTED.find((code) => code === row.periodicidad) ?? '',
    },
    changeReason: textOf(row.motivo_cambio),
    criteria: Object.fromEntries(
      CRITERIA.map((criterion) => [criterion, textOf(row[criterion])]),
    ) as ScoredVariable['criteria'],
    costBenefit: textOf(row.costo_beneficio),
    disaggregation: textOf(row.desagregacion),
    purpose: textOf(row.proposito),
    objectives: listOf(row.objetivos),
    score,
    prioritized: enough && !directIdentifier,
    discardReason: textOf(row.motivo_descarte),
  }
}
