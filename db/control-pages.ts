/** What pages read of controls: their runs, what shows them and their pauses. */
import { sql } from 'kysely'
import type { RunStatus, RunVerdict } from '../domain/control-runs.ts'
import type { EvidenceState } from '../domain/risk-methodology.ts'
import { inYear } from './civil-years.ts'
import type { Trx } from './client.ts'
import { lastPausedDay } from './control-resumptions.ts'
import { decodeCursor, type Page, pageOf } from './pages.ts'

export interface RunLine {
  start: string
  end: string
  dueOn: string
  status: RunStatus
  /** The day on which it was missed; null where it was not. */
  missedOn: string | null
  executedBy: string | null
  checkedBy: string | null
}

const RUN_LINE = sql`u.period_start as start, u.period_end as end, u.due_on as "dueOn", u.status, u.missed_on as "missedOn",
  e.display_name as "executedBy", k.display_name as "checkedBy"`
const RUN_FROM = sql`control_run u left join person e on e.id = u.executed_by left join person k on k.id = u.checked_by`

/** Runs of a control, the last first; 25 a page. */
export async function listControlRuns(
  trx: Trx,
  controlId: string,
  cursor: string | null = null,
  limit = 25,
): Promise<Page<RunLine>> {
  const after = decodeCursor(cursor, ['date'])
  const earlier = after ? sql`and u.period_start < ${after[0]}` : sql``
  const found = await sql<RunLine>`select ${RUN_LINE} from ${RUN_FROM} where u.control_id = ${controlId} ${earlier}
    order by u.period_start desc limit ${limit + 1}`.execute(trx)
  return pageOf(found.rows, limit, (row) => [row.start])
}

/** Runs whose period begins in a year: by day at most 366. */
export async function listRunsOfYear(
  trx: Trx,
  controlId: string,
  year: number,
): Promise<{ start: string; status: RunStatus; missedOn: string | null }[]> {
  return await trx
    .selectFrom('control_run')
    .select(['period_start as start', 'missed_on as missedOn'])
    .select(({ ref }) => ref('status').$castTo<RunStatus>().as('status'))
    .where('control_id', '=', controlId)
    .where(inYear(sql.ref('period_start'), year))
    .orderBy('period_start')
    .execute()
}

export interface RunAct {
  id: string
  kind: RunVerdict
  person: string
  position: string
  actingFor: string | null
  storedAt: Date
  /** Stored, and going through by itself. */
  isUnderWay: boolean
  text: string | null
}

/** What people did with a run, the first first; what was refused stands in the record of events. */
export async function listRunActs(trx: Trx, runId: string): Promise<RunAct[]> {
  const found = await sql<RunAct>`
    select a.id, a.kind, p.display_name as person, pos.name as position, f.display_name as "actingFor",
      a.stored_at as "storedAt", a.status = 'stored' as "isUnderWay", o.body as text
    from act a join person p on p.id = a.person_id join position pos on pos.id = a.position_id
      left join person f on f.id = a.acting_for left join observation o on o.act_id = a.id
    where a.run_id = ${runId} and a.status <> 'refused' order by a.stored_at limit 100`.execute(trx)
  return found.rows
}

export interface ShownEvidence {
  id: string
  /** Number of the revision. */
  n: number
  name: string
  sha256: string
  bytes: number
  from: string
  to: string
  validUntil: string
  uploadedAt: Date
  attestedBy: string
  position: string
  /** Begin of the period of the run it shows. */
  run: string
  /** Codes of the controls it shows, this one included. */
  controls: string[]
}

/** What was shown of a control, or of one run of it, the last first; 25 a page. */
export async function listShownEvidence(
  trx: Trx,
  of: { controlId: string; runId?: string },
  cursor: string | null = null,
  limit = 25,
): Promise<Page<ShownEvidence>> {
  const after = decodeCursor(cursor, ['instant', 'id'])
  const earlier = after ? sql`and (u.recorded_at, e.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql``
  const ofRun = of.runId ? sql`and u.run_id = ${of.runId}` : sql``
  const found = await sql<ShownEvidence & { key: string }>`
    select e.id, e.n, e.name, e.sha256, e.bytes, e.period_start as "from", e.period_end as "to",
      e.valid_until as "validUntil", e.uploaded_at as "uploadedAt", p.display_name as "attestedBy",
      pos.name as position, r.period_start as run, u.recorded_at::text as key,
      (select array_agg(distinct c.code order by c.code) from control_evidence_use o join risk_control c on c.id = o.control_id
        where o.evidence_id = e.id and o.recorded_at is not null) as controls
    from control_evidence_use u join control_evidence e on e.id = u.evidence_id join control_run r on r.id = u.run_id
      join person p on p.id = e.attested_by join position pos on pos.id = e.attested_position
    where u.control_id = ${of.controlId} ${ofRun} and u.recorded_at is not null ${earlier}
    order by u.recorded_at desc, e.id desc limit ${limit + 1}`.execute(trx)
  const page = pageOf(found.rows, limit, (row) => [row.key, row.id])
  return { ...page, rows: page.rows.map(({ key: _key, ...row }) => row) }
}

export interface ShownPause {
  id: string
  from: string
  until: string
  /** As it stands, whoever moved it. */
  lastDay: string
  reason: string
  by: string
  /** The last time it was lifted early. */
  resumed: { on: string; reason: string; by: string } | null
}

/** Pauses of a control, the last first. */
export async function listPauses(trx: Trx, controlId: string): Promise<ShownPause[]> {
  const found = await sql<ShownPause>`
    select p.id, p.from_on as "from", p.until_on as until, ${lastPausedDay} as "lastDay", p.reason, pos.name as by, (
      select json_build_object('on', u.resumes_on, 'reason', u.reason, 'by', w.name) from control_resumption u
      join position w on w.id = u.resumed_position where u.pause_id = p.id order by u.resumes_on limit 1
    ) as resumed from control_pause p
    join position pos on pos.id = p.paused_position where p.control_id = ${controlId}
    order by p.from_on desc, p.paused_at desc limit 50`.execute(trx)
  return found.rows
}

/** Evidence of a control as it counts now; nothing was ever shown where it has none. */
export async function findStandingOf(
  trx: Trx,
  controlId: string,
): Promise<{ state: EvidenceState; until: string | null }> {
  const row = await trx
    .selectFrom('control_standing')
    .select(['state', 'until'])
    .where('control_id', '=', controlId)
    .executeTakeFirst()
  return { state: (row?.state ?? 'never') as EvidenceState, until: row?.until ?? null }
}
