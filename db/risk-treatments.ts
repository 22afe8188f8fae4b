/** What is done about a risk, and the plan of whoever reduces it (domain facts §2.7): every change with its event. */
import canonicalize from 'canonicalize'
import { checkerOfFinding } from '../domain/improvement.ts'
import { Refused, refuseIf } from '../domain/refusals.ts'
import type { PlanInput, TreatmentInput } from '../domain/risk-inputs.ts'
import { objectionToDeciding } from '../domain/risk-treatment.ts'
import { eventBy } from './administration.ts'
import { recordEvent } from './audit.ts'
import type { Trx } from './client.ts'
import { appNow, appToday } from './clock.ts'
import { hashOf } from './content-hash.ts'
import { listStandingPositions } from './findings.ts'
import { createImprovementAction } from './improvement-actions.ts'
import { findOpenAcceptance } from './risk-acceptances.ts'
import { endAskToTreat } from './risk-follow-ups.ts'
import { standOf } from './risk-standings.ts'
import type { HeldRisk, RiskKeeper } from './risks.ts'

/**
 * Decides what is done about a risk as it is rated now; the same form sent again decides nothing. Throws `Refused`:
 * `body_differs` where it says something else then, why accepting it is not decided here, `acceptance_open` while it is accepted
 * or somebody asked that it be.
 */
export async function recordTreatment(
  trx: Trx,
  by: RiskKeeper,
  risk: HeldRisk,
  { formKey: id, ...decided }: TreatmentInput,
): Promise<void> {
  const bodyHash = hashOf({ ...decided, risk: risk.id })
  const known = await trx.selectFrom('risk_treatment').select('body_hash').where('id', '=', id).executeTakeFirst()
  if (known && known.body_hash !== bodyHash) throw new Refused('body_differs')
  if (known) return
  const { methodology, risk: stands } = await standOf(trx, risk.id)
  refuseIf(objectionToDeciding(methodology, stands, decided.option))
  if (await findOpenAcceptance(trx, risk.id)) throw new Refused('acceptance_open')
  await endAskToTreat(trx, { entityId: by.entityId, riskId: risk.id, riskCode: risk.code })
  const before = await findLast(trx, risk.id)
  await trx
    .insertInto('risk_treatment')
    .values({
      ...{ ...decided, id, entity_id: by.entityId, risk_id: risk.id, n: (before?.n ?? 0) + 1, body_hash: bodyHash },
      ...{ assessment_id: risk.assessment.id, decided_by: by.personId, decided_position: by.positionId },
    })
    .execute()
  await recordEvent(trx, {
    ...{ ...eventBy(by), type: 'risk.treated', objectId: risk.id, contentHash: bodyHash },
    changes: [
      { field: 'code', before: null, after: risk.code },
      { field: 'option', before: before?.option ?? null, after: decided.option },
    ],
  })
}

async function findLast(trx: Trx, riskId: string) {
  return await trx
    .selectFrom('risk_treatment')
    .select(['n', 'option'])
    .where('risk_id', '=', riskId)
    .orderBy('n', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/**
 * Adds an activity to the plan of a risk: an improvement action like any other, checked by somebody else. The same form sent
 * again adds nothing. Throws `Refused('body_differs')` where it says something else then, `out_of_date` for a position that
 * ended.
 */
export async function addPlanAction(
  trx: Trx,
  by: RiskKeeper,
  risk: HeldRisk,
  { formKey, positionId, startsOn, followUpOn, ...words }: PlanInput,
): Promise<void> {
  const owner = (await listStandingPositions(trx, by.entityId)).find(({ id }) => id === positionId)
  if (!owner) throw new Refused('out_of_date')
  const asked = { what: words.what, positionId, dueDate: words.dueDate, indicator: words.indicator }
  const action = await createImprovementAction(
    trx,
    {
      ...{ ...asked, origin: 'risk', originKey: formKey, cycleId: null, stepVersionId: null },
      ...{ year: Number(appToday().slice(0, 4)), target: risk.code, segment: null, priority: null },
      ...{ agencyId: owner.agencyId, duty: owner.duty, checkerDuty: checkerOfFinding(owner.duty) },
    },
    eventBy(by),
    appNow(),
  )
  const days = { starts_on: startsOn, follow_up_on: followUpOn }
  const known = await trx
    .selectFrom('risk_plan_action as p')
    .innerJoin('improvement_action as a', 'a.id', 'p.action_id')
    .select(['p.risk_id', 'p.starts_on', 'p.follow_up_on', 'a.what', 'a.position_id', 'a.due_date', 'a.indicator'])
    .where('p.action_id', '=', action.id)
    .executeTakeFirst()
  const sent = { what: words.what, position_id: positionId, due_date: words.dueDate, indicator: words.indicator }
  if (known && canonicalize(known) !== canonicalize({ ...sent, ...days, risk_id: risk.id }))
    throw new Refused('body_differs')
  if (known) return
  await trx
    .insertInto('risk_plan_action')
    .values({ ...days, action_id: action.id, entity_id: by.entityId, risk_id: risk.id })
    .execute()
}
