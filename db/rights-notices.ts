/** What is told of citizens' requests: the ledger of their terms, and who answers for data protection today (Ley 1581 de 2012). */
import { bogotaDate } from '../domain/civil-dates.ts'
import { type DueNotice, SUPERIOR } from '../domain/notices.ts'
import { planRightsNotices } from '../domain/rights.ts'
import type { Term } from '../domain/terms.ts'
import type { Trx } from './client.ts'
import { newId } from './ids.ts'
import { dueNotices, headsFor, holdersOf, nextPlanned, type Told } from './notices.ts'
import type { LoadedRights } from './rights.ts'
import { entityCalendar, IN_CHARGE } from './terms.ts'

/** Duties that answer for data protection in an entity, the first in the first place. */
export async function rightsDuties(trx: Trx, entityId: string): Promise<string[]> {
  const row = await trx
    .selectFrom('entity')
    .select('rights_duties')
    .where('id', '=', entityId)
    .executeTakeFirstOrThrow()
  return row.rights_duties
}

/** Plans what will be told of a term to answer; what was planned for an earlier one is not told any more. */
export async function planTermOfRights(trx: Trx, request: LoadedRights, term: Term, now: Date): Promise<void> {
  await endRightsNotices(trx, request.state.id, now)
  const planned = planRightsNotices(term, await entityCalendar(trx, request.entityId))
  const rows = planned
    .filter(({ dueOn }) => dueOn > bogotaDate(now))
    .flatMap((notice) => {
      const row = (duty: string) => ({
        ...{ id: newId(), entity_id: request.entityId, rights_id: request.state.id, kind: notice.code, duty },
        ...{ planned_on: notice.dueOn, planned_at: notice.at },
      })
      return notice.kind === 'expiry' ? [row(IN_CHARGE), row(SUPERIOR)] : [row(IN_CHARGE)]
    })
  if (rows.length > 0) await trx.insertInto('notice').values(rows).execute()
}

export async function endRightsNotices(trx: Trx, requestId: string, now: Date): Promise<void> {
  await trx
    .updateTable('notice')
    .set({ status: 'superseded', settled_at: now })
    .where('rights_id', '=', requestId)
    .where('status', '=', 'planned')
    .execute()
}

export async function lockDueRightsNotices(trx: Trx, requestId: string, now: Date): Promise<DueNotice[]> {
  const rows = await dueNotices(trx, now).where('rights_id', '=', requestId).execute()
  return rows.map((row) => ({ ...row, attemptId: requestId }))
}

/** Instant of the next notice still planned; null when none is. */
export async function nextRightsNoticeAt(trx: Trx, requestId: string): Promise<Date | null> {
  const row = await nextPlanned(trx).where('rights_id', '=', requestId).executeTakeFirst()
  return row?.at ?? null
}

/**
 * Whoever is told today: those who answer for data protection, or whoever directs them; where nobody holds the duty, the
 * head above is told of the vacancy.
 */
export async function toldOfRights(
  trx: Trx,
  entityId: string,
  { escalates, now }: { escalates: boolean; now: Date },
): Promise<Told[]> {
  const day = bogotaDate(now)
  const duties = await rightsDuties(trx, entityId)
  const [first = ''] = duties
  if (escalates) {
    const heads = await headsFor(trx, entityId, first, day)
    return heads.map((personId) => ({ personId, told: 'superior', duty: first }) as const)
  }
  const found: Told[] = []
  for (const duty of duties)
    for (const personId of await holdersOf(trx, { entityId, duty, day, barredOn: null }))
      if (!found.some((one) => one.personId === personId)) found.push({ personId, told: 'in_charge', duty })
  if (found.length > 0) return found
  const heads = await headsFor(trx, entityId, first, day)
  return heads.map((personId) => ({ personId, told: 'vacancy', duty: first }) as const)
}
