/** Who is told of a day by which somebody has to act (features B6): resolved when it is told, never before. */
import { sql } from 'kysely'
import { bogotaDate } from '../domain/civil-dates.ts'
import { headsAbove } from './agency-heads.ts'
import type { Trx } from './client.ts'
import { headsFor, holdersOf, type Told } from './notices.ts'
import { substitutesOf } from './substitutes.ts'

/** Who has to act: the one position, or whoever has the duty. */
export interface InCharge {
  duty: string
  positionId: string | null
  /** Dependencia that answers for it. */
  agencyId: string | null
  /** Persons who are not told: they did what is to be checked. */
  barred: string[]
  /** What kind of work whoever substitutes has to be able to do. */
  work: 'elaboration' | 'decisions'
}

/**
 * Who is told today: whoever has to act and had no hand in what is to be checked; for an escalation, who directs them; and
 * where nobody holds what is asked, whoever directs the agency (model.md §1).
 */
export async function addresseesOf(
  trx: Trx,
  charge: InCharge,
  { entityId, escalates, now }: { entityId: string; escalates: boolean; now: Date },
): Promise<Told[]> {
  const day = bogotaDate(now)
  const { duty } = charge
  const holders = await holdersOf(trx, { entityId, duty, day, barredOn: null })
  const told = await inCharge(trx, charge, holders, day)
  if (escalates) {
    const above = await headAbove(trx, charge, { entityId, day, told })
    return above.map((personId) => ({ personId, told: 'superior', duty }))
  }
  if (told.length > 0) {
    const deputies = await inTheirStead(trx, charge, { entityId, day })
    return [
      ...told.map((personId) => ({ personId, told: 'in_charge', duty }) as const),
      ...deputies.filter((id) => !told.includes(id)).map((id) => ({ personId: id, told: 'substitute', duty }) as const),
    ]
  }
  return (await headsFor(trx, entityId, duty, day)).map((personId) => ({ personId, told: 'vacancy', duty }))
}

/**
 * The nearest head of the dependencia that answers who is not told anyway: told for knowing, which gives nobody the right
 * to report in another's place.
 */
async function headAbove(
  trx: Trx,
  { duty, agencyId }: InCharge,
  { entityId, day, told }: { entityId: string; day: string; told: string[] },
): Promise<string[]> {
  const heads = agencyId !== null ? await headsAbove(trx, entityId, agencyId, day) : []
  const others = heads.filter(({ personId }) => !told.includes(personId))
  const nearest = others.filter(({ height }) => height === others[0]?.height).map(({ personId }) => personId)
  if (nearest.length > 0) return nearest
  return (await headsFor(trx, entityId, duty, day)).filter((personId) => !told.includes(personId))
}

/** Who substitutes those told of it; none with a hand in what is to be checked. */
async function inTheirStead(
  trx: Trx,
  { duty, positionId, work, barred }: InCharge,
  key: { entityId: string; day: string },
): Promise<string[]> {
  const people = await substitutesOf(trx, { ...key, duty, work, ...(positionId !== null && { positionId }) })
  return people.filter((id) => !barred.includes(id))
}

async function inCharge(trx: Trx, { positionId, barred }: InCharge, holders: string[], day: string): Promise<string[]> {
  const free = holders.filter((personId) => !barred.includes(personId))
  if (positionId === null) return free
  const own = await trx
    .selectFrom('tenure')
    .select('person_id')
    .distinct()
    .where('position_id', '=', positionId)
    .where('from_date', '<=', day)
    .where(sql<boolean>`(to_date is null or to_date >= ${day})`)
    .execute()
  return own.map((row) => row.person_id).filter((personId) => free.includes(personId))
}
