/** What an acceptance of a risk asks of people by a day: to decide on it, and to decide what comes after it (features D9). */
import { addWorkingDays } from '../domain/calendar.ts'
import { DAYS_TO_DECIDE } from '../domain/risk-treatment.ts'
import type { Trx } from './client.ts'
import { appToday } from './clock.ts'
import { endFollowUp, openFollowUp } from './follow-ups.ts'
import { entityCalendar } from './terms.ts'

interface RiskAbout {
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

/** Whoever answers for the risk decides what comes after its acceptance: by a civil date, or soon where there is none. */
export async function askToTreat(trx: Trx, about: RiskAbout, until: string | null): Promise<void> {
  const owner = await trx
    .selectFrom('risk')
    .innerJoin('position', 'position.id', 'risk.owner_position')
    .select(['position.id', 'position.duty'])
    .where('risk.id', '=', about.riskId)
    .executeTakeFirstOrThrow()
  const dueOn = until ?? (await soon(trx, about))
  await openFollowUp(trx, { ...keyOf(about, 'treat_risk'), duty: owner.duty, positionId: owner.id, dueOn })
}

export async function endAskToTreat(trx: Trx, about: RiskAbout): Promise<void> {
  await endFollowUp(trx, keyOf(about, 'treat_risk'))
}

const keyOf = ({ entityId, riskId, riskCode }: RiskAbout, kind: 'accept_risk' | 'treat_risk') => ({
  ...{ entityId, kind, objectId: riskId, code: riskCode },
})

async function soon(trx: Trx, { entityId }: RiskAbout): Promise<string> {
  return addWorkingDays(appToday(), DAYS_TO_DECIDE, await entityCalendar(trx, entityId))
}
