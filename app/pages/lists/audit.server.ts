import { listSampleItems, listSamples, requireSample, withEvents } from '../../../db/audit-samples.ts'
import { listCheckpoints } from '../../../db/log-checkpoints.ts'
import { listTrail } from '../../../db/trail.ts'
import { requireAuditor } from '../../commands/consult-trail.server.ts'
import { paperResultText, populationText, sampleMethodText, stratumText } from '../../text/audit-samples.ts'
import { eventSentence } from '../../text/events.ts'
import { formatSheetInstant } from '../../text/format.ts'
import { listColumns as words } from '../../text/lists.ts'
import { timelineFilters } from '../../text/timeline.ts'
import { FILE_PAGE, listing, type OpenListing } from './listing.server.ts'

const trail: OpenListing = async (trx, actor, search) => {
  requireAuditor(actor)
  const filters = timelineFilters(search)
  return listing(
    (cursor) => listTrail(trx, actor.entityId, { ...filters, cursor, limit: FILE_PAGE }),
    {
      [words.at]: ({ at }) => formatSheetInstant(at),
      [words.what]: eventSentence,
      [words.cycle]: ({ cycleName }) => cycleName,
      [words.person]: ({ personName }) => personName,
      [words.position]: ({ positionName }) => positionName,
      [words.step]: ({ stepCode }) => stepCode,
      [words.content]: ({ contentHash }) => contentHash,
    },
    { filters },
  )
}

const checkpoints: OpenListing = async (trx, actor) => {
  requireAuditor(actor)
  return listing((cursor) => listCheckpoints(trx, actor.entityId, { cursor, limit: FILE_PAGE }), {
    [words.signedAt]: ({ signedAt }) => formatSheetInstant(signedAt),
    [words.sealedEvents]: ({ size }) => size,
    [words.root]: ({ root }) => root,
    [words.keyId]: ({ keyId }) => keyId,
  })
}

const samples: OpenListing = async (trx, actor) => {
  requireAuditor(actor)
  return listing((cursor) => listSamples(trx, actor.entityId, { cursor, limit: FILE_PAGE }), {
    [words.sample]: ({ code }) => code,
    [words.population]: ({ population }) => populationText[population],
    [words.from]: ({ from }) => from,
    [words.to]: ({ to }) => to,
    [words.method]: ({ method }) => sampleMethodText[method],
    [words.inSample]: ({ wanted }) => wanted,
    [words.inPopulation]: ({ count }) => count,
    [words.papers]: ({ written }) => written,
    [words.nonconforming]: ({ nonconforming }) => nonconforming,
    [words.drawn]: ({ drawnBy }) => drawnBy,
    [words.drawnAt]: ({ drawnAt }) => formatSheetInstant(drawnAt),
  })
}

/** Of the sample that the address names. */
const sampleItems: OpenListing = async (trx, actor, search) => {
  requireAuditor(actor)
  const { id, population } = await requireSample(trx, actor.entityId, search.get('muestra') ?? '')
  return listing(
    async (cursor) => {
      const { rows, next } = await listSampleItems(trx, id, { cursor, limit: FILE_PAGE })
      return { rows: await withEvents(trx, actor.entityId, rows), next }
    },
    {
      [words.ordinal]: ({ ordinal }) => ordinal,
      [words.what]: ({ event }) => eventSentence(event),
      [words.cycle]: ({ event }) => event.cycleName,
      [words.at]: ({ event }) => formatSheetInstant(event.at),
      [words.part]: ({ stratum }) => stratumText(population, stratum),
      [words.size]: ({ size }) => size,
      [words.paper]: ({ result }) => result && paperResultText[result],
      [words.findings]: ({ findings }) => findings.join(', '),
    },
  )
}

/** The record of the entity, how it is sealed and what was looked at of it, for who audits it. */
export const AUDIT_LISTINGS = { trail, checkpoints, samples, sample_items: sampleItems }
