/** The plan of a finding (features D12): its causes, the actions that answer them and its closing, each change with its event. */
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { CauseMethod, FindingStatus, PlannedAction } from '../domain/findings.ts'
import type { ActionStatus } from '../domain/improvement.ts'
import type { CauseAnalysisInput, PlanActionInput } from '../domain/improvement-inputs.ts'
import { Refused } from '../domain/refusals.ts'
import { type ActingPerson, eventBy } from './administration.ts'
import { recordEvent } from './audit.ts'
import type { Trx } from './client.ts'
import { appNow, appToday } from './clock.ts'
import { askOwner } from './finding-asks.ts'
import { listStandingPositions } from './findings.ts'
import { endFollowUp } from './follow-ups.ts'
import { createImprovementAction, findByOrigin } from './improvement-actions.ts'

type Planner = ActingPerson & { positionId: string }

export interface HeldFinding {
  id: string
  code: string
  status: FindingStatus
  round: number
  ownerPosition: string
  checkerDuty: string
  actions: PlannedAction[]
}

/** A finding with the actions of its plan; undefined when not visible. `lock`: nobody else changes it meanwhile. */
export async function findHeldFinding(
  trx: Trx,
  entityId: string,
  code: string,
  { lock = false }: { lock?: boolean } = {},
): Promise<HeldFinding | undefined> {
  const row = await trx
    .selectFrom('finding')
    .select(['id', 'code', 'status', 'round', 'owner_position as ownerPosition', 'checker_duty as checkerDuty'])
    .where('entity_id', '=', entityId)
    .where('code', '=', code)
    .$if(lock, (query) => query.forUpdate())
    .executeTakeFirst()
  return row && { ...row, status: row.status as FindingStatus, actions: await listPlannedActions(trx, row.id) }
}

/** The actions of a plan, in the order of their codes. */
export async function listPlannedActions(trx: Trx, findingId: string): Promise<PlannedAction[]> {
  const rows = await trx
    .selectFrom('improvement_action')
    .select(['code', 'status', 'round'])
    .where('finding_id', '=', findingId)
    .orderBy('year')
    .orderBy('n')
    .execute()
  return rows.map(({ code, status, round }) => ({ code, status: status as ActionStatus, round: round ?? 1 }))
}

/** Whether this analysis stands already. Throws `Refused('body_differs')` where the same form says something else. */
export async function isAnalysed(trx: Trx, findingId: string, input: CauseAnalysisInput): Promise<boolean> {
  const standing = await trx
    .selectFrom('cause_analysis')
    .select(['finding_id', 'method', 'steps', 'root'])
    .where('id', '=', input.formKey)
    .executeTakeFirst()
  if (!standing) return false
  const isSame = standing.method === input.method && standing.root === input.root && standing.finding_id === findingId
  if (!isSame || JSON.stringify(standing.steps) !== JSON.stringify(input.steps)) throw new Refused('body_differs')
  return true
}

/** Says why it happened: from here on its owner plans the actions that answer it. */
export async function recordCauses(
  trx: Trx,
  by: Planner,
  { id, code, round }: HeldFinding,
  { formKey, method, steps, root }: CauseAnalysisInput,
): Promise<void> {
  await trx
    .insertInto('cause_analysis')
    .values({
      ...{ id: formKey, entity_id: by.entityId, finding_id: id, round, method, steps: JSON.stringify(steps), root },
      ...{ person_id: by.personId, position_id: by.positionId },
    })
    .execute()
  await trx
    .updateTable('finding')
    .set({ status: 'in_plan' })
    .where('id', '=', id)
    .where('status', '=', 'to_analyse')
    .execute()
  await endFollowUp(trx, { entityId: by.entityId, kind: 'cause_analysis', objectId: id })
  await askOwner(trx, 'plan_actions', id)
  const hash = createHash('sha256')
    .update([...steps, root].join('\u0000'))
    .digest('hex')
  await recordEvent(trx, {
    ...{ ...eventBy(by), type: 'finding.analysed', objectId: id, objectVersion: String(round) },
    changes: [
      { field: 'code', before: null, after: code },
      { field: 'method', before: null, after: method },
      { field: 'body_hash', before: null, after: hash },
    ],
  })
}

const originOf = (formKey: string) => ({ origin: 'finding' as const, originKey: formKey, cycleId: null })

/** Code of the action this form made. Throws `Refused('body_differs')` where the same form says something else. */
export async function findPlanned(
  trx: Trx,
  { entityId }: ActingPerson,
  findingId: string,
  { formKey, what, positionId, dueDate, indicator }: PlanActionInput,
): Promise<string | undefined> {
  const standing = await findByOrigin(trx, entityId, originOf(formKey))
  if (!standing) return undefined
  const isSame = standing.what === what && standing.due_date === dueDate && standing.indicator === indicator
  if (!isSame || standing.position_id !== positionId || standing.finding_id !== findingId)
    throw new Refused('body_differs')
  return standing.code
}

/** Adds an action to the plan; answers its code. Throws `Refused('out_of_date')` for a position that ended. */
export async function planAction(
  trx: Trx,
  by: Planner,
  { id: findingId, round, checkerDuty }: HeldFinding,
  { formKey, positionId, ...words }: PlanActionInput,
): Promise<string> {
  const owner = (await listStandingPositions(trx, by.entityId)).find(({ id }) => id === positionId)
  if (!owner) throw new Refused('out_of_date')
  const { code } = await createImprovementAction(
    trx,
    {
      ...{
        ...originOf(formKey),
        stepVersionId: null,
        year: Number(appToday().slice(0, 4)),
        plan: { findingId, round },
      },
      ...{ ...words, target: null, segment: null, priority: null, agencyId: owner.agencyId },
      ...{ duty: owner.duty, positionId, checkerDuty },
    },
    eventBy(by),
    appNow(),
  )
  await endFollowUp(trx, { entityId: by.entityId, kind: 'plan_actions', objectId: findingId })
  return code
}

/** Closes the plan with what was achieved; the event holds the hash of it. */
export async function closeFinding(trx: Trx, by: Planner, { id, code }: HeldFinding, note: string): Promise<void> {
  await trx
    .updateTable('finding')
    .set({
      ...{ status: 'closed', closed_at: sql<Date>`app_now()`, closed_by: by.personId, closed_position: by.positionId },
      closing_note: note,
    })
    .where('id', '=', id)
    .execute()
  await endFollowUp(trx, { entityId: by.entityId, kind: 'finding_closing', objectId: id })
  await recordEvent(trx, {
    ...{ ...eventBy(by), type: 'finding.closed', objectId: id },
    changes: [
      { field: 'code', before: null, after: code },
      { field: 'closing_note', before: null, after: createHash('sha256').update(note).digest('hex') },
    ],
  })
}

export interface ShownAnalysis {
  round: number
  method: CauseMethod
  steps: string[]
  root: string
  person: string
  position: string
  at: Date
}

/** How its causes were said, the last first. */
export async function listAnalyses(trx: Trx, findingId: string): Promise<ShownAnalysis[]> {
  const rows = await trx
    .selectFrom('cause_analysis as c')
    .innerJoin('person', 'person.id', 'c.person_id')
    .innerJoin('position', 'position.id', 'c.position_id')
    .select(['c.round', 'c.method', 'c.steps', 'c.root', 'c.written_at as at'])
    .select(['person.display_name as person', 'position.name as position'])
    .where('c.finding_id', '=', findingId)
    .orderBy('c.round', 'desc')
    .execute()
  return rows.map((row) => ({ ...row, method: row.method as CauseMethod, steps: row.steps as string[] }))
}
