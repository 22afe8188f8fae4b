/** What the treatment and overwritten residuals of risks ask of people by a day (features D2, D9). */
import { addWorkingDays } from '../domain/calendar.ts'
import { DAYS_TO_DECIDE } from '../domain/risk-treatment.ts'
import type { Trx } from './client.ts'
import { appToday } from './clock.ts'
import { endFollowUp, openFollowUp } from './follow-ups.ts'
import { entityCalendar } from './terms.ts'

export interface RiskAbout {
  entityId: string
  riskId: string
  riskCode: string
}

export async function askToAccept(trx: Trx, about: RiskAbout, duty: string): Promise<void> {
  await openFollowUp(trx, { ...keyOf(about, 'accept_risk'), duty, positionId: null, dueOn: await soon(trx, about) })
}

/** Somebody decided, or nothing is left to decide on. */
export async function endAskToAccept(trx: Trx, about: RiskAbout, status: 'done' | 'dropped'): Promise<void> {
  await endFollowUp(trx, keyOf(about, 'accept_risk'), status)
}

/**
 * Whoever answers for the risk decides what is done about it: by a civil date, on which its acceptance ends, or soon where there is
 * none. Asked again it gives no more days.
 */
export async function askToTreat(trx: Trx, about: RiskAbout, until: string | null): Promise<void> {
  const owner = await ownerOf(trx, about)
  const dueOn = until ?? (await soon(trx, about))
  const asked = { ...keyOf(about, 'treat_risk'), duty: owner.duty, positionId: owner.id, dueOn }
  await openFollowUp(trx, asked, { postpones: false })
}

export async function endAskToTreat(trx: Trx, about: RiskAbout, status: 'done' | 'dropped' = 'done'): Promise<void> {
  await endFollowUp(trx, keyOf(about, 'treat_risk'), status)
}

/**
 * What was written over the residual of a risk lapsed: whoever answers for it is told the same day, and says whether it is
 * written again or, reviewing the risk, that it need not be.
 */
export async function askToOverwrite(trx: Trx, about: RiskAbout): Promise<void> {
  const owner = await ownerOf(trx, about)
  const dueOn = await soon(trx, about)
  const asked = { ...keyOf(about, 'override_lapsed'), duty: owner.duty, positionId: owner.id, dueOn }
  await openFollowUp(trx, asked, { tellsNow: true })
}

export async function endAskToOverwrite(trx: Trx, about: RiskAbout): Promise<void> {
  await endFollowUp(trx, keyOf(about, 'override_lapsed'))
}

/** Whether whoever answers for a risk has still to look at what lapsed. */
export async function isAskedToOverwrite(trx: Trx, riskId: string): Promise<boolean> {
  const open = await trx
    .selectFrom('follow_up')
    .select('id')
    .where('object_id', '=', riskId)
    .where('kind', '=', 'override_lapsed')
    .where('status', '=', 'open')
    .executeTakeFirst()
  return open !== undefined
}

const keyOf = ({ entityId, riskId, riskCode }: RiskAbout, kind: 'accept_risk' | 'treat_risk' | 'override_lapsed') => ({
  ...{ entityId, kind, objectId: riskId, code: riskCode },
})

async function ownerOf(trx: Trx, { riskId }: RiskAbout) {
  return await trx
    .selectFrom('risk')
    .innerJoin('position', 'position.id', 'risk.owner_position')
    .select(['position.id', 'position.duty'])
    .where('risk.id', '=', riskId)
    .executeTakeFirstOrThrow()
}

async function soon(trx: Trx, { entityId }: RiskAbout): Promise<string> {
  return addWorkingDays(appToday(), DAYS_TO_DECIDE, await entityCalendar(trx, entityId))
}
