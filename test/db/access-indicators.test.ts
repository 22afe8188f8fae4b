import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { measureRecertified } from '../../db/access-indicators.ts'
import { type Trx, withActor, withEntity } from '../../db/client.ts'
import { newId } from '../../db/ids.ts'
import { asOwner, smallTown, type Town } from '../support/town.ts'

const VIGENCIA = 2098
/** Last day of the campaign; of the accesses under review, when each was answered. */
const CUT_OFF = '2098-03-10'
const ANSWERS = [
  { at: '2098-03-02T15:00:00Z', hasLeft: false },
  // The last moment of the day in Bogotá, which is the next day in UTC, and the first after it.
  { at: '2098-03-11T04:59:59.999Z', hasLeft: false },
  { at: '2098-03-11T05:00:00Z', hasLeft: false },
  { at: null, hasLeft: false },
  { at: '2098-03-02T15:00:00Z', hasLeft: true },
]

it('the share recertified counts what was answered by the end of the last day in Bogotá, of what is under review', async () => {
  const town = await smallTown()
  try {
    const measure = (vigencia: number) =>
      withActor(town.web, { entityId: town.entityId, ...holder(town, 'administracion') }, (trx) =>
        measureRecertified(trx, town.entityId, vigencia),
      )
    await asOwner(town, (owner) => withEntity(owner, town.entityId, (trx) => insertCampaign(trx, town)))
    expect(await measure(VIGENCIA)).toEqual({ numerator: 2, denominator: 4 })
    expect(await measure(VIGENCIA - 1)).toEqual({ numerator: 0, denominator: 0 })
  } finally {
    await town.close()
  }
})

const holder = (town: Town, duty: string) => town.holders[duty] as { personId: string; positionId: string }

async function insertCampaign(trx: Trx, town: Town): Promise<void> {
  const { entityId } = town
  const [head, clerk] = [holder(town, 'jefatura_ogac'), holder(town, 'profesional_sig')]
  const [campaignId, listId] = [newId(), newId()]
  const agency = sql`(select agency_id from position where id = ${head.positionId})`
  await sql`insert into access_campaign (id, entity_id, year, n, code, kind, vigencia, working_days, status, due_date)
    values (${campaignId}, ${entityId}, ${VIGENCIA}, 1, 'CR-2098-001', 'yearly', ${VIGENCIA}, 5, 'open', ${CUT_OFF})`.execute(
    trx,
  )
  await sql`insert into review_list (id, entity_id, campaign_id, agency_id)
    values (${listId}, ${entityId}, ${campaignId}, ${agency})`.execute(trx)
  for (const [i, { at, hasLeft }] of ANSWERS.entries()) {
    const [grantId, itemId, pointId, actId, answerId] = [newId(), newId(), newId(), newId(), newId()]
    await sql`insert into service_point (id, entity_id, agency_id, name, kind)
      values (${pointId}, ${entityId}, ${agency}, ${`Punto ${i}`}, 'punto')`.execute(trx)
    await sql`insert into access_grant (id, entity_id, year, n, code, vigencia, agency_id, point_id, grantee_id, form, radicado,
        radicado_on, reason, starts_on, ends_on, content_hash, asked_by, asked_position, status)
      values (${grantId}, ${entityId}, ${VIGENCIA}, ${i + 1}, ${`AD-2098-000${i}`}, ${VIGENCIA}, ${agency}, ${pointId}, ${clerk.personId},
        'F004', 'x', '2098-01-02', 'x', '2098-01-05', '2098-12-31', repeat('a', 64), ${head.personId}, ${head.positionId}, 'granted')`.execute(
      trx,
    )
    await sql`insert into review_item (id, entity_id, campaign_id, grant_id, list_id, before_status, before_ends_on, left_at)
      values (${itemId}, ${entityId}, ${campaignId}, ${grantId}, ${listId}, 'granted', '2098-12-31',
        ${hasLeft ? '2098-03-05T15:00:00Z' : null})`.execute(trx)
    if (at === null) continue
    await sql`insert into act (id, entity_id, list_id, kind, object_type, object_id, person_id, position_id, duty, body_hash, receipt_code)
      values (${actId}, ${entityId}, ${listId}, 'review', 'review_batch', ${listId}, ${head.personId}, ${head.positionId},
        'jefatura_ogac', 'x', ${`x${i}`})`.execute(trx)
    await sql`insert into review_answer (id, entity_id, item_id, act_id, seen, n, verdict, batch_size, pace_ms, was_unused, status,
        person_id, position_id, answered_at)
      values (${answerId}, ${entityId}, ${itemId}, ${actId}, 0, 1, 'confirm', 1, 1000, false, 'recorded', ${head.personId},
        ${head.positionId}, ${at})`.execute(trx)
    await sql`update review_item set answer_id = ${answerId} where id = ${itemId}`.execute(trx)
  }
}
