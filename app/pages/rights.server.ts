import { captureDefinition } from '../../catalog/capture/index.ts'
import { RIGHTS_STATEMENTS } from '../../catalog/statements.ts'
import { type Trx, withActor } from '../../db/client.ts'
import { appToday } from '../../db/clock.ts'
import { findRights, type LoadedRights } from '../../db/rights.ts'
import { rightsDuties } from '../../db/rights-notices.ts'
import {
  countOpenRightsActs,
  findRightsPage,
  findRightsTerm,
  listRights,
  listRightsSignatures,
  listWaitingRights,
  type RightsFilters,
} from '../../db/rights-pages.ts'
import { entityCalendar } from '../../db/terms.ts'
import { listObjectEvents } from '../../db/timeline.ts'
import { CAPTURE_FORMS } from '../../domain/grants.ts'
import { rightsRow } from '../../domain/permission-rows.ts'
import { whyNot } from '../../domain/permissions.ts'
import {
  forwardBy,
  isRightsOver,
  kindOf,
  methodsOf,
  objectionsToRights,
  RIGHTS_DAYS,
  RIGHTS_STATUSES,
  RIGHTS_VERDICTS,
  type RightsVerdict,
} from '../../domain/rights.ts'
import { correctableFields } from '../../domain/rights-effects.ts'
import { termChip, workingDaysLeft } from '../../domain/terms.ts'
import { notFound } from '../answer.server.ts'
import { permitted } from '../commands/permitted.server.ts'
import type { AppContext } from '../context.server.ts'
import { type Actor, isProofRecent } from '../session.server.ts'
import { eventSentence } from '../text/events.ts'
import { sentenceOf } from '../text/refusals.ts'
import { firstOf, SHOWN } from './first-of.ts'

/** The filter as the address carries it: `estado`. */
export function rightsFilters(search: URLSearchParams): RightsFilters {
  const status = RIGHTS_STATUSES.find((one) => one === search.get('estado'))
  return status ? { status } : {}
}

export async function loadRights(context: AppContext, actor: Actor, search: URLSearchParams) {
  return await withActor(context.db, actor, async (trx) => {
    const filters = { ...rightsFilters(search), cursor: search.get('desde') }
    const { rows, next } = await listRights(trx, permitted(actor), filters)
    const calendar = await entityCalendar(trx, actor.entityId)
    const today = appToday()
    return {
      next,
      rows: rows.map((row) => ({
        ...row,
        chip: row.status === 'received' && row.dueOn ? termChip(row.dueOn, today, calendar) : null,
      })),
    }
  })
}

/** Requests that wait for this person, for their inbox. */
export async function waitingRights(trx: Trx, actor: Actor) {
  const today = appToday()
  const { rows, more } = firstOf(await listWaitingRights(trx, permitted(actor), SHOWN + 1), SHOWN)
  return { rows: rows.map((line) => ({ ...line, isOverdue: line.dueOn !== null && line.dueOn < today })), more }
}

/** One request with its term and history, and what this person may do with it now; what was typed is opened apart. */
export async function loadRightsRequest(context: AppContext, actor: Actor, id: string) {
  return await withActor(context.db, actor, async (trx) => {
    const page = await findRightsPage(trx, actor.entityId, id)
    const request = await findRights(trx, id)
    if (!page || !request) throw notFound(context.requestId)
    const row = rightsRow(actor.entityId, await rightsDuties(trx, actor.entityId), page.receiverId)
    if (whyNot(permitted(actor), 'read', 'Rights', row)) throw notFound(context.requestId)
    const against = whyNot(permitted(actor), 'handle', 'Rights', row)
    const { contentHash: _hash, code: _code, ...shown } = page
    return {
      request: { ...shown, kind: kindOf(page.aim) },
      contentHash: page.contentHash,
      term: await shownTerm(trx, actor.entityId, id),
      ...(await windows(trx, request)),
      may: mayOf(request, against === null),
      mayOpen: against === null,
      whyNot: isRightsOver(page.status) ? null : sentenceOf(against, actor),
      methods: [...methodsOf(page.quality)],
      extensionDays: RIGHTS_DAYS[kindOf(page.aim)].extension,
      underway: (await countOpenRightsActs(trx, id)) > 0,
      signatures: await listRightsSignatures(trx, id),
      history: (await listObjectEvents(trx, id, 100)).map((event) => ({
        ...{ id: event.id, at: event.at, sentence: eventSentence(event) },
      })),
      fields: page.aim === 'correction' ? correctableFields(CAPTURE_FORMS.map((form) => captureDefinition(form))) : [],
      statements: RIGHTS_STATEMENTS,
      asksPassword: !isProofRecent(actor),
    }
  })
}

function mayOf({ state }: LoadedRights, mayHandle: boolean): Record<RightsVerdict, boolean> {
  const { contentHash } = state
  const may = (kind: RightsVerdict) =>
    mayHandle && objectionsToRights(state, { kind, contentHash }, appToday()).length === 0
  return Object.fromEntries(RIGHTS_VERDICTS.map((kind) => [kind, may(kind)])) as Record<RightsVerdict, boolean>
}

/** Until when it is forwarded and completed, while that is open. */
async function windows(trx: Trx, { state, entityId, filedOn }: LoadedRights) {
  if (isRightsOver(state.status)) return { forwardBy: null, requireBy: null }
  const isClaim = kindOf(state.aim) === 'claim'
  return {
    forwardBy: forwardBy(filedOn, await entityCalendar(trx, entityId)),
    requireBy: isClaim ? state.requireBy : null,
  }
}

/** Of which request a copy is made, for whoever may make it. */
export async function loadRightsHead(context: AppContext, actor: Actor, id: string) {
  return await withActor(context.db, actor, async (trx) => {
    const page = await findRightsPage(trx, actor.entityId, id)
    const row = rightsRow(actor.entityId, await rightsDuties(trx, actor.entityId), page?.receiverId ?? null)
    if (!page || whyNot(permitted(actor), 'handle', 'Rights', row)) throw notFound(context.requestId)
    return { id, number: page.number, entity: actor.entity.name }
  })
}

async function shownTerm(trx: Trx, entityId: string, id: string) {
  const term = await findRightsTerm(trx, id)
  if (!term) return null
  const { isRunning, ...shown } = term
  if (!isRunning) return { ...shown, chip: null, daysLeft: null }
  const calendar = await entityCalendar(trx, entityId)
  const today = appToday()
  const { dueDate } = term
  return { ...shown, chip: termChip(dueDate, today, calendar), daysLeft: workingDaysLeft(dueDate, today, calendar) }
}
