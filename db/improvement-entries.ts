/** What is told of an improvement action, line after line, and what each line makes of it (G4, N15). */
import { createHash } from 'node:crypto'
import { addDays, addMonths } from '../domain/civil-dates.ts'
import type { EventType } from '../domain/events.ts'
import {
  type ActionStatus,
  type CheckVerdict,
  type DropVerdict,
  nextDayOf,
  type ReportableStatus,
  VERIFY_WITHIN_DAYS,
  type VerificationVerdict,
} from '../domain/improvement.ts'
import { Refused } from '../domain/refusals.ts'
import { handsOf } from '../domain/substitutions.ts'
import { type ActingPerson, eventBy } from './administration.ts'
import { addEntryFiles, type NamedFile } from './attachments.ts'
import { recordEvent } from './audit.ts'
import type { Trx } from './client.ts'
import { appNow, appToday } from './clock.ts'
import { planDayNotices } from './day-notices.ts'
import { followDrop, followEffect } from './finding-effects.ts'

export interface HeldAction {
  id: string
  code: string
  cycleId: string | null
  duty: string
  positionId: string | null
  checkerDuty: string
  status: ActionStatus
  /** Civil dates. */
  dueDate: string
  verifyBy: string | null
  checkOn: string | null
  /** The plan it is part of, and which analysis of its causes it answers. */
  findingId: string | null
  round: number | null
  /** Persons who reported on it, with or without its result. */
  hands: string[]
}

/** The row of an action, held until the transaction ends; undefined when not visible. */
export async function lockAction(trx: Trx, entityId: string, code: string): Promise<HeldAction | undefined> {
  const row = await trx
    .selectFrom('improvement_action')
    .select(['id', 'code', 'cycle_id as cycleId', 'duty', 'position_id as positionId', 'checker_duty as checkerDuty'])
    .select([
      'status',
      'due_date as dueDate',
      'verify_by as verifyBy',
      'check_on as checkOn',
      'finding_id as findingId',
      'round',
    ])
    .where('entity_id', '=', entityId)
    .where('code', '=', code)
    .forUpdate()
    .executeTakeFirst()
  if (!row) return undefined
  return { ...row, status: row.status as ActionStatus, hands: await handsOn(trx, row.id) }
}

/** Persons who reported on an action, and those they did it for: none of them checks its effect (model.md §4). */
export async function handsOn(trx: Trx, actionId: string): Promise<string[]> {
  const rows = await trx
    .selectFrom('improvement_entry')
    .select(['person_id as personId', 'acting_for as actingFor'])
    .where('action_id', '=', actionId)
    .where('kind', 'in', ['progress', 'result'])
    .execute()
  return [...new Set(rows.flatMap(handsOf))].sort()
}

export interface NewEntry {
  id: string
  /** What a person wrote, and where the evidence is; neither stands in the event. */
  body: string
  evidence: string
  /** Evidence that came with it, already stored. */
  files?: readonly NamedFile[]
}

export type Writer = ActingPerson & { positionId: string }

/** Progress, a reason for none, or why the action should be given up, which somebody else decides within days. */
export async function recordProgress(
  trx: Trx,
  actor: Writer,
  action: HeldAction,
  entry: NewEntry & { status: ReportableStatus },
): Promise<void> {
  const { status } = entry
  await addEntry(trx, actor, action, { ...entry, kind: 'progress' })
  const decideBy = status === 'drop_asked' ? { verify_by: addDays(appToday(), VERIFY_WITHIN_DAYS) } : {}
  await moveAction(trx, actor, action, { status, reported_at: appNow(), ...decideBy })
  await tell(trx, actor, action, { type: 'improvement.reported', status, entry })
}

/** It is given up, which may leave its plan without actions; or it is to be done still. */
export async function recordDrop(
  trx: Trx,
  actor: Writer,
  action: HeldAction,
  entry: NewEntry & { verdict: DropVerdict },
): Promise<void> {
  const { verdict: status } = entry
  await addEntry(trx, actor, action, { ...entry, kind: 'verification', status })
  await moveAction(trx, actor, action, { status })
  await tell(trx, actor, action, { type: 'improvement.drop_decided', status, entry })
  await followDrop(trx, actor, { action, verdict: status })
}

/** Carried out, with what its indicator says; somebody else verifies it within days. */
export async function recordResult(trx: Trx, actor: Writer, action: HeldAction, entry: NewEntry): Promise<void> {
  await addEntry(trx, actor, action, { ...entry, kind: 'result', status: 'done' })
  const now = appNow()
  const done = {
    reported_at: now,
    done_at: now,
    verify_by: addDays(appToday(), VERIFY_WITHIN_DAYS),
    result: entry.body,
  }
  await moveAction(trx, actor, action, { status: 'done', ...done })
  await tell(trx, actor, action, { type: 'improvement.done', status: 'done', entry })
}

