/** What becomes of a plan when one of its actions is checked or given up (features D12): without effect it is opened again, with new causes. */
import { addWorkingDays } from '../domain/calendar.ts'
import {
  CLOSE_WITHIN,
  FINDING_ORIGINS,
  type FindingStatus,
  lacksActions,
  objectionToClosing,
} from '../domain/findings.ts'
import type { CheckVerdict, DropVerdict } from '../domain/improvement.ts'
import { type ActingPerson, eventBy } from './administration.ts'
import { recordEvent } from './audit.ts'
import type { Trx } from './client.ts'
import { appToday } from './clock.ts'
import { askOwner } from './finding-asks.ts'
import { type HeldFinding, listPlannedActions } from './finding-plans.ts'
import { openFinding } from './findings.ts'
import { endFollowUp, openFollowUp } from './follow-ups.ts'
import { newId } from './ids.ts'
import { entityCalendar } from './terms.ts'

interface Effect {
  action: { id: string; code: string; findingId: string | null }
  verdict: CheckVerdict
  /** What whoever checked it saw. */
  grounds: string
}

export async function followEffect(
  trx: Trx,
  by: ActingPerson & { positionId: string },
  { action, verdict, grounds }: Effect,
): Promise<void> {
  if (action.findingId !== null) return await followPlan(trx, by, action.findingId, verdict)
  if (verdict === 'ineffective') await openPlanOf(trx, by, action, grounds)
}

async function followPlan(
  trx: Trx,
  by: ActingPerson & { positionId: string },
  findingId: string,
  verdict: CheckVerdict,
): Promise<void> {
  const finding = await trx
    .selectFrom('finding')
    .select(['id', 'code', 'status', 'round', 'checker_duty'])
    .where('id', '=', findingId)
    .forUpdate()
    .executeTakeFirstOrThrow()
  const { id, code, round } = finding
  const status = finding.status as FindingStatus
  const about = { entityId: by.entityId, kind: 'finding_closing' as const, objectId: id }
  if (verdict === 'ineffective') {
    if (status !== 'in_plan') return
    await trx
      .updateTable('finding')
      .set({ status: 'to_analyse', round: round + 1 })
      .where('id', '=', id)
      .execute()
    await endFollowUp(trx, about, 'dropped')
    await endFollowUp(trx, { ...about, kind: 'plan_actions' }, 'dropped')
    await askOwner(trx, 'cause_analysis', id)
    const changes = [
      { field: 'code', before: null, after: code },
      { field: 'round', before: round, after: round + 1 },
    ]
    return await recordEvent(trx, { ...eventBy(by), type: 'finding.reopened', objectId: id, changes })
  }
  await askToClose(trx, { id, code, status, round, checkerDuty: finding.checker_duty, entityId: by.entityId })
}

type FollowedFinding = Pick<HeldFinding, 'id' | 'code' | 'status' | 'round' | 'checkerDuty'> & { entityId: string }

/** Asks for the closing once nothing is against it. */
async function askToClose(trx: Trx, finding: FollowedFinding): Promise<void> {
  const { id, code, status, round, checkerDuty: duty, entityId } = finding
  if (objectionToClosing({ status, round, actions: await listPlannedActions(trx, id) }) !== null) return
  const dueOn = addWorkingDays(appToday(), CLOSE_WITHIN, await entityCalendar(trx, entityId))
  await openFollowUp(trx, { entityId, kind: 'finding_closing', objectId: id, code, duty, positionId: null, dueOn })
}

interface DecidedDrop {
  action: { findingId: string | null; round: number | null }
  verdict: DropVerdict
}

/** What giving up an action leaves of its plan: nothing, and its owner plans anew; only what had its effect, and it is closed. */
export async function followDrop(
  trx: Trx,
  { entityId }: { entityId: string },
  { action: { findingId, round }, verdict }: DecidedDrop,
): Promise<void> {
  if (findingId === null || verdict !== 'dropped') return
  const row = await trx
    .selectFrom('finding')
    .select(['id', 'code', 'status', 'round', 'checker_duty as checkerDuty'])
    .where('id', '=', findingId)
    .forUpdate()
    .executeTakeFirstOrThrow()
  // The plan rests on the actions of its last round alone.
  if (row.round !== round) return
  const finding = { ...row, status: row.status as FindingStatus }
  const actions = await listPlannedActions(trx, findingId)
  if (lacksActions({ ...finding, actions })) return await askOwner(trx, 'plan_actions', findingId)
  await askToClose(trx, { ...finding, entityId })
}

/** A recommendation or commitment that had no effect asks for a plan of its own. */
async function openPlanOf(
  trx: Trx,
  by: ActingPerson & { positionId: string },
  { id, code }: Effect['action'],
  grounds: string,
): Promise<void> {
  const row = await trx
    .selectFrom('improvement_action')
    .select(['origin', 'what', 'indicator', 'duty', 'position_id'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  const owner = row.position_id ?? (await positionOf(trx, by.entityId, row.duty)) ?? by.positionId
  const origin = FINDING_ORIGINS.find((one) => one === row.origin) ?? 'recommendation'
  const words = { criterion: row.indicator, condition: grounds, cause: '', effect: row.what }
  const finding = { ...words, id: newId(), origin, radicado: null, foundOn: appToday(), source: code } as const
  await openFinding(trx, { ...finding, ownerPosition: owner, sourceAction: id }, eventBy(by), by)
}

/** The first position that stands today with this duty. */
async function positionOf(trx: Trx, entityId: string, duty: string): Promise<string | undefined> {
  const row = await trx
    .selectFrom('position')
    .select('id')
    .where('entity_id', '=', entityId)
    .where('duty', '=', duty)
    .where('ended_on', 'is', null)
    .orderBy('name')
    .executeTakeFirst()
  return row?.id
}
