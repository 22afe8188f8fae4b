import type { OutsideTable } from '../domain/connections.ts'
import type { Periodicity } from '../domain/freshness.ts'
import type { Trx } from './client.ts'

/** What was agreed about a source when it was attached (E1). */
export interface SourceContract {
  id: string
  cycleId: string
  name: string
  ownerAgencyId: string | null
  ownerAgency: string | null
  legalBasis: string
  sensitivity: string
  /** Civil dates `YYYY-MM-DD`. */
  periodFrom: string
  periodTo: string
  personKey: string | null
  /** How often newer data are expected (domain/freshness.ts). */
  periodicity: Periodicity | null
  demoNote: string | null
}

/** A source attached to a cycle, with its contract. */
export interface SourceRow extends SourceContract {
  attachedBy: string
  attachedAt: Date
  /** Through which connection it is fetched; null where its files are uploaded. */
  origin: SourceOrigin | null
  /** The source of an earlier exercise it goes on with. */
  continues: ContinuedSource | null
  importId: string | null
  snapshotHash: string | null
  /** Records in the snapshot in use; null before the first import. */
  rows: number | null
}

export interface ContinuedSource {
  id: string
  cycleId: string
  vigencia: number
  name: string
  periodFrom: string
  periodTo: string
  periodicity: Periodicity | null
  /** Of its file in use there. */
  importId: string | null
}

export interface SourceOrigin {
  connectionId: string
  /** All that those who do not keep connections are told of it. */
  name: string
  isRemoved: boolean
  /** Null until one was chosen, and of an HTTP connection. */
  table: OutsideTable | null
}

/** Sources of a cycle in the order attached; detached ones are left out. */
export async function listSources(trx: Trx, cycleId: string): Promise<SourceRow[]> {
  const rows = await sourceRows(trx).where('source.cycle_id', '=', cycleId).execute()
  return rows.map(sourceOf)
}

/** Undefined when it is not visible, belongs to another cycle or was detached. */
export async function findSource(trx: Trx, cycleId: string, sourceId: string): Promise<SourceRow | undefined> {
  const row = await sourceRows(trx)
    .where('source.cycle_id', '=', cycleId)
    .where('source.id', '=', sourceId)
    .executeTakeFirst()
  return row && sourceOf(row)
}

const sourceRows = (trx: Trx) =>
  trx
    .selectFrom('source')
    .leftJoin('agency', 'agency.id', 'source.owner_agency_id')
    .leftJoin('source_import', 'source_import.id', 'source.import_id')
    .leftJoin('connection', 'connection.id', 'source.connection_id')
    .leftJoin('source as earlier', 'earlier.id', 'source.continues_id')
    .leftJoin('cycle as earlier_cycle', 'earlier_cycle.id', 'earlier.cycle_id')
    .innerJoin('person', 'person.id', 'source.attached_by')
    .select([
      ...(['source.id', 'source.cycle_id', 'source.name', 'source.owner_agency_id', 'source.legal_basis'] as const),
      ...(['source.sensitivity', 'source.period_from', 'source.period_to', 'source.person_key'] as const),
      ...(['source.demo_note', 'source.attached_at', 'source.import_id', 'source.snapshot_hash'] as const),
      ...(['source.periodicity', 'source.connection_id', 'source.connection_schema'] as const),
      ...(['source.connection_table', 'connection.name as connection_name', 'connection.removed_at'] as const),
      ...(['earlier.id as earlier_id', 'earlier.cycle_id as earlier_cycle', 'earlier.name as earlier_name'] as const),
      ...([
        'earlier.period_from as earlier_from',
        'earlier.period_to as earlier_to',
        'earlier_cycle.vigencia',
      ] as const),
      ...(['earlier.periodicity as earlier_periodicity', 'earlier.import_id as earlier_import'] as const),
      'agency.name as agency_name',
      'person.display_name as attached_by',
      'source_import.rows as rows',
    ])
    .where('source.detached_at', 'is', null)
    .orderBy('source.attached_at')
    .orderBy('source.id')

type RawSource = Awaited<ReturnType<ReturnType<typeof sourceRows>['execute']>>[number]

function sourceOf(row: RawSource): SourceRow {
  return {
    id: row.id,
    cycleId: row.cycle_id,
    name: row.name,
    ownerAgencyId: row.owner_agency_id,
    ownerAgency: row.agency_name,
    legalBasis: row.legal_basis,
    sensitivity: row.sensitivity,
    periodFrom: row.period_from,
    periodTo: row.period_to,
    personKey: row.person_key,
    periodicity: row.periodicity as Periodicity | null,
    demoNote: row.demo_note,
    attachedBy: row.attached_by,
    attachedAt: row.attached_at,
    origin: originOf(row),
    continues: continuedOf(row),
    importId: row.import_id,
    snapshotHash: row.snapshot_hash,
    rows: row.rows === null ? null : Number(row.rows),
  }
}

function originOf(row: RawSource): SourceOrigin | null {
  if (row.connection_id === null) return null
  const { connection_schema: schema, connection_table: name } = row
  return {
    connectionId: row.connection_id,
    name: row.connection_name ?? '',
    isRemoved: row.removed_at !== null,
    table: schema === null || name === null ? null : { schema, name },
  }
}

function continuedOf(row: RawSource): ContinuedSource | null {
  const { earlier_id: id, earlier_cycle: cycleId, earlier_name: name, vigencia } = row
  const { earlier_from: periodFrom, earlier_to: periodTo } = row
  if (!id || !cycleId || !name || vigencia === null || !periodFrom || !periodTo) return null
  const periodicity = row.earlier_periodicity as Periodicity | null
  return { id, cycleId, vigencia, name, periodFrom, periodTo, periodicity, importId: row.earlier_import }
}
