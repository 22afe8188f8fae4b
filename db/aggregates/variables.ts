/** The variables of a snapshot that may be asked for: no identifiers, no person key, no free text. */
import { MEASURE_KINDS, type MeasureKind, type Rule } from '../../domain/aggregates.ts'
import { variablesIn } from '../../domain/rules.ts'
import type { MappedColumn } from '../../domain/sources.ts'
import type { SnapshotMetadata } from '../snapshots.ts'

/** Asked for a variable that the snapshot does not offer, or a value of a wrong kind. A programming error or a stale page. */
export class UnknownVariable extends Error {}

const isOffered = (column: MappedColumn) => column.role === 'variable' && column.type !== 'text'

export const offeredVariables = ({ mapping }: SnapshotMetadata) => mapping.filter(isOffered)

/** Throws `UnknownVariable`. */
export function requireVariable({ mapping }: SnapshotMetadata, code: string): MappedColumn {
  const column = mapping.find((mapped) => mapped.code === code)
  if (!column || !isOffered(column)) throw new UnknownVariable(code)
  return column
}

export const usesSensitive = (metadata: SnapshotMetadata, rule: Rule) =>
  variablesIn(rule).some((variable) => requireVariable(metadata, variable).sensitive)

/** The variables of a rule that are numbers or days; undefined where there are none. Throws `UnknownVariable`. */
export function measuresIn(metadata: SnapshotMetadata, rule: Rule): Record<string, MeasureKind> | undefined {
  const kinds = variablesIn(rule).flatMap((variable) => {
    const kind = MEASURE_KINDS.find((one) => one === requireVariable(metadata, variable).type)
    return kind ? [[variable, kind] as const] : []
  })
  return kinds.length > 0 ? Object.fromEntries(kinds) : undefined
}

const collator = new Intl.Collator('es', { numeric: true })

/** Values of a category: as the mapping lists them, else by alphabet. */
export function orderedValues(column: MappedColumn, metadata: SnapshotMetadata): string[] {
  const known = metadata.categories[column.code] ?? []
  return column.allowed?.length ? known : [...known].sort(collator.compare)
}
