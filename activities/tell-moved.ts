import type { Client } from '@temporalio/client'
import { listStandingRounds } from '../db/check-runs.ts'
import { type Database, type Trx, withEntity, withoutEntity } from '../db/client.ts'
import { endRunWish, listMovedRuns } from '../db/control-runs.ts'
import { endCorrectionStart, listUnstartedCorrections } from '../db/correction-publication.ts'
import { endDisposalWish, listMovedDisposals } from '../db/disposals.ts'
import { listUnspreadErasures } from '../db/erasures.ts'
import { listUnstartedFetches } from '../db/fetches.ts'
import { endFollowUpWish, listMovedFollowUps } from '../db/follow-ups.ts'
import { endCollectorWish, listMovedCollectors } from '../db/forwarding.ts'
import { listUnstartedImports } from '../db/imports.ts'
import { endActionWish, listMovedActions } from '../db/improvement-actions.ts'
import { endDisseminationWish, listMovedDisseminations } from '../db/moved-summaries.ts'
import { endRefresh, listWantedRefreshes } from '../db/refreshes.ts'
import { endMovedHour, listMovedHours, type MovedHour } from '../db/release-hours.ts'
import { endRightsWish, listMovedRights } from '../db/rights.ts'
import { endAcceptanceWish, listMovedAcceptances } from '../db/risk-acceptances.ts'
import { correctionWorkflowId, publicationWorkflowId } from '../workflows/messages.ts'
import {
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

const SIGNAL_MS = 5_000
const BATCH = 20

interface Moved {
  id: string
  entity_id: string
}
type Listing<M> = (trx: Trx, limit: number) => Promise<M[]>
type Round = (database: Database, client: Client) => Promise<void>

/**
 * Rows that ask for a word to their workflow. With the row held: a wish that comes meanwhile waits and stays, and one that could not
 * be told is kept.
 */
const told =
  <M extends Moved>(
    list: Listing<M>,
    endWish: (trx: Trx, id: string) => Promise<void>,
    tell: (client: Client, moved: M) => Promise<void>,
  ): Round =>
  async (database, client) => {
    for (const moved of await withoutEntity(database, (trx) => list(trx, BATCH)))
      await withEntity(database, moved.entity_id, async (trx) => {
        await endWish(trx, moved.id)
        await tell(client, moved)
      })
  }

/** Rows whose workflow is to begin, again until it has ended what it is for. */
const begun =
  (list: Listing<Moved>, start: (client: Client, moved: Moved) => Promise<void>): Round =>
  async (database, client) => {
    for (const moved of await withoutEntity(database, (trx) => list(trx, BATCH))) await start(client, moved)
  }

const hourWorkflowId = ({ correctionId, step_version_id }: MovedHour) =>
  correctionId ? correctionWorkflowId(correctionId) : publicationWorkflowId(step_version_id ?? '')

const ROUNDS: readonly Round[] = [
  told(listWantedRefreshes, endRefresh, (client, { id }) => signalRefresh(client, id, SIGNAL_MS)),
  told(listMovedHours, endMovedHour, (client, hour) => signalHour(client, hourWorkflowId(hour), SIGNAL_MS)),
  told(listMovedActions, endActionWish, (client, { id: actionId, entity_id: entityId }) =>
    tellImprovement(client, { entityId, actionId }, SIGNAL_MS),
  ),
  told(listMovedFollowUps, endFollowUpWish, (client, { id: followUpId, entity_id: entityId }) =>
    tellFollowUp(client, { entityId, followUpId }, SIGNAL_MS),
  ),
  told(listMovedRights, endRightsWish, (client, { id: requestId, entity_id: entityId }) =>
    tellRights(client, { entityId, requestId }, SIGNAL_MS),
  ),
  told(listMovedAcceptances, endAcceptanceWish, (client, { id: acceptanceId, entity_id: entityId }) =>
    tellAcceptance(client, { entityId, acceptanceId }, SIGNAL_MS),
  ),
  told(listMovedDisposals, endDisposalWish, (client, { id: disposalId, entity_id: entityId }) =>
    tellDisposal(client, { entityId, disposalId }, SIGNAL_MS),
  ),
  told(listMovedCollectors, endCollectorWish, (client, { id: collectorId, entity_id: entityId }) =>
    tellCollector(client, { entityId, collectorId }, SIGNAL_MS),
  ),
  told(listMovedRuns, endRunWish, (client, { workflow_id }) => signalRun(client, workflow_id, SIGNAL_MS)),
  told(listMovedDisseminations, endDisseminationWish, (client, { id }) => signalSummaries(client, id, SIGNAL_MS)),
  told(
    listUnstartedCorrections,
    endCorrectionStart,
    (client, { id: correctionId, entity_id: entityId, cycle_id: cycleId }) =>
      startCorrection(client, { entityId, cycleId, correctionId }),
  ),
  begun(listUnstartedImports, (client, { id: importId, entity_id: entityId }) =>
    startImport(client, { entityId, importId }),
  ),
  begun(listUnstartedFetches, (client, { id: fetchId, entity_id: entityId }) =>
    startFetch(client, { entityId, fetchId }),
  ),
  begun(listUnspreadErasures, (client, { id: erasureId, entity_id: entityId }) =>
    startErasure(client, { entityId, erasureId }),
  ),
  begun(listStandingRounds, (client, { id: roundId, entity_id: entityId }) =>
    startSelfCheck(client, { entityId, roundId }),
  ),
]

/** Tells workflows whose rows moved to read them again, and begins those that are waited for. Runs over all entities. */
export async function tellMoved(database: Database, client: Client): Promise<void> {
  for (const round of ROUNDS) await round(database, client)
}
