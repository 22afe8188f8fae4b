/** Tables of correspondence between two versions of a variable, from their proposal to the decision of another person (N11). */
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Conversion } from '../domain/conversions.ts'
import type { Crosswalk, Pair } from '../domain/crosswalks.ts'
import { Refused } from '../domain/refusals.ts'
import { recordEvent } from './audit.ts'
import type { Claimant } from './claims.ts'
import type { Trx } from './client.ts'
import { hashOf } from './content-hash.ts'
import { newId } from './ids.ts'
import { decodeCursor, type Page, pageOf } from './pages.ts'

export type CrosswalkStatus = 'proposed' | 'approved' | 'returned'

export interface CrosswalkRow extends Crosswalk {
  id: string
  status: CrosswalkStatus
  contentHash: string
  proposedById: string
  /** For whom it was proposed, by somebody who substituted them. */
  proposedForId: string | null
  proposedBy: string
  proposedAt: Date
  decidedById: string | null
  decidedBy: string | null
  decidedAt: Date | null
  observation: string
}

/** A stored table as the rules of `domain/series.ts` read it. */
export function crosswalkOf(row: {
  from_n: number
  to_n: number
  pairs: unknown
  conversion: unknown
  note: string
  status: string
  decided_at: Date | null
}): Crosswalk {
  const { from_n: from, to_n: to, note, status, decided_at: decidedAt } = row
  const [pairs, conversion] = [row.pairs as Pair[], row.conversion as Conversion | null]
  return { from, to, pairs, conversion, note, approvedAt: status === 'approved' ? decidedAt : null }
}

const crosswalkRows = (trx: Trx) =>
  trx
    .selectFrom('crosswalk')
    .innerJoin('person as proposer', 'proposer.id', 'crosswalk.proposed_by')
    .leftJoin('person as decider', 'decider.id', 'crosswalk.decided_by')
    .select(['crosswalk.id', 'from_n', 'to_n', 'pairs', 'conversion', 'note', 'status', 'content_hash', 'proposed_by'])
    .select('proposed_for')
    .select(['proposed_at', 'decided_by', 'decided_at', 'observation', 'proposer.display_name as proposer'])
    .select('decider.display_name as decider')

function rowOf(row: Awaited<ReturnType<ReturnType<typeof crosswalkRows>['execute']>>[number]): CrosswalkRow {
  return {
    ...crosswalkOf(row),
    ...{ id: row.id, status: row.status as CrosswalkStatus, contentHash: row.content_hash },
    ...{ proposedById: row.proposed_by, proposedForId: row.proposed_for, proposedBy: row.proposer },
    proposedAt: row.proposed_at,
    ...{ decidedById: row.decided_by, decidedBy: row.decider, decidedAt: row.decided_at },
    observation: row.observation,
  }
}

/** Returned ones too, oldest first. */
export async function listCrosswalks(trx: Trx, variableId: string): Promise<CrosswalkRow[]> {
  const rows = await crosswalkRows(trx)
    .where('variable_id', '=', variableId)
    .orderBy('proposed_at')
    .orderBy('crosswalk.id')
    .execute()
  return rows.map(rowOf)
}

/** One table, held until it is decided or the transaction ends. */
export async function lockCrosswalk(trx: Trx, variableId: string, id: string): Promise<CrosswalkRow | undefined> {
  await trx.selectFrom('crosswalk').select('id').where('id', '=', id).forUpdate().execute()
  const row = await crosswalkRows(trx)
    .where('variable_id', '=', variableId)
    .where('crosswalk.id', '=', id)
    .executeTakeFirst()
  return row && rowOf(row)
}

export interface WaitingCrosswalk {
  id: string
  code: string
  name: string
  fromVigencia: number
  toVigencia: number
  proposedById: string
  proposedForId: string | null
  proposedBy: string
  proposedAt: Date
  /** Exercise that brought the newer version. */
  cycleId: string
  to: number
}

