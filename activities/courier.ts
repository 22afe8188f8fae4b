import type { Client } from '@temporalio/client'
import { type DueEnding, listDueEndings, listOpenEndings, markEndingsSent, settleEnding } from '../db/access-endings.ts'
import { type ActCase, type ActRow, caseOf, markConfirmed, markRefused, markSent } from '../db/acts.ts'
import { listStandingRounds } from '../db/check-runs.ts'
import { type Database, type Trx, withEntity, withoutEntity } from '../db/client.ts'
import { endRunWish, listMovedRuns } from '../db/control-runs.ts'
import { endCorrectionStart, listUnstartedCorrections } from '../db/correction-publication.ts'
import { endDisposalWish, listMovedDisposals } from '../db/disposals.ts'
import { listUnspreadErasures } from '../db/erasures.ts'
import { listUnstartedFetches } from '../db/fetches.ts'
import { endFollowUpWish, listMovedFollowUps } from '../db/follow-ups.ts'
import { endCollectorWish, listMovedCollectors } from '../db/forwarding.ts'
import { findGrant } from '../db/grants.ts'
import { listUnstartedImports } from '../db/imports.ts'
import { endActionWish, listMovedActions } from '../db/improvement-actions.ts'
import { type Incident, openIncident } from '../db/incidents.ts'
import { endDisseminationWish, listMovedDisseminations } from '../db/moved-summaries.ts'
import { listStored, listUnconfirmed, listUnheard, overCode, parcelOf } from '../db/open-acts.ts'
import { endRefresh, listWantedRefreshes } from '../db/refreshes.ts'
import { recordRefusal } from '../db/refusals.ts'
import { endMovedHour, listMovedHours, type MovedHour } from '../db/release-hours.ts'
import { endRightsWish, listMovedRights } from '../db/rights.ts'
import { endAcceptanceWish, listMovedAcceptances } from '../db/risk-acceptances.ts'
import { isOver } from '../domain/grants.ts'
import { type Delivery, deliver } from '../workflows/delivery.ts'
import { correctionWorkflowId, publicationWorkflowId } from '../workflows/messages.ts'
import {
  signalEnding,
  signalHour,
  signalRefresh,
  signalRun,
  signalSummaries,
  startCorrection,
  startErasure,
  startFetch,
  startImport,
  startSelfCheck,
  tellAcceptance,
  tellCollector,
  tellDisposal,
  tellFollowUp,
  tellImprovement,
  tellRights,
} from '../workflows/tellings.ts'

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
  const wanted = await withoutEntity(database, (trx) => listWantedRefreshes(trx, BATCH))
  for (const cycle of wanted) await askToRefresh(database, client, cycle)
  const moved = await withoutEntity(database, (trx) => listMovedHours(trx, BATCH))
  for (const release of moved) await tellHour(database, client, release)
  const actions = await withoutEntity(database, (trx) => listMovedActions(trx, BATCH))
  for (const moved of actions)
    await tellMoved(database, moved, {
      endWish: endActionWish,
      tell: (entityId, actionId) => tellImprovement(client, { entityId, actionId }, SIGNAL_MS),
    })
  const followUps = await withoutEntity(database, (trx) => listMovedFollowUps(trx, BATCH))
  for (const moved of followUps)
    await tellMoved(database, moved, {
      endWish: endFollowUpWish,
      tell: (entityId, followUpId) => tellFollowUp(client, { entityId, followUpId }, SIGNAL_MS),
    })
  const requests = await withoutEntity(database, (trx) => listMovedRights(trx, BATCH))
  for (const moved of requests)
    await tellMoved(database, moved, {
      endWish: endRightsWish,
      tell: (entityId, requestId) => tellRights(client, { entityId, requestId }, SIGNAL_MS),
    })
  const acceptances = await withoutEntity(database, (trx) => listMovedAcceptances(trx, BATCH))
  for (const moved of acceptances)
    await tellMoved(database, moved, {
      endWish: endAcceptanceWish,
      tell: (entityId, acceptanceId) => tellAcceptance(client, { entityId, acceptanceId }, SIGNAL_MS),
    })
  const disposals = await withoutEntity(database, (trx) => listMovedDisposals(trx, BATCH))
  for (const moved of disposals)
    await tellMoved(database, moved, {
      endWish: endDisposalWish,
      tell: (entityId, disposalId) => tellDisposal(client, { entityId, disposalId }, SIGNAL_MS),
    })
  const collectors = await withoutEntity(database, (trx) => listMovedCollectors(trx, BATCH))
  for (const moved of collectors)
    await tellMoved(database, moved, {
      endWish: endCollectorWish,
      tell: (entityId, collectorId) => tellCollector(client, { entityId, collectorId }, SIGNAL_MS),
    })
  const runs = await withoutEntity(database, (trx) => listMovedRuns(trx, BATCH))
  for (const run of runs) await tellRun(database, client, run)
  const disseminations = await withoutEntity(database, (trx) => listMovedDisseminations(trx, BATCH))
  for (const cycle of disseminations) await tellDissemination(database, client, cycle)
  const corrections = await withoutEntity(database, (trx) => listUnstartedCorrections(trx, BATCH))
  for (const { id, entity_id, cycle_id } of corrections) {
    await startCorrection(client, { entityId: entity_id, cycleId: cycle_id, correctionId: id })
    await withEntity(database, entity_id, (trx) => endCorrectionStart(trx, id))
  }
  const imports = await withoutEntity(database, (trx) => listUnstartedImports(trx, BATCH))
  for (const { id, entity_id } of imports) await startImport(client, { entityId: entity_id, importId: id })
  const fetches = await withoutEntity(database, (trx) => listUnstartedFetches(trx, BATCH))
  for (const { id, entity_id } of fetches) await startFetch(client, { entityId: entity_id, fetchId: id })
  const erasures = await withoutEntity(database, (trx) => listUnspreadErasures(trx, BATCH))
  for (const { id, entity_id } of erasures) await startErasure(client, { entityId: entity_id, erasureId: id })
  const rounds = await withoutEntity(database, (trx) => listStandingRounds(trx, BATCH))
  for (const { id, entity_id } of rounds) await startSelfCheck(client, { entityId: entity_id, roundId: id })
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

