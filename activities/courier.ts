import type { Client } from '@temporalio/client'
import { type DueEnding, listDueEndings, listOpenEndings, markEndingsSent, settleEnding } from '../db/access-endings.ts'
import { type ActCase, type ActRow, caseOf, markConfirmed, markRefused, markSent } from '../db/acts.ts'
import { type Database, withEntity, withoutEntity } from '../db/client.ts'
import { findGrant } from '../db/grants.ts'
import { type Incident, openIncident } from '../db/incidents.ts'
import { listStored, listUnconfirmed, listUnheard, overCode, parcelOf } from '../db/open-acts.ts'
import { recordRefusal } from '../db/refusals.ts'
import { isOver } from '../domain/grants.ts'
import { type Delivery, deliver } from '../workflows/delivery.ts'
import { signalEnding } from '../workflows/tellings.ts'
import { tellMoved } from './tell-moved.ts'

const EVERY_MS = 2_000
const WAIT_MS = 20_000
const SIGNAL_MS = 5_000
const BATCH = 20
/** A campaign ends hundreds at once; nobody gets in meanwhile (`isEligible`). */
const ENDINGS = 100

export interface Courier {
  stop(): Promise<void>
}

/**
 * Re-sends every act nobody has an answer for, under the same id, at start-up and then every two seconds (model.md §3.6);
 * and tells workflows whose rows moved to read them again.
 */
export function startCourier(database: Database, client: Client, onError: (error: unknown) => void): Courier {
  let stopped = false
  const run = (async () => {
    while (!stopped) {
      await round(database, client).catch(onError)
      await new Promise((resolve) => setTimeout(resolve, EVERY_MS))
    }
  })()
  return {
    stop: async () => {
      stopped = true
      await run
    },
  }
}

async function round(database: Database, client: Client): Promise<void> {
  const acts = await withoutEntity(database, (trx) => listUnconfirmed(trx, BATCH))
  const cases = new Map(acts.map((act) => [caseOf(act).id, { of: caseOf(act), entityId: act.entity_id }]))
  await Promise.all([...cases.values()].map(({ of, entityId }) => carryInOrder(database, client, of, entityId)))
  const endings = await withoutEntity(database, (trx) => listDueEndings(trx, ENDINGS))
  await Promise.all(endings.map((ending) => tellEnding(database, client, ending)))
  await tellMoved(database, client)
}

/**
 * Tells an access that its end was ordered, again until something has come of it. One that is over needs nothing more; one
 * that stands granted without its workflow has gone astray.
 */
async function tellEnding(database: Database, client: Client, { entity_id, grant_id }: DueEnding): Promise<void> {
  const isHeard = await signalEnding(client, grant_id, SIGNAL_MS)
  await withEntity(database, entity_id, async (trx) => {
    await markEndingsSent(trx, grant_id)
    if (isHeard) return
    const grant = await findGrant(trx, grant_id, { lock: true })
    if (grant && !isOver(grant.state.status)) {
      const about = { objectType: 'access_grant', objectId: grant_id, origin: 'courier' } as const
      return await openIncident(trx, { entityId: entity_id, kind: 'record_without_workflow', ...about })
    }
    for (const { id } of await listOpenEndings(trx, grant_id)) await settleEnding(trx, id, 'over')
  })
}

/**
 * Every act of a case that has no end yet, however lately it was sent: first what stands recorded, then what waits.
 * A workflow that has not heard of the record would refuse what builds on it, so nothing overtakes.
 */
async function carryInOrder(database: Database, client: Client, of: ActCase, entityId: string): Promise<void> {
  const acts = await withEntity(database, entityId, async (trx) => [
    ...(await listUnheard(trx, of)),
    ...(await listStored(trx, of)),
  ])
  for (const act of acts) if (!(await carry(database, client, act))) return
}

/** False when no answer came: what comes after it waits for another round. */
async function carry(database: Database, client: Client, act: ActRow): Promise<boolean> {
  const parcel = await withEntity(database, act.entity_id, async (trx) => {
    await markSent(trx, act.id)
    return await parcelOf(trx, act)
  })
  const delivery = await deliver(client, parcel, WAIT_MS)
  await settle(database, act, delivery)
  return delivery.outcome !== 'away'
}

/** Ends the act by what its workflow answered. A refusal although the record stands is an incident, not an answer. */
async function settle(database: Database, act: ActRow, delivery: Delivery): Promise<void> {
  if (delivery.outcome === 'away') return
  await withEntity(database, act.entity_id, async (trx) => {
    if (delivery.outcome === 'done') return await markConfirmed(trx, act.id)
    const code = delivery.outcome === 'refused' ? delivery.code : overCode(act)
    if (await markRefused(trx, act.id, code)) {
      return await recordRefusal(trx, {
        entityId: act.entity_id,
        personId: act.person_id,
        positionId: act.position_id,
        actingFor: act.acting_for,
        objectId: act.object_id,
        code,
        cycleId: act.cycle_id,
        stepCode: act.step_code,
        actId: act.id,
        origin: 'courier',
        requestId: act.request_id,
      })
    }
    // The record stands: a workflow that has ended needs nothing more, one that refuses it has gone astray.
    if (delivery.outcome === 'refused') await openIncident(trx, astray(act))
    await markConfirmed(trx, act.id)
  })
}

function astray(act: ActRow): Incident {
  return {
    entityId: act.entity_id,
    kind: 'record_without_workflow',
    objectType: 'act',
    objectId: act.id,
    origin: 'courier',
  }
}
