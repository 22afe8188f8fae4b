/** Rounds of the automatic controls, their runs and the incident of one in red: every change with its event (D6). */
import { sql } from 'kysely'
import { type CheckResult, CONTROL_IDS, type ControlId, type Examination, resultOf } from '../domain/controls.ts'
import type { ActingPerson } from './administration.ts'
import { type EventRecord, recordEvent, recordEvents } from './audit.ts'
import type { Trx } from './client.ts'
import { hashOf } from './content-hash.ts'
import { idOf, newId } from './ids.ts'

/** An incident about a control that is in red. */
export const CONTROL_FAILED = 'control_failed'

export interface NewRound {
  id: string
  entityId: string
  controls: readonly ControlId[]
  /** Null where the Schedule, or something that happened, asks for it. */
  by: (ActingPerson & { positionId: string }) | null
}

/** Opens a round of these controls, which nobody has begun yet; the same one again adds nothing. */
export async function openRound(trx: Trx, { id, entityId, controls, by }: NewRound): Promise<void> {
  const opened = await trx
    .insertInto('check_round')
    .values({ id, entity_id: entityId, asked_by: by?.personId ?? null, asked_position: by?.positionId ?? null })
    .onConflict((oc) => oc.column('id').doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!opened) return
  const rows = controls.map((control) => ({
    id: idOf('check', id, control),
    entity_id: entityId,
    round_id: id,
    control,
  }))
  await trx.insertInto('automatic_check_run').values(rows).execute()
  await recordEvent(trx, {
    ...{ entityId, type: 'check.asked', objectId: id, origin: by ? 'web' : 'system', requestId: by?.requestId ?? null },
    ...{ actorPerson: by?.personId ?? null, actorPosition: by?.positionId ?? null },
    changes: [{ field: 'controls', before: null, after: controls.length }],
  })
}

/** The round that has not ended yet and runs this control, or any. */
export async function findStandingRound(trx: Trx, entityId: string, control?: ControlId): Promise<string | undefined> {
  const row = await trx
    .selectFrom('check_round')
    .innerJoin('automatic_check_run', 'automatic_check_run.round_id', 'check_round.id')
    .select('check_round.id')
    .where('check_round.entity_id', '=', entityId)
    .where('check_round.ended_at', 'is', null)
    .where('automatic_check_run.finished_at', 'is', null)
    .$if(control !== undefined, (query) => query.where('automatic_check_run.control', '=', control ?? ''))
    .orderBy('check_round.asked_at')
    .limit(1)
    .executeTakeFirst()
  return row?.id
}

/** Rounds that people asked for and that are not over; whose workflow runs need nothing. Runs over all entities. */
export async function listStandingRounds(trx: Trx, limit: number): Promise<{ id: string; entity_id: string }[]> {
  return await trx
    .selectFrom('check_round')
    .select(['id', 'entity_id'])
    .where('ended_at', 'is', null)
    .where('asked_by', 'is not', null)
    .where('asked_at', '<', sql<Date>`app_now() - interval '5 seconds'`)
    .orderBy('asked_at')
    .limit(limit)
    .execute()
}

/** Controls of a round that have no result yet, in the order of their list. */
export async function listLeftOfRound(trx: Trx, roundId: string): Promise<ControlId[]> {
  const rows = await trx
    .selectFrom('automatic_check_run')
    .select('control')
    .where('round_id', '=', roundId)
    .where('finished_at', 'is', null)
    .execute()
  const left = rows.map(({ control }) => control)
  return CONTROL_IDS.filter((control) => left.includes(control))
}

export interface RunKey {
  entityId: string
  roundId: string
  control: ControlId
}

/** What came of a run since it began: what it found, or the code of why it could not be carried out. */
export type Outcome = { startedAt: Date } & ({ examination: Examination } | { failureCode: string })

export interface Finished {
  result: CheckResult
  /** Of a control that was not in red before: somebody has to be told. */
  opened: string | null
}

/**
 * Keeps what came of a run, with its hash and its event; in red it has one incident open, which the next green closes. Done once:
 * undefined where it was before.
 */
