/** Findings of control interno (N15; AV-C-004 and 4220000-CR-054, planes de mejoramiento), each with the action it asks for. */
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { checkerOfFinding } from '../domain/improvement.ts'
import type { FindingInput } from '../domain/improvement-inputs.ts'
import { Refused } from '../domain/refusals.ts'
import { type ActingPerson, eventBy } from './administration.ts'
import { recordEvent } from './audit.ts'
import type { Trx } from './client.ts'
import { appNow, appToday } from './clock.ts'
import { createImprovementAction } from './improvement-actions.ts'

/**
 * Writes a finding and makes its action, each with its event; answers the code of the action, also when the same form
 * comes again. Throws `Refused('body_differs')` where it says something else then, `out_of_date` for a position that ended.
 */
export async function recordFinding(
  trx: Trx,
  actor: ActingPerson & { positionId: string },
  finding: FindingInput,
): Promise<string> {
  const { findingId: id, source, foundOn, criterion, condition, cause, effect } = finding
  const standing = await trx.selectFrom('finding').select('condition').where('id', '=', id).executeTakeFirst()
  if (standing && standing.condition !== condition) throw new Refused('body_differs')
  const owner = (await listStandingPositions(trx, actor.entityId)).find(({ id: one }) => one === finding.positionId)
  if (!owner) throw new Refused('out_of_date')
  const action = await createImprovementAction(
    trx,
    {
      ...{ origin: 'finding', originKey: id, cycleId: null, stepVersionId: null, year: Number(appToday().slice(0, 4)) },
      ...{ what: finding.what, target: null, segment: null, priority: null, agencyId: owner.agencyId },
      ...{ duty: owner.duty, positionId: owner.id, indicator: finding.indicator, dueDate: finding.dueDate },
      checkerDuty: checkerOfFinding(owner.duty),
    },
    eventBy(actor),
    appNow(),
  )
  if (standing) return action.code
  const words = { source, criterion, condition, cause, effect }
  await trx
    .insertInto('finding')
    .values({
      ...{ ...words, id, entity_id: actor.entityId, action_id: action.id, found_on: foundOn },
      ...{ radicado: finding.radicado || null, person_id: actor.personId, position_id: actor.positionId },
    })
    .execute()
  const bodyHash = createHash('sha256').update(Object.values(words).join('\u0000')).digest('hex')
  await recordEvent(trx, {
    ...{ ...eventBy(actor), type: 'finding.recorded', objectId: id },
    changes: [
      { field: 'code', before: null, after: action.code },
      { field: 'body_hash', before: null, after: bodyHash },
    ],
  })
  return action.code
}

export interface Finding {
  source: string
  radicado: string | null
  /** Civil date of the document. */
  foundOn: string
  criterion: string
  condition: string
  cause: string
  effect: string
  /** Who wrote it. */
  position: string
}

/** The finding an action stems from; undefined where it stems from something else. */
export async function findFinding(trx: Trx, actionId: string): Promise<Finding | undefined> {
  return await trx
    .selectFrom('finding')
    .innerJoin('position', 'position.id', 'finding.position_id')
    .select(['source', 'radicado', 'found_on as foundOn', 'criterion', 'condition', 'cause', 'effect'])
    .select('position.name as position')
    .where('action_id', '=', actionId)
    .executeTakeFirst()
}

export interface Owner {
  id: string
  name: string
  duty: string
  agencyId: string
  agency: string
}

/** Positions that stand today, by dependencia and name: who can answer for an action. */
export async function listStandingPositions(trx: Trx, entityId: string): Promise<Owner[]> {
  return await trx
    .selectFrom('position')
    .innerJoin('agency', 'agency.id', 'position.agency_id')
    .select(['position.id', 'position.name', 'position.duty', 'agency.id as agencyId', 'agency.name as agency'])
    .where('position.entity_id', '=', entityId)
    .where(({ or, eb }) =>
      or([eb('position.ended_on', 'is', null), eb('position.ended_on', '>=', sql<string>`app_today()`)]),
    )
    .orderBy('agency.name')
    .orderBy('position.name')
    .orderBy('position.id')
    .execute()
}