/** It was carried out as was said, and its effect is checked so many months later; or it was not, and is to be done still. */
export async function recordVerification(
  trx: Trx,
  actor: Writer,
  action: HeldAction,
  entry: NewEntry & { verdict: VerificationVerdict; months: number },
): Promise<void> {
  const { verdict: status, months } = entry
  await addEntry(trx, actor, action, { ...entry, kind: 'verification', status })
  const verified = status === 'verified' ? { verified_at: appNow(), check_on: addMonths(appToday(), months) } : {}
  await moveAction(trx, actor, action, { status, ...verified })
  await tell(trx, actor, action, { type: 'improvement.verified', status, entry })
}

/** Whether it had the effect it was made for; what had none opens its plan again. */
export async function recordCheck(
  trx: Trx,
  actor: Writer,
  action: HeldAction,
  entry: NewEntry & { verdict: CheckVerdict },
): Promise<void> {
  const status = entry.verdict
  await addEntry(trx, actor, action, { ...entry, kind: 'check', status })
  await moveAction(trx, actor, action, { status, checked_at: appNow() })
  await tell(trx, actor, action, { type: 'improvement.checked', status, entry })
  await followEffect(trx, actor, { action, verdict: status, grounds: entry.body })
}

/** Whether this line stands already: the same form sent again writes nothing. Throws `Refused('body_differs')` for another text. */
export async function isWritten(trx: Trx, actionId: string, { id, body, evidence }: NewEntry): Promise<boolean> {
  const standing = await trx
    .selectFrom('improvement_entry')
    .select(['action_id as of', 'body', 'evidence'])
    .where('id', '=', id)
    .executeTakeFirst()
  const isSame = standing?.body === body && (standing.evidence ?? '') === evidence && standing.of === actionId
  if (standing && !isSame) throw new Refused('body_differs')
  return standing !== undefined
}

async function addEntry(
  trx: Trx,
  actor: Writer,
  action: HeldAction,
  entry: NewEntry & { kind: 'progress' | 'result' | 'verification' | 'check'; status: ActionStatus },
): Promise<void> {
  const { last } = await trx
    .selectFrom('improvement_entry')
    .select(({ fn }) => fn.max('n').as('last'))
    .where('action_id', '=', action.id)
    .executeTakeFirstOrThrow()
  const { id, kind, status, body, evidence, files = [] } = entry
  await trx
    .insertInto('improvement_entry')
    .values({
      ...{ id, kind, status, body, evidence: evidence || null, n: (last ?? 0) + 1, action_id: action.id },
      ...{ entity_id: actor.entityId, person_id: actor.personId, position_id: actor.positionId },
    })
    .execute()
  await addEntryFiles(trx, actor, { entryId: id, code: action.code, cycleId: action.cycleId }, files)
}

async function moveAction(
  trx: Trx,
  actor: Writer,
  action: HeldAction,
  columns: {
    status: ActionStatus
    reported_at?: Date
    done_at?: Date
    verify_by?: string
    verified_at?: Date
    check_on?: string
    result?: string
    checked_at?: Date
  },
): Promise<void> {
  const moved = await trx
    .updateTable('improvement_action')
    .set({ ...columns, signal_wanted: true })
    .where('id', '=', action.id)
    .where('status', '=', action.status)
    .executeTakeFirst()
  if (moved.numUpdatedRows !== 1n) throw new Error(`action ${action.id} is no longer ${action.status}`)
  const { dueDate } = action
  const [verifyBy, checkOn] = [columns.verify_by ?? null, columns.check_on ?? null]
  const day = nextDayOf({ status: columns.status, dueDate, verifyBy, checkOn })
  if (day === nextDayOf(action)) return
  await planDayNotices(trx, { entityId: actor.entityId, about: { action_id: action.id }, day, now: appNow() })
}

async function tell(
  trx: Trx,
  actor: Writer,
  action: HeldAction,
  { type, status, entry }: { type: EventType; status: ActionStatus; entry: NewEntry },
): Promise<void> {
  const bodyHash = createHash('sha256').update(entry.body).update('\u0000').update(entry.evidence).digest('hex')
  await recordEvent(trx, {
    ...{ ...eventBy(actor), type, objectId: action.id, cycleId: action.cycleId },
    changes: [
      { field: 'code', before: null, after: action.code },
      { field: 'status', before: action.status, after: status },
      { field: 'body_hash', before: null, after: bodyHash },
    ],
  })
}
