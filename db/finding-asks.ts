/** What is asked of the owner of a finding by a day (features D12): its causes, and then the actions that answer them. */
import { addWorkingDays } from '../domain/calendar.ts'
import { ANALYSE_WITHIN, PLAN_WITHIN } from '../domain/findings.ts'
import type { Trx } from './client.ts'
import { appToday } from './clock.ts'
import { openFollowUp } from './follow-ups.ts'
import { entityCalendar } from './terms.ts'

const WITHIN = { cause_analysis: ANALYSE_WITHIN, plan_actions: PLAN_WITHIN } as const

export async function askOwner(trx: Trx, kind: keyof typeof WITHIN, findingId: string): Promise<void> {
  const { code, entityId, positionId, duty } = await trx
    .selectFrom('finding')
    .innerJoin('position', 'position.id', 'finding.owner_position')
    .select(['finding.code', 'finding.entity_id as entityId', 'position.id as positionId', 'position.duty'])
    .where('finding.id', '=', findingId)
    .executeTakeFirstOrThrow()
  const dueOn = addWorkingDays(appToday(), WITHIN[kind], await entityCalendar(trx, entityId))
  await openFollowUp(trx, { entityId, kind, objectId: findingId, code, duty, positionId, dueOn })
}