export async function recordRun(trx: Trx, key: RunKey, outcome: Outcome): Promise<Finished | undefined> {
  const { entityId, roundId, control } = key
  // Two rounds at once would each open its incident.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${entityId} ${control}`}, 44))`.execute(trx)
  const run = await trx
    .selectFrom('automatic_check_run')
    .select('id')
    .where('round_id', '=', roundId)
    .where('control', '=', control)
    .where('finished_at', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  if (!run) return undefined
  const said = saidOf(outcome)
  const hash = hashOf({ schema: 1, entity: entityId, run: run.id, control, ...said })
  const incident = await followIncident(trx, key, run.id, said.result)
  await trx
    .updateTable('automatic_check_run')
    .set({
      ...{ finished_at: sql<Date>`app_now()`, result: said.result, looked_at: said.lookedAt, found: said.found },
      ...{ violations: JSON.stringify(said.violations), facts: JSON.stringify(said.facts) },
      ...{ failure_code: said.failureCode, content_hash: hash, incident_id: incident.id },
      started_at: outcome.startedAt,
    })
    .where('id', '=', run.id)
    .execute()
  await recordEvents(trx, [
    {
      ...{ entityId, type: EVENTS[said.result], objectId: run.id, contentHash: hash, origin: 'workflow' },
      changes: [
        { field: 'control', before: null, after: control },
        { field: 'looked_at', before: null, after: said.lookedAt },
        { field: 'found', before: null, after: said.found },
      ],
    },
    ...incident.events,
  ])
  await endRound(trx, roundId)
  return { result: said.result, opened: incident.opened ? incident.id : null }
}

/** A round is over with the last of its runs. */
async function endRound(trx: Trx, roundId: string): Promise<void> {
  const left = await listLeftOfRound(trx, roundId)
  if (left.length > 0) return
  await trx
    .updateTable('check_round')
    .set({ ended_at: sql<Date>`app_now()` })
    .where('id', '=', roundId)
    .where('ended_at', 'is', null)
    .execute()
}

const EVENTS = { passed: 'check.passed', failed: 'check.failed', error: 'check.not_done' } as const

function saidOf(outcome: Outcome) {
  if ('failureCode' in outcome) {
    const { failureCode } = outcome
    return { result: 'error' as const, lookedAt: null, found: null, violations: [], facts: {}, failureCode }
  }
  const { lookedAt, found, violations, facts = {} } = outcome.examination
  return { result: resultOf(outcome.examination), lookedAt, found, violations, facts, failureCode: null }
}

interface Followed {
  /** The incident this run belongs to. */
  id: string | null
  opened: boolean
  events: EventRecord[]
}

async function followIncident(
  trx: Trx,
  { entityId, control }: RunKey,
  runId: string,
  result: CheckResult,
): Promise<Followed> {
  const open = await trx
    .selectFrom('incident')
    .select('id')
    .where('entity_id', '=', entityId)
    .where('control', '=', control)
    .where('closed_at', 'is', null)
    .executeTakeFirst()
  const told = { entityId, reasonCode: CONTROL_FAILED, origin: 'workflow' } as const
  const changes = [{ field: 'control', before: null, after: control }]
  if (result === 'passed') {
    if (!open) return { id: null, opened: false, events: [] }
    await trx
      .updateTable('incident')
      .set({ closed_at: sql<Date>`app_now()`, closed_run: runId })
      .where('id', '=', open.id)
      .execute()
    return { id: open.id, opened: false, events: [{ ...told, type: 'incident.resolved', objectId: open.id, changes }] }
  }
  if (open) return { id: open.id, opened: false, events: [] }
  const id = newId()
  const about = { kind: CONTROL_FAILED, object_type: 'automatic_check_run', object_id: runId, control }
  await trx
    .insertInto('incident')
    .values({ id, entity_id: entityId, ...about })
    .execute()
  return { id, opened: true, events: [{ ...told, type: 'incident.opened', objectId: id, changes }] }
}

/** The last result of a control, and since when it stands: what a control of the risk map that it shows rests on. */
export async function findLastResult(
  trx: Trx,
  entityId: string,
  control: ControlId,
): Promise<{ runId: string; result: CheckResult; at: Date; contentHash: string } | undefined> {
  const row = await trx
    .selectFrom('automatic_check_run')
    .select(['id as runId', 'result', 'finished_at as at', 'content_hash as contentHash'])
    .where('entity_id', '=', entityId)
    .where('control', '=', control)
    .where('finished_at', 'is not', null)
    .orderBy('finished_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!row?.at || row.contentHash === null) return undefined
  return { runId: row.runId, result: row.result as CheckResult, at: row.at, contentHash: row.contentHash }
}

/** Holds back other drills of the installation until the transaction ends: each wants the same folder and disk. */
export async function holdDrill(trx: Trx): Promise<void> {
  await sql`select pg_advisory_xact_lock(4401)`.execute(trx)
}

/** The restore of a copy that was tried within the day for any entity; none for a round that a person asked for. */
export async function findFreshDrill(trx: Trx, roundId: string): Promise<Examination | undefined> {
  const found = await sql<Omit<Examination, 'violations' | 'found'>>`
    select looked_at as "lookedAt", facts from automatic_check_run
    where control = 'backup_restorable' and result = 'passed' and finished_at > app_now() - interval '20 hours'
      and exists (select from check_round r where r.id = ${roundId} and r.asked_by is null)
    order by finished_at desc limit 1`.execute(trx)
  const [drill] = found.rows
  return drill && { ...drill, found: 0, violations: [] }
}
