import { listConnections } from '../../../db/connections.ts'
import { listMaps } from '../../../db/division-maps.ts'
import { listSources } from '../../../db/sources.ts'
import { listVariables } from '../../../db/variables.ts'
import { whyNot } from '../../../domain/permissions.ts'
import { refuseIf } from '../../../domain/refusals.ts'
import { permitted } from '../../commands/permitted.server.ts'
import { cycleIn } from '../../params.server.ts'
import { connectionsText, kindNames } from '../../text/connections.ts'
import { formatSheetInstant } from '../../text/format.ts'
import { listColumns as words } from '../../text/lists.ts'
import { variablesText } from '../../text/variables.ts'
import { sourcesFrame } from '../source.server.ts'
import { variableFilters } from '../variable.server.ts'
import { FILE_PAGE, listing, type OpenListing, wholeListing } from './listing.server.ts'

const sources: OpenListing = async (trx, actor, search) => {
  const { cycleId } = await sourcesFrame(trx, actor, cycleIn(search))
  return wholeListing(
    await listSources(trx, cycleId),
    {
      [words.source]: ({ name }) => name,
      [words.agency]: ({ ownerAgency }) => ownerAgency,
      [words.from]: ({ periodFrom }) => periodFrom,
      [words.to]: ({ periodTo }) => periodTo,
      [words.legalBasis]: ({ legalBasis }) => legalBasis,
      [words.records]: ({ rows }) => rows,
      [words.snapshotHash]: ({ snapshotHash }) => snapshotHash,
      [words.notice]: ({ demoNote }) => demoNote,
    },
    { cycleId },
  )
}

const variables: OpenListing = async (trx, actor, search) => {
  const filters = variableFilters(search)
  return listing(
    (cursor) => listVariables(trx, actor.entityId, filters, cursor, FILE_PAGE),
    {
      [words.code]: ({ code }) => code,
      [words.variable]: ({ name }) => name,
      [words.category]: ({ category }) => variablesText.categoryOf(category),
      [words.sensitive]: ({ sensitive }) => (sensitive ? words.yes : words.no),
      [words.version]: ({ version }) => version,
      [words.sinceVigencia]: ({ vigencia }) => vigencia,
      [words.score]: ({ score }) => score,
      [words.prioritized]: ({ prioritized }) => (prioritized ? words.yes : words.no),
      [words.judgedIn]: ({ judgedIn }) => judgedIn,
      [words.openBreaks]: ({ openBreaks }) => openBreaks,
    },
    { filters },
  )
}

const maps: OpenListing = async (trx, actor) =>
  wholeListing(await listMaps(trx, actor.entityId), {
    [words.map]: ({ name }) => name,
    [words.version]: ({ version }) => version,
    [words.divisions]: ({ divisionCount }) => divisionCount,
    [words.keptBy]: ({ keptBy }) => keptBy,
    [words.keptAt]: ({ keptAt }) => formatSheetInstant(keptAt),
    [words.withdrawnAt]: ({ withdrawnAt }) => withdrawnAt && formatSheetInstant(withdrawnAt),
    [words.contentHash]: ({ hash }) => hash,
  })

const connections: OpenListing = async (trx, actor) => {
  refuseIf(whyNot(permitted(actor), 'keep', 'Connection', { entityId: actor.entityId }))
  return wholeListing(await listConnections(trx), {
    [words.connection]: ({ name }) => name,
    [words.kind]: ({ kind }) => kindNames[kind],
    [words.where]: ({ address, host, port, database }) => address ?? connectionsText.where(host, port, database),
    [words.testedAt]: ({ testedAt }) => testedAt && formatSheetInstant(testedAt),
    [words.testResult]: ({ testedAt, testCode }) =>
      testedAt && (testCode === 'ok' ? connectionsText.works : connectionsText.fails),
  })
}

/** What the figures come from. */
export const DATA_LISTINGS = { sources, variables, maps, connections }
