import { BOOLEAN_VALUES } from '../../catalog/value-words.ts'
import { emitAggregates, snapshotVariables, UnknownVariable } from '../../db/aggregates.ts'
import { type SegmentSize, sizeOf } from '../../domain/aggregates.ts'
import { type SegmentRule, variablesIn } from '../../domain/rules.ts'
import type { ComparedVariable } from '../../domain/segment-comparison.ts'

/** The snapshot that a page counts on, with the entity's threshold. */
export interface Snapshot {
  dir: string
  hash: string
  threshold: number
}

/** Variables that a rule of this snapshot may name, with the values of lists and of yes and no. */
export async function variablesOf(snapshot: Pick<Snapshot, 'dir' | 'hash'>) {
  const { variables } = await snapshotVariables(snapshot)
  return variables.map(({ code, label, type, sensitive, values }) => ({
    ...{ code, label, type, sensitive, values: type === 'boolean' ? BOOLEAN_VALUES : values },
  }))
}

export const labelsOf = (variables: readonly ComparedVariable[]) => ({
  variable: (code: string) => variables.find((one) => one.code === code)?.label ?? code,
})

export const isAskable = (rule: SegmentRule, variables: readonly ComparedVariable[]) =>
  variablesIn(rule).every((code) => variables.some((one) => one.code === code))

/** Null where the snapshot does not offer what the rule asks. */
export async function sizeOfRule(rule: SegmentRule, snapshot: Snapshot): Promise<SegmentSize | null> {
  try {
    return sizeOf(await emitAggregates('interno', { kind: 'segment', rule }, snapshot))
  } catch (failure) {
    if (failure instanceof UnknownVariable) return null
    throw failure
  }
}