/** Proposed and not decided, oldest first. */
export async function listWaitingCrosswalks(
  trx: Trx,
  entityId: string,
  { cursor, limit }: { cursor: string | null; limit: number },
): Promise<Page<WaitingCrosswalk>> {
  const after = decodeCursor(cursor, ['instant', 'id'])
  const { rows } = await sql<WaitingCrosswalk & { key: string }>`
    select w.id, v.code, d.definition->>'name' as name, b.vigencia as "fromVigencia", d.vigencia as "toVigencia",
      w.proposed_by as "proposedById", w.proposed_for as "proposedForId", p.display_name as "proposedBy", w.proposed_at as "proposedAt",
      d.cycle_id as "cycleId", w.to_n as to, w.proposed_at::text as key
    from crosswalk w join variable v on v.id = w.variable_id
      join variable_version b on b.variable_id = w.variable_id and b.n = w.from_n
      join variable_version d on d.variable_id = w.variable_id and d.n = w.to_n
      join person p on p.id = w.proposed_by
    where w.entity_id = ${entityId} and w.status = 'proposed'
      and ${after ? sql`(w.proposed_at, w.id) > (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql`true`}
    order by w.proposed_at, w.id limit ${limit + 1}`.execute(trx)
  const page = pageOf(rows, limit, ({ key, id }) => [key, id])
  return { next: page.next, rows: page.rows.map(({ key: _key, ...row }) => row) }
}

type By = Claimant & { requestId: string | null }

export interface NewCrosswalk {
  variableId: string
  /** Exercise whose step 2 brought the new definition. */
  cycleId: string
  from: number
  pairs: readonly Pair[]
  conversion: Conversion | null
  note: string
}

/** Throws `Refused('crosswalk_standing')` where one is proposed or approved already. */
export async function insertCrosswalk(trx: Trx, by: By, proposal: NewCrosswalk): Promise<string> {
  const { variableId, cycleId, from, pairs, conversion, note } = proposal
  const [id, to] = [newId(), from + 1]
  const contentHash = hashOf({ variable: variableId, from, to, pairs, note, ...(conversion && { conversion }) })
  const made = await trx
    .insertInto('crosswalk')
    .values({
      ...{ id, entity_id: by.entityId, variable_id: variableId, from_n: from, to_n: to, note },
      ...{
        pairs: JSON.stringify(pairs),
        conversion: conversion && JSON.stringify(conversion),
        content_hash: contentHash,
      },
      ...{ proposed_by: by.personId, proposed_position: by.positionId },
    })
    .onConflict((oc) => oc.columns(['variable_id', 'from_n']).where('status', '<>', 'returned').doNothing())
    .executeTakeFirst()
  if (made.numInsertedOrUpdatedRows !== 1n) throw new Refused('crosswalk_standing')
  await recordEvent(trx, { ...eventOf(by, id, cycleId), type: 'crosswalk.proposed', contentHash })
  return id
}

export interface CrosswalkVerdict {
  verdict: 'approve' | 'return'
  /** Why it was given back; empty where it was approved. */
  observation: string
}

/** The caller holds the row and has asked `objectionToDeciding`. */
export async function recordCrosswalkVerdict(
  trx: Trx,
  by: By,
  crosswalk: Pick<CrosswalkRow, 'id' | 'contentHash'> & { cycleId: string },
  { verdict, observation }: CrosswalkVerdict,
): Promise<void> {
  const status = verdict === 'approve' ? 'approved' : 'returned'
  const changed = await trx
    .updateTable('crosswalk')
    .set({
      ...{ status, observation, decided_by: by.personId, decided_position: by.positionId },
      decided_at: sql<Date>`app_now()`,
    })
    .where('id', '=', crosswalk.id)
    .where('status', '=', 'proposed')
    .executeTakeFirst()
  if (changed.numUpdatedRows !== 1n) throw new Refused('already_decided')
  const bodyHash = observation ? createHash('sha256').update(observation).digest('hex') : null
  await recordEvent(trx, {
    ...eventOf(by, crosswalk.id, crosswalk.cycleId),
    type: verdict === 'approve' ? 'crosswalk.approved' : 'crosswalk.returned',
    contentHash: crosswalk.contentHash,
    changes: [
      { field: 'status', before: 'proposed', after: status },
      ...(bodyHash ? [{ field: 'body_hash', before: null, after: bodyHash }] : []),
    ],
  })
}

function eventOf(by: By, objectId: string, cycleId: string) {
  return {
    ...{ entityId: by.entityId, objectId, cycleId, stepCode: '2', origin: 'web' as const },
    ...{ actorPerson: by.personId, actorPosition: by.positionId, requestId: by.requestId },
  }
}
