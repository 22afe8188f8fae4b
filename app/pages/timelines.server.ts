import type { Trx } from '../../db/client.ts'
import { hasBegun } from '../../db/cycles.ts'
import { findMoment } from '../../db/moments.ts'
import { findTimelineChoices, listTimeline, type TimelineEntry } from '../../db/timeline.ts'
import { EVENT_TYPES } from '../../domain/events.ts'
import { isId } from '../../domain/ids.ts'
import { whyNot } from '../../domain/permissions.ts'
import { ACT_EVENTS, MOMENT_EVENTS, type TimelineSubject } from '../../domain/timeline.ts'
import { permitted } from '../commands/permitted.server.ts'
import type { Actor } from '../session.server.ts'
import { auditText } from '../text/audit.ts'
import { eventSentence } from '../text/events.ts'
import { momentsText } from '../text/moments.ts'
import { signaturesText } from '../text/steps.ts'
import { HISTORY_CURSOR, HISTORY_SECTION, timelineFilters, timelineText as words } from '../text/timeline.ts'

const PAGE = 20

/** A page of what happened to a subject the reader may see, as the address narrows it. */
export async function historyOf(trx: Trx, actor: Actor, subject: TimelineSubject, search: URLSearchParams) {
  const filters = timelineFilters(search)
  const asked = { ...filters, cursor: search.get(HISTORY_CURSOR), limit: PAGE }
  const { rows, next } = await listTimeline(trx, subject, asked)
  const moment = await chosenMoment(trx, subject, search)
  return {
    mayReadWorkflows: whyNot(permitted(actor), 'read_workflows', 'Entity', { entityId: actor.entityId }) === null,
    ...{ subject, filters, next, choices: await findTimelineChoices(trx, subject) },
    hasSteps: subject.kind === 'cycle' && (await hasBegun(trx, subject.id)),
    chosen: moment ? { words: momentsText.moment(moment), forget: addressWith(search, null) } : null,
    lines: rows.map((entry) => ({
      ...{ id: entry.id, at: entry.at, sentence: eventSentence(entry) },
      links: [
        ...linksOf(subject, entry),
        ...comparisonOf(subject, entry, moment, search),
        ...proofLinks(actor, entry.id),
      ],
    })),
  }
}

/** For whoever audits, the way to the proof of an event. */
export function proofLinks(actor: Actor, eventId: string) {
  const isAuditor = whyNot(permitted(actor), 'audit', 'Entity', { entityId: actor.entityId }) === null
  return isAuditor ? [{ to: `/auditoria/hechos/${eventId}`, label: auditText.proof }] : []
}

/** Names the first of two moments to compare, while the second is looked for. */
const CHOSEN = 'momento'

async function chosenMoment(trx: Trx, { kind, id }: TimelineSubject, search: URLSearchParams) {
  const moment = search.get(CHOSEN)
  return kind === 'cycle' && isId(moment) ? await findMoment(trx, id, moment) : undefined
}

function addressWith(search: URLSearchParams, moment: string | null): string {
  const asked = new URLSearchParams(search)
  asked.delete(CHOSEN)
  if (moment !== null) asked.set(CHOSEN, moment)
  return `?${asked}#${HISTORY_SECTION}`
}

/** The way from a moment to what changed between it and another. */
function comparisonOf(
  { kind, id }: TimelineSubject,
  entry: TimelineEntry,
  chosen: TimelineEntry | undefined,
  search: URLSearchParams,
) {
  if (kind !== 'cycle' || !MOMENT_EVENTS.some((type) => type === entry.type) || chosen?.id === entry.id) return []
  if (!chosen) return [{ to: addressWith(search, entry.id), label: momentsText.choose }]
  return [{ to: `/ejercicios/${id}/momentos?desde=${chosen.id}&hasta=${entry.id}`, label: momentsText.compare }]
}

function linksOf({ kind, id }: TimelineSubject, { type, objectId, actId, stepCode, versionId }: TimelineEntry) {
  if (kind === 'campaign' && EVENT_TYPES[type] === 'access_grant')
    return [{ to: `/accesos/${objectId}`, label: words.toGrant }]
  if (kind !== 'cycle') return []
  return [
    ...(actId && ACT_EVENTS.includes(type)
      ? [{ to: `/ejercicios/${id}/actos/${actId}`, label: signaturesText.receipt }]
      : []),
    ...(versionId && stepCode
      ? [{ to: `/ejercicios/${id}/pasos/${stepCode}/versiones/${versionId}`, label: words.toContent }]
      : []),
  ]
}
