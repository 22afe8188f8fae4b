/** The snapshots a frozen step names by their hash, as the sources of its cycle have them. */
import type { ColumnType, Mapping } from '../domain/sources.ts'
import type { Trx } from './client.ts'

export interface NamedSnapshot {
  hash: string
  sourceName: string
  /** Of its columns. */
  codes: Set<string>
  /** Of the columns that are variables. */
  types: Map<string, ColumnType>
}

/** Snapshots of a cycle among those named, with the codes of their columns. */
export async function namedSnapshots(trx: Trx, cycleId: string, hashes: string[]): Promise<NamedSnapshot[]> {
  if (hashes.length === 0) return []
  const rows = await trx
    .selectFrom('snapshot')
    .innerJoin('source', 'source.id', 'snapshot.source_id')
    .select(['snapshot.hash', 'snapshot.mapping', 'source.name'])
    .where('source.cycle_id', '=', cycleId)
    .where('snapshot.hash', 'in', hashes)
    .orderBy('source.attached_at')
    .orderBy('snapshot.taken_at')
    .execute()
  return rows.map((row) => {
    const mapping = row.mapping as unknown as Mapping
    const variables = mapping.filter(({ role }) => role === 'variable')
    return {
      ...{ hash: row.hash, sourceName: row.name, codes: new Set(mapping.map(({ code }) => code)) },
      types: new Map(variables.map(({ code, type }) => [code, type])),
    }
  })
}
