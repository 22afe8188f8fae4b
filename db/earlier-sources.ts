/** Sources of earlier exercises, which of them a source goes on with, and what is known of it by that (E2; docs/decisions/0023). */
import { sql } from 'kysely'
import type { Periodicity } from '../domain/freshness.ts'
import { withoutYear } from '../domain/series.ts'
import type { Mapping } from '../domain/sources.ts'
import type { Trx } from './client.ts'
import { isContentGone } from './gone-content.ts'
import { findImport, type ImportRow } from './imports.ts'
import type { SourceContract, SourceRow } from './sources.ts'

/** A source of an earlier vigencia whose file was accepted there, with what its contract said. */
export interface EarlierSource extends SourceContract {
  cycleName: string
  vigencia: number
  /** Through which it was fetched; null where its files were uploaded. */
  connectionId: string | null
}

const MOST = 200

/**
 * Of all earlier vigencias of the cycle, the newest first, and of each those of the exercise named like this one before
 * others; without those that never had a snapshot, were detached, or whose content went by an act of disposal.
 */
export async function listEarlierSources(trx: Trx, cycleId: string): Promise<EarlierSource[]> {
  const rows = await earlierRows(trx, cycleId).limit(MOST).execute()
  const isNamesake = (row: EarlierRow) => withoutYear(row.cycleName) === withoutYear(row.ownName)
  return rows.sort((a, b) => b.vigencia - a.vigencia || Number(isNamesake(b)) - Number(isNamesake(a))).map(earlierOf)
}

/** Undefined unless `listEarlierSources` would list it, given room. */
export async function findEarlierSource(
  trx: Trx,
  cycleId: string,
  sourceId: string,
): Promise<EarlierSource | undefined> {
  const row = await earlierRows(trx, cycleId).where('source.id', '=', sourceId).executeTakeFirst()
  return row && earlierOf(row)
}

type EarlierRow = Awaited<ReturnType<ReturnType<typeof earlierRows>['execute']>>[number]

function earlierOf({ ownName: _, ...row }: EarlierRow): EarlierSource {
  return { ...row, periodicity: row.periodicity as Periodicity | null }
}

const earlierRows = (trx: Trx, cycleId: string) =>
  trx
    .selectFrom('source')
    .innerJoin('cycle', 'cycle.id', 'source.cycle_id')
    .innerJoin('cycle as own', (join) => join.onRef('own.entity_id', '=', 'cycle.entity_id').on('own.id', '=', cycleId))
    .leftJoin('agency', 'agency.id', 'source.owner_agency_id')
    .select([
      ...(['source.id', 'source.cycle_id as cycleId', 'cycle.name as cycleName', 'cycle.vigencia'] as const),
      ...(['source.name', 'source.owner_agency_id as ownerAgencyId', 'agency.name as ownerAgency'] as const),
      ...(['source.legal_basis as legalBasis', 'source.sensitivity', 'source.periodicity'] as const),
      ...(['source.period_from as periodFrom', 'source.period_to as periodTo'] as const),
      ...(['source.person_key as personKey', 'source.demo_note as demoNote'] as const),
      ...(['source.connection_id as connectionId', 'own.name as ownName'] as const),
    ])
    .whereRef('cycle.vigencia', '<', 'own.vigencia')
    .where('cycle.status', 'in', ['active', 'closed'])
    .where('source.import_id', 'is not', null)
    .where('source.detached_at', 'is', null)
    .where(({ not }) => not(isContentGone('cycle.id')))
    .orderBy('cycle.vigencia', 'desc')
    .orderBy('source.name')
    .orderBy('source.id')

/** Says which one a source goes on with, or none; false once a file of its own is in use, which later ones are compared with. */
export async function changeContinued(trx: Trx, sourceId: string, continuesId: string | null): Promise<boolean> {
  const done = await trx
    .updateTable('source')
    .set({ continues_id: continuesId })
    .where('id', '=', sourceId)
    .where('import_id', 'is', null)
    .executeTakeFirst()
  return done.numUpdatedRows === 1n
}

/** The file for which the columns of a source were accepted: the one in use, before the first that of the source it continues (E2). */
export async function findAccepted(
  trx: Trx,
  { importId, continues }: Pick<SourceRow, 'importId' | 'continues'>,
): Promise<ImportRow | undefined> {
  const id = importId ?? continues?.importId ?? null
  return id === null ? undefined : await findImport(trx, id)
}

/**
 * The mapping this source was last read with, else that of the source it continues: a corrected file of the same kind
 * starts from it (experience 46).
 */
export async function lastMapping(
  trx: Trx,
  source: Pick<SourceRow, 'id' | 'importId' | 'continues'>,
): Promise<Mapping> {
  const row = await trx
    .selectFrom('source_import')
    .select('mapping')
    .where('source_id', '=', source.id)
    .where(sql<boolean>`mapping <> '[]'`)
    .orderBy('requested_at', 'desc')
    .executeTakeFirst()
  if (row) return row.mapping as unknown as Mapping
  return (await findAccepted(trx, source))?.mapping ?? []
}
