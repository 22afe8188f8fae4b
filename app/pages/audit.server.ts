import { findAgency } from '../../db/agencies.ts'
import { listRuns } from '../../db/check-pages.ts'
import { type Trx, withActor } from '../../db/client.ts'
import { appNow, appToday } from '../../db/clock.ts'
import { findCycleHead, listCycles } from '../../db/cycle-pages.ts'
import { findCheckpoint, listCheckpoints, listLogKeys } from '../../db/log-checkpoints.ts'
import { findLogState, findSealedEvent } from '../../db/sealed-log.ts'
import { isCivilDate } from '../../domain/civil-dates.ts'
import type { FieldChange } from '../../domain/events.ts'
import { isId } from '../../domain/ids.ts'
import { whyNot } from '../../domain/permissions.ts'
import { consultTrail, readEvent, requireAuditor } from '../commands/consult-trail.server.ts'
import { permitted } from '../commands/permitted.server.ts'
import type { AppContext } from '../context.server.ts'
import type { Actor } from '../session.server.ts'
import { intactText, verificationText } from '../text/audit.ts'
import { eventValues, namedField } from '../text/event-values.ts'
import { eventSentence } from '../text/events.ts'
import { capital } from '../text/letters.ts'
import { PACK_REFUSALS } from '../text/packs.ts'
import { refusalSentence } from '../text/refusals.ts'
import { proofLinks } from './timelines.server.ts'

/** The trail of the entity, and how far it is sealed. */
export async function loadTrail(context: AppContext, actor: Actor, search: URLSearchParams) {
  const { filters, actors, trail } = await consultTrail(context, actor, search)
  const { log, check } = await withActor(context.db, actor, async (trx) => ({
    log: await findLogState(trx, actor.entityId),
    check: (await listRuns(trx, actor.entityId, 'log_intact', { limit: 1 })).rows[0],
  }))
  const lines = trail.rows.map((event) => ({
    ...{ id: event.id, at: event.at, sentence: eventSentence(event) },
    links: [
      ...proofLinks(actor, event.id),
      ...(event.cycleName ? [{ to: `/ejercicios/${event.cycleId}`, label: event.cycleName }] : []),
    ],
  }))
  const mayForward = whyNot(permitted(actor), 'forward', 'Entity', { entityId: actor.entityId }) === null
  return { filters, actors, lines, next: trail.next, log, intact: intactText(check), mayForward }
}

/** One event: who, what, on what; its place in the log, and what changed as far as it has a name on a page. */
export async function loadEvent(context: AppContext, actor: Actor, eventId: string) {
  const event = await readEvent(context, actor, eventId)
  const seal = await withActor(context.db, actor, async (trx) => {
    const sealed = await findSealedEvent(trx, actor.entityId, eventId)
    const checkpoint = sealed && (await findCheckpoint(trx, actor.entityId, sealed.n))
    if (!sealed) return null
    const { n, leaf } = sealed
    return {
      ...{ place: Number(n) + 1, leaf: leaf.toString('hex') },
      checkpoint: checkpoint ? { size: Number(checkpoint.size), signedAt: checkpoint.signedAt } : null,
    }
  })
  const agencies = await agenciesIn(context, actor, event.changes)
  const named = event.changes.flatMap((change) => {
    const name = namedField(change.field)
    return name ? [{ name: capital(name), ...eventValues(change, { duties: actor.entity.dutyNames, agencies }) }] : []
  })
  const { id, at, personName, positionName, actingForName, contentHash, stepCode, cycleId, cycleName, origin } = event
  return {
    ...{ id, at, personName, positionName, actingForName, contentHash, stepCode, cycleId, cycleName, origin },
    ...{ sentence: eventSentence(event), changes: named, unnamed: event.changes.length - named.length, seal },
  }
}

/** Names of the dependencias that changes tell of by id. */
async function agenciesIn(context: AppContext, actor: Actor, changes: readonly FieldChange[]) {
  const ids = changes
    .flatMap(({ field, before, after }) => (field === 'parent_id' ? [before, after] : []))
    .filter((id) => typeof id === 'string')
  const found = await withActor(context.db, actor, async (trx) => {
    const agencies = []
    for (const id of ids) agencies.push(await findAgency(trx, actor.entityId, id))
    return agencies
  })
  return new Map(found.flatMap((one) => (one ? [[one.id, one.name] as const] : [])))
}

/** How the log is sealed, for whoever checks it by themselves. */
export async function loadVerification(context: AppContext, actor: Actor, search: URLSearchParams) {
  requireAuditor(actor)
  const { entityId } = actor
  return await withActor(context.db, actor, async (trx) => ({
    ...(await stateOf(trx, entityId)),
    keys: await listLogKeys(trx, entityId),
    packs: await packChoice(trx, search),
    checkpoints: await listCheckpoints(trx, entityId, { cursor: search.get('desde') }),
    day: dayTyped(search),
  }))
}

const OFFERED_CYCLES = 100

/** Of which cycles evidence is taken away; with the one of which it could not be made, and why. */
async function packChoice(trx: Trx, search: URLSearchParams) {
  const { rows, next } = await listCycles(trx, {}, OFFERED_CYCLES)
  const asked = search.get('ejercicio')
  const chosen = isId(asked) ? (rows.find(({ id }) => id === asked) ?? (await findCycleHead(trx, asked))) : undefined
  const code = PACK_REFUSALS[search.get('fallo') ?? '']
  return {
    cycles: (chosen && !rows.some(({ id }) => id === chosen.id) ? [chosen, ...rows] : rows).map(
      ({ id, name, radicado }) => ({ id, name, radicado }),
    ),
    more: next !== null,
    chosen: chosen?.id ?? null,
    fault: chosen && code ? refusalSentence(code) : null,
  }
}

/** The day whose leaves were asked for, where it has none: any other is a file. */
function dayTyped(search: URLSearchParams) {
  const typed = search.get('dia')
  const fault = typed === null ? null : leavesFault(typed)
  return typed === null || fault === null ? null : { typed, fault }
}

/** Why a day has no file of leaves; null where it has one. */
export function leavesFault(day: string): string | null {
  if (!isCivilDate(day)) return verificationText.dayUnreal
  return day > appToday() ? verificationText.dayAhead : null
}

/** Longer than this nothing waits unless something hinders the sealer. */
const LATE_MS = 60 * 60_000

async function stateOf(trx: Trx, entityId: string) {
  const log = await findLogState(trx, entityId)
  return { log, isLate: log.waitingSince !== null && appNow().getTime() - log.waitingSince.getTime() > LATE_MS }
}
