import { appToday } from '../../../db/clock.ts'
import {
  findDisposalPage,
  type ItemLine,
  listDisposalItems,
  listDisposals,
  listEndedCycles,
} from '../../../db/disposal-pages.ts'
import { requireDisposable } from '../../../db/disposals.ts'
import { listRules, rulesInForce } from '../../../db/retention.ts'
import { isId } from '../../../domain/ids.ts'
import { Refused } from '../../../domain/refusals.ts'
import { keptUntil, seriesOf } from '../../../domain/retention.ts'
import { requireRight } from '../../commands/permitted.server.ts'
import { contentKindTitle, disposalText } from '../../text/disposal.ts'
import { formatSheetInstant } from '../../text/format.ts'
import { listColumns as words } from '../../text/lists.ts'
import { dispositionNames, retentionText } from '../../text/retention.ts'
import { FILE_PAGE, type ListColumns, listing, type OpenListing, wholeListing } from './listing.server.ts'

const endedCycles: OpenListing = async (trx, actor) => {
  requireRight(actor, 'read_disposals')
  const rules = await rulesInForce(trx, actor.entityId, appToday())
  return listing(
    async (cursor) => {
      const { rows, next } = await listEndedCycles(trx, actor.entityId, { cursor, limit: FILE_PAGE })
      return { rows: rows.map((cycle) => ({ ...cycle, rule: seriesOf(cycle.trd, rules) })), next }
    },
    {
      [words.cycle]: ({ name }) => name,
      [words.trd]: ({ trd }) => trd,
      [words.closedOn]: ({ endedAt }) => formatSheetInstant(endedAt),
      [words.series]: ({ rule }) => rule && `${rule.code} ${rule.name}`,
      [words.keptUntil]: ({ endedAt, rule }) => rule && keptUntil(endedAt, rule),
      [words.disposition]: ({ rule }) => rule && dispositionNames[rule.disposition],
      [words.disposal]: ({ disposal }) => disposal && `${disposal.code}: ${disposalText.statuses[disposal.status]}`,
    },
  )
}

const disposals: OpenListing = async (trx, actor) => {
  requireRight(actor, 'read_disposals')
  return listing((cursor) => listDisposals(trx, actor.entityId, { cursor, limit: FILE_PAGE }), {
    [words.disposal]: ({ code }) => code,
    [words.cycle]: ({ cycleName }) => cycleName,
    [words.state]: ({ status }) => disposalText.statuses[status],
    [words.minutesNumber]: ({ minutesNumber }) => minutesNumber,
    [words.minutesDate]: ({ minutesDate }) => minutesDate,
    [words.proposedAt]: ({ proposedAt }) => formatSheetInstant(proposedAt),
  })
}

/** Contents by their hash, never by what anybody called them. */
const ITEM_COLUMNS: ListColumns<Omit<ItemLine, 'removedAt'>> = {
  [words.ordinal]: ({ n }) => n,
  [words.what]: ({ kind }) => contentKindTitle(kind),
  [words.place]: ({ place }) => place,
  [words.content]: ({ sha256 }) => sha256,
  [words.bytes]: ({ bytes }) => bytes,
  [words.fileKept]: ({ isFileKept }) => (isFileKept ? words.yes : words.no),
}

/** Of the disposal that the address names. */
const disposalItems: OpenListing = async (trx, actor, search) => {
  requireRight(actor, 'read_disposals')
  const id = search.get('eliminacion')
  const page = isId(id) ? await findDisposalPage(trx, id) : undefined
  if (!page) throw new Refused('not_visible')
  return listing(
    (cursor) => listDisposalItems(trx, page.id, { cursor, limit: FILE_PAGE }),
    {
      ...ITEM_COLUMNS,
      [words.removedAt]: ({ removedAt }: ItemLine) => removedAt && formatSheetInstant(removedAt),
    },
    { cycleId: page.cycleId },
  )
}

/** What would go of the cycle that the address names, for the committee to publish before it decides. */
const inventory: OpenListing = async (trx, actor, search) => {
  requireRight(actor, 'dispose')
  const cycleId = search.get('ejercicio')
  if (!isId(cycleId)) throw new Refused('not_visible')
  const { items } = await requireDisposable(trx, { entityId: actor.entityId, cycleId })
  const rows = items.map(({ isShared, ...item }, i) => ({ ...item, n: i + 1, isFileKept: isShared }))
  return wholeListing(rows, ITEM_COLUMNS, { cycleId })
}

const retentionRules: OpenListing = async (trx, actor) => {
  requireRight(actor, 'read_disposals')
  const today = appToday()
  return listing((cursor) => listRules(trx, actor.entityId, { today, cursor, limit: FILE_PAGE }), {
    [words.series]: ({ code }) => code,
    [words.seriesName]: ({ name }) => name,
    [words.officeYears]: ({ officeYears }) => officeYears,
    [words.centralYears]: ({ centralYears }) => centralYears,
    [words.disposition]: ({ disposition }) => dispositionNames[disposition],
    [words.act]: ({ act }) => act,
    [words.actDate]: ({ actDate }) => actDate,
    [words.inForceFrom]: ({ inForceFrom }) => inForceFrom,
    [words.version]: ({ n }) => n,
    [words.state]: ({ isInForce }) => (isInForce ? retentionText.inForce : retentionText.notInForce),
  })
}

/** The documentary table, what it says of ended cycles, and what was taken away by it. */
export const DISPOSAL_LISTINGS = {
  ended_cycles: endedCycles,
  disposals,
  disposal_items: disposalItems,
  inventory,
  retention_rules: retentionRules,
}