/** With the row held: a wish that comes meanwhile waits and stays, and one that could not be told is kept. */
async function askToRefresh(
  database: Database,
  client: Client,
  cycle: { id: string; entity_id: string },
): Promise<void> {
  await withEntity(database, cycle.entity_id, async (trx) => {
    await endRefresh(trx, cycle.id)
    await signalRefresh(client, cycle.id, SIGNAL_MS)
  })
}

/** As `askToRefresh`: the row is held, and what could not be told is kept. */
async function tellHour(database: Database, client: Client, moved: MovedHour): Promise<void> {
  const { correctionId, step_version_id } = moved
  const workflowId = correctionId ? correctionWorkflowId(correctionId) : publicationWorkflowId(step_version_id ?? '')
  await withEntity(database, moved.entity_id, async (trx) => {
    await endMovedHour(trx, moved.id)
    await signalHour(client, workflowId, SIGNAL_MS)
  })
}

/** As `askToRefresh`. */
async function tellDissemination(
  database: Database,
  client: Client,
  cycle: { id: string; entity_id: string },
): Promise<void> {
  await withEntity(database, cycle.entity_id, async (trx) => {
    await endDisseminationWish(trx, cycle.id)
    await signalSummaries(client, cycle.id, SIGNAL_MS)
  })
}

/** As `askToRefresh`. */
async function tellRun(
  database: Database,
  client: Client,
  moved: { id: string; entity_id: string; workflow_id: string },
): Promise<void> {
  await withEntity(database, moved.entity_id, async (trx) => {
    await endRunWish(trx, moved.id)
    await signalRun(client, moved.workflow_id, SIGNAL_MS)
  })
}

interface Moved {
  id: string
  entity_id: string
}

/** As `askToRefresh`, of any case that is told by its id: the wish ends in the transaction that sends the word. */
async function tellMoved(
  database: Database,
  { id, entity_id: entityId }: Moved,
  {
    endWish,
    tell,
  }: { endWish: (trx: Trx, id: string) => Promise<void>; tell: (entityId: string, id: string) => Promise<void> },
): Promise<void> {
  await withEntity(database, entityId, async (trx) => {
    await endWish(trx, id)
    await tell(entityId, id)
  })
}
