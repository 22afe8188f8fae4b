import type { AbsenceFilters, AbsencePage } from '../../db/absence-pages.ts'
import { findAbsence, listAbsences, listDeputies, listDoneFor } from '../../db/absence-pages.ts'
import { type Trx, withActor } from '../../db/client.ts'
import { appToday } from '../../db/clock.ts'
import { findCandidate, listCandidates } from '../../db/grant-pages.ts'
import { newId } from '../../db/ids.ts'
import { listPositionsToday } from '../../db/positions.ts'
import { rehearse } from '../../db/rehearsal.ts'
import { listObjectEvents } from '../../db/timeline.ts'
import { isId } from '../../domain/ids.ts'
import { absenceRow } from '../../domain/permission-rows.ts'
import { whyNot } from '../../domain/permissions.ts'
import { objectionToCancelling } from '../../domain/substitutions.ts'
import { notFound } from '../answer.server.ts'
import { permitted } from '../commands/permitted.server.ts'
import { planObjection, type RehearsedPlan } from '../commands/plan-absence.server.ts'
import type { AppContext } from '../context.server.ts'
import { textIn } from '../params.server.ts'
import type { Actor } from '../session.server.ts'
import { absenceStateText } from '../text/absences.ts'
import { eventSentence } from '../text/events.ts'
import { firstOf, SHOWN } from './first-of.ts'

const STATES = Object.keys(absenceStateText) as (keyof typeof absenceStateText)[]

/** Filters as the address carries them: `estado`, `de=mias`. */
export function absenceFilters(search: URLSearchParams, actor: Actor): AbsenceFilters {
  const state = STATES.find((one) => one === search.get('estado'))
  return { ...(state && { state }), ...(search.get('de') === 'mias' && { personId: actor.personId }) }
}

export async function loadAbsences(context: AppContext, actor: Actor, search: URLSearchParams) {
  return await withActor(context.db, actor, async (trx) => {
    const filters = { ...absenceFilters(search, actor), cursor: search.get('desde') }
    return { ...(await listAbsences(trx, permitted(actor), filters)), mayPlanForOthers: mayPlanForOthers(actor) }
  })
}

/** The administration plans absences of anybody; everybody else their own. */
const mayPlanForOthers = (actor: Actor) => planObjection(actor, { personId: '' }) === null

const DEPUTIES = 200

/** Who will be absent, then the form. Whoever does not administer plans their own absence only. */
export async function loadNewAbsence(context: AppContext, actor: Actor, search: URLSearchParams) {
  return await withActor(context.db, actor, async (trx) => {
    const others = mayPlanForOthers(actor)
    const asked = search.get('persona')
    const isFinding = others && asked === 'otra'
    const name = isFinding ? textIn(search, 'nombre') : ''
    const key = { entityId: actor.entityId, except: actor.personId, search: name, limit: SHOWN + 1 }
    const { rows: people, more } = firstOf(name ? await listCandidates(trx, key) : [], SHOWN)
    const absentId = others && asked !== null && isId(asked) ? asked : actor.personId
    return {
      ...{ mayPlanForOthers: others, isFinding, name, people, more },
      form: isFinding ? null : await planForm(trx, actor, absentId, search),
    }
  })
}

async function planForm(trx: Trx, actor: Actor, absentId: string, search: URLSearchParams) {
  const isOwn = absentId === actor.personId
  const person = isOwn
    ? { id: actor.personId, name: actor.displayName }
    : await findCandidate(trx, actor.entityId, absentId)
  const held = person ? (await listPositionsToday(trx, absentId)).filter(({ actingFor }) => actingFor === null) : []
  const agencyId = held[0]?.agencyId
  const found = agencyId
    ? await listDeputies(trx, {
        ...{ entityId: actor.entityId, absentId, agencyId, search: textIn(search, 'reemplazo'), limit: DEPUTIES + 1 },
      })
    : []
  const { rows: deputies, more: moreDeputies } = firstOf(found, DEPUTIES)
  return {
    ...{ isOwn, person: person ? { id: person.id, name: person.name } : null, formKey: newId(), today: appToday() },
    positions: held.map(({ id, name, agencyName }) => ({ id, name: `${name} · ${agencyName}` })),
    ...{ deputies, moreDeputies },
    narrowed: textIn(search, 'reemplazo'),
  }
}

/** One absence with its history, and what this person may do with it now. */
export async function loadAbsence(context: AppContext, actor: Actor, id: string) {
  return await withActor(context.db, actor, async (trx) => {
    const absence = await findAbsence(trx, actor.entityId, id)
    if (!absence || whyNot(permitted(actor), 'read', 'Absence', rowOf(actor, absence)))
      throw notFound(context.requestId)
    const events = await listObjectEvents(trx, id, 50)
    return {
      absence,
      rehearsals: isRunning(absence) ? await rehearsalsOf(trx, actor.entityId, absence) : [],
      done: await listDoneFor(trx, id),
      mayCancel: whyNot(permitted(actor), 'cancel', 'Absence', rowOf(actor, absence)) === null && isRunning(absence),
      history: events.map((event) => ({
        id: event.id,
        at: event.at,
        sentence: eventSentence(event),
      })),
    }
  })
}

async function rehearsalsOf(trx: Trx, entityId: string, { personId: absentId, positionId, substitutes }: AbsencePage) {
  const found: RehearsedPlan = []
  for (const { personId: substituteId, name, scope } of substitutes)
    found.push({ name, scope, rehearsal: await rehearse(trx, { entityId, positionId, absentId, substituteId, scope }) })
  return found
}

const isRunning = ({ state }: AbsencePage) => objectionToCancelling(state) === null

function rowOf(actor: Actor, { personId, substitutes }: AbsencePage) {
  return absenceRow(
    actor.entityId,
    personId,
    substitutes.map((one) => one.personId),
  )
}
