import type { AppLoadContext } from '@remix-run/node'
import { type Trx, withActor } from '../../db/client.ts'
import { appToday } from '../../db/clock.ts'
import { newId } from '../../db/ids.ts'
import { handsOn } from '../../db/improvement-entries.ts'
import {
  type ActionFilters,
  type ActionLine,
  type ActionReader,
  findAction,
  listActionAgencies,
  listActions,
  listEntries,
} from '../../db/improvement-pages.ts'
import { entityCalendar } from '../../db/terms.ts'
import { listObjectEvents } from '../../db/timeline.ts'
import type { Calendar } from '../../domain/calendar.ts'
import type { EventType } from '../../domain/events.ts'
import { isId } from '../../domain/ids.ts'
import { ACTION_ORIGINS, ACTION_STATUSES } from '../../domain/improvement.ts'
import { termChip, workingDaysLeft } from '../../domain/terms.ts'
import { notFound } from '../answer.server.ts'
import { checkObjection, dropObjection, reportObjection, verifyObjection } from '../improvement-rights.server.ts'
import { textIn } from '../params.server.ts'
import type { Actor } from '../session.server.ts'
import { type DutyNames, dutyName } from '../text/duties.ts'
import { eventSentence } from '../text/events.ts'
import { actionText as words } from '../text/improvement.ts'
import { sentenceOf } from '../text/refusals.ts'
import { findingObjection } from './finding.server.ts'

export function readerOf({ entityId, personId, position }: Actor): ActionReader {
  return { entityId, personId, positionId: position.id, duty: position.duty }
}

/** Filters as the address carries them: `codigo`, `texto`, `estado`, `origen`, `de=mias`, `vencidas=si`, `dependencia`. */
export function actionFilters(search: URLSearchParams, actor: Actor): ActionFilters {
  const status = ACTION_STATUSES.find((one) => one === search.get('estado'))
  const origin = ACTION_ORIGINS.find((one) => one === search.get('origen'))
  const agencyId = search.get('dependencia') ?? undefined
  const [code, text] = [textIn(search, 'codigo'), textIn(search, 'texto')]
  return {
    ...(status && { status }),
    ...(origin && { origin }),
    ...(search.get('de') === 'mias' && { mine: readerOf(actor) }),
    ...(search.get('vencidas') === 'si' && { overdue: true }),
    ...(isId(agencyId) && { agencyId }),
    ...(code && { code }),
    ...(text && { text }),
  }
}

export async function loadActions(context: AppLoadContext, actor: Actor, search: URLSearchParams) {
  return await withActor(context.db, actor, async (trx) => {
    const filters = actionFilters(search, actor)
    const page = await listActions(trx, actor.entityId, { ...filters, cursor: search.get('desde') })
    const calendar = await entityCalendar(trx, actor.entityId)
    const called = actor.entity.dutyNames
    const agencies = await listActionAgencies(trx, actor.entityId)
    const mayRecord = findingObjection(actor) === null
    const isFiltered = Object.keys(filters).length > 0
    return {
      agencies,
      mayRecord,
      isFiltered,
      next: page.next,
      rows: page.rows.map((line) => shownAction(line, calendar, called)),
    }
  })
}

/** With the name of whoever answers, and the chip of its day. */
export function shownAction(line: ActionLine, calendar: Calendar, called: DutyNames) {
  const { id, code, what, status, origin, agency, day } = line
  const owner = line.owner ?? dutyName(line.duty, called)
  return { id, code, what, status, origin, agency, owner, day, chip: day ? termChip(day, appToday(), calendar) : null }
}

export type ShownAction = ReturnType<typeof shownAction>

/** One action with its history, and what this person may do with it. */
export async function loadAction(context: AppLoadContext, actor: Actor, code: string) {
  return await withActor(context.db, actor, async (trx) => {
    const action = await findAction(trx, actor.entityId, code)
    if (!action) throw notFound(context.requestId)
    const calendar = await entityCalendar(trx, actor.entityId)
    const called = actor.entity.dutyNames
    const facts = { ...action, hands: await handsOn(trx, action.id) }
    return {
      action: { ...action, ...shownAction(action, calendar, called), checker: dutyName(action.checkerDuty, called) },
      daysLeft: action.day ? workingDaysLeft(action.day, appToday(), calendar) : 0,
      history: await historyOf(trx, action.id),
      report: rightOf(sentenceOf(reportObjection(actor, facts), actor)),
      drop: rightOf(sentenceOf(dropObjection(actor, facts), actor)),
      verify: rightOf(sentenceOf(verifyObjection(actor, facts), actor)),
      check: rightOf(sentenceOf(checkObjection(actor, facts), actor)),
      /** Names what each form writes: the same form sent twice is one line. */
      entryId: newId(),
    }
  })
}

/** What happened to the action without anybody reporting on it. */
const MADE: EventType[] = ['improvement.created', 'improvement.changed', 'improvement.dropped']

/** What people said of an action and what its report made of it, newest first. */
async function historyOf(trx: Trx, actionId: string) {
  const events = (await listObjectEvents(trx, actionId, 200)).filter(({ type }) => MADE.includes(type))
  const made = events.map((event) => ({
    id: event.id,
    at: event.at,
    sentence: eventSentence(event),
    entry: null,
  }))
  const said = (await listEntries(trx, actionId)).map((entry) => ({
    ...{ id: entry.id, at: entry.at, sentence: words.entryBy(entry.position, entry.person), entry },
  }))
  return [...said, ...made].sort((a, b) => b.at.getTime() - a.at.getTime())
}

const rightOf = (whyNot: string | null) => ({ may: whyNot === null, whyNot })
