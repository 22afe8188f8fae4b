import { CONFIDENTIALITY } from '../../catalog/confidentiality.ts'
import { ACCESS_STATEMENTS } from '../../catalog/statements.ts'
import { listOpenEndings } from '../../db/access-endings.ts'
import { listHeadPositions, listLeadPositions } from '../../db/agency-heads.ts'
import { type Trx, withActor } from '../../db/client.ts'
import { appToday } from '../../db/clock.ts'
import {
  countOpenActs,
  findCandidate,
  findCommitment,
  findGrantPage,
  findLaterRequest,
  type GrantFilters,
  type GrantPage,
  listCandidates,
  listGrantSignatures,
  listGrants,
  listHeldGrants,
  listOpenPoints,
} from '../../db/grant-pages.ts'
import { findGrant, isEligible } from '../../db/grants.ts'
import { newId } from '../../db/ids.ts'
import { listProbes } from '../../db/probes.ts'
import { findGrantReview } from '../../db/review-statements.ts'
import { entityCalendar } from '../../db/terms.ts'
import { isCampaignOpen, objectionToUndo, undoUntil } from '../../domain/campaigns.ts'
import { daysFrom, daysOfRenewal } from '../../domain/grant-days.ts'
import {
  GRANT_STATUSES,
  GRANT_VERDICTS,
  type GrantVerdict,
  isCommitted,
  isInForce,
  isPending,
  objectionsToGrant,
} from '../../domain/grants.ts'
import { isId } from '../../domain/ids.ts'
import { campaignRow, GRANT_RIGHTS, grantRow } from '../../domain/permission-rows.ts'
import { whyNot } from '../../domain/permissions.ts'
import { Refused } from '../../domain/refusals.ts'
import { notFound } from '../answer.server.ts'
import { permitted } from '../commands/permitted.server.ts'
import { restoredRequest } from '../commands/restored-access.server.ts'
import type { AppContext } from '../context.server.ts'
import { textIn } from '../params.server.ts'
import { type Actor, isProofRecent } from '../session.server.ts'
import { sentenceOf } from '../text/refusals.ts'
import { overseesAccess } from './access-indicators.server.ts'
import { firstOf, SHOWN } from './first-of.ts'
import { historyOf } from './timelines.server.ts'

/** Filters as the address carries them: `estado`, `de=mios`. */
export function accessFilters(search: URLSearchParams, actor: Actor): GrantFilters {
  const status = GRANT_STATUSES.find((one) => one === search.get('estado'))
  return { ...(status && { status }), ...(search.get('de') === 'mios' && { personId: actor.personId }) }
}

export async function loadAccesses(context: AppContext, actor: Actor, search: URLSearchParams) {
  return await withActor(context.db, actor, async (trx) => {
    const page = await listGrants(trx, permitted(actor), {
      ...accessFilters(search, actor),
      cursor: search.get('desde'),
    })
    const readsReviews = whyNot(permitted(actor), 'read', 'Campaign', campaignRow(actor.entityId)) === null
    const mayAsk = (await askObjection(trx, actor)) === null
    return { ...page, mayAsk, overseesAccess: overseesAccess(actor), readsReviews }
  })
}

/** Why this person asks for nobody's access, as a sentence; null when they head an organismo. */
async function askObjection(trx: Trx, actor: Actor): Promise<string | null> {
  const heads = await listHeadPositions(trx, actor.position.agencyId)
  return sentenceOf(whyNot(permitted(actor), 'ask', 'Grant', grantRow(actor.entityId, heads, '')), actor)
}

/** The request in two screens: who, found by name; then what, beside the access that person already has. */
export async function loadNewAccess(context: AppContext, actor: Actor, search: URLSearchParams) {
  return await withActor(context.db, actor, async (trx) => {
    const { entityId, personId, position } = actor
    const against = await askObjection(trx, actor)
    const name = textIn(search, 'nombre')
    const candidates =
      name && against === null
        ? await listCandidates(trx, { entityId, except: personId, search: name, limit: SHOWN + 1 })
        : []
    const { rows: people, more } = firstOf(candidates, SHOWN)
    const renewed = against === null ? await renewedOf(trx, actor, search.get('renueva')) : undefined
    const chosen = renewed?.granteeId ?? search.get('persona') ?? ''
    const person = against === null && isId(chosen) ? await findCandidate(trx, entityId, chosen) : undefined
    const today = appToday()
    const days = renewed ? daysOfRenewal(renewed.vigencia, today) : daysFrom(today)
    return {
      ...{ name, agency: position.agencyName, whyNot: against, formKey: newId() },
      ...{ people, more },
      person: person ?? null,
      holds: person ? await listHeldGrants(trx, permitted(actor), person.id) : [],
      points: against === null ? await listOpenPoints(trx, position.agencyId) : [],
      initial: {
        ...days,
        pointId: renewed?.pointId ?? '',
        form: renewed?.form ?? '',
        reason: renewed?.reason ?? '',
      },
    }
  })
}

async function renewedOf(trx: Trx, actor: Actor, id: string | null) {
  if (id === null || !isId(id)) return undefined
  const grant = await findGrantPage(trx, actor.entityId, id)
  if (!grant || grant.agencyId !== actor.position.agencyId) return undefined
  const row = grantRow(actor.entityId, await listHeadPositions(trx, grant.agencyId), grant.granteeId)
  return whyNot(permitted(actor), 'read', 'Grant', row) ? undefined : grant
}

/** One access with its history, and what this person may do with it now. */
export async function loadAccess(context: AppContext, actor: Actor, id: string, search: URLSearchParams) {
  return await withActor(context.db, actor, async (trx) => {
    const page = await findGrantPage(trx, actor.entityId, id)
    const grant = await findGrant(trx, id)
    if (!page || !grant) throw notFound(context.requestId)
    const [heads, leads] = [await listHeadPositions(trx, page.agencyId), await listLeadPositions(trx, actor.entityId)]
    const row = grantRow(actor.entityId, heads, page.granteeId, leads)
    if (whyNot(permitted(actor), 'read', 'Grant', row)) throw notFound(context.requestId)
    const [ending] = page.status === 'granted' ? await listOpenEndings(trx, id) : []
    const isHead = whyNot(permitted(actor), 'ask', 'Grant', row) === null
    const review = (await findGrantReview(trx, id)) ?? null
    const undo = isHead && review ? await undoOf(trx, actor, page, review.closedOn) : null
    return {
      review,
      undo,
      mayState: review !== null && !review.hasLeft && isCampaignOpen(review.status) && isOwn(actor, row),
      grant: page,
      commitment: isCommitted(page.status) ? ((await findCommitment(trx, page)) ?? null) : null,
      may: Object.fromEntries(
        GRANT_VERDICTS.map((kind) => [kind, objectionTo(actor, grant.state, row, kind) === null]),
      ) as Record<GrantVerdict, boolean>,
      whyNot: whyNotNow(actor, page, grant.state, row),
      /** What was recorded ends it: why, and the first day without it. */
      ending: ending ? { cause: ending.cause, on: ending.effectiveOn } : null,
      /** Granted for today, and yet nobody gets in: the person or the point is no longer there. */
      isHindered: !ending && isInForce(page, appToday()) && !(await isEligible(trx, id)),
      mayRenew: isHead && (page.status === 'granted' || page.status === 'expired'),
      underway: (await countOpenActs(trx, id)) > 0,
      signatures: await listGrantSignatures(trx, id),
      probes: await listProbes(trx, id),
      history: await historyOf(trx, actor, { kind: 'grant', id }, search),
      duty: { title: CONFIDENTIALITY.title, paragraphs: CONFIDENTIALITY.paragraphs },
      statements: ACCESS_STATEMENTS,
      asksPassword: !isProofRecent(actor),
    }
  })
}

/** Until when what a review ended may be asked for again citing its case, and why it may not; null where none ended it. */
async function undoOf(trx: Trx, actor: Actor, { id, status, endsOn }: GrantPage, closedOn: string | null) {
  const askedAgain = (await findLaterRequest(trx, actor.entityId, id)) ?? null
  const ended = { status, endsOn, closedOn, askedAgain }
  const calendar = await entityCalendar(trx, actor.entityId)
  const until = undoUntil(ended, calendar)
  return until && { until, whyNot: sentenceOf(objectionToUndo(ended, appToday(), calendar), actor) }
}

/** The short request of an access that a review ended; why there is none is said in its place. */
export async function loadRestored(context: AppContext, actor: Actor, id: string) {
  return await withActor(context.db, actor, async (trx) => {
    try {
      const asked = await restoredRequest(trx, actor, id)
      const page = await findGrantPage(trx, actor.entityId, id)
      return {
        id,
        formKey: newId(),
        asked,
        personName: page?.personName ?? '',
        pointName: page?.pointName ?? '',
        whyNot: null,
      }
    } catch (failure) {
      if (!(failure instanceof Refused)) throw failure
      if (failure.code === 'not_visible') throw notFound(context.requestId)
      return { id, asked: null, whyNot: sentenceOf(failure, actor) }
    }
  })
}

const isOwn = (actor: Actor, row: Row) => whyNot(permitted(actor), 'accept', 'Grant', row) === null

type State = Parameters<typeof objectionsToGrant>[0]
type Row = ReturnType<typeof grantRow>

function objectionTo(actor: Actor, state: State, row: Row, kind: GrantVerdict) {
  const { personId, position } = actor
  const decision = { kind, grantId: state.id, personId, positionId: position.id, duty: position.duty }
  const actingFor = position.actingFor?.personId ?? null
  return (
    whyNot(permitted(actor), GRANT_RIGHTS[kind], 'Grant', row) ??
    objectionsToGrant(state, { ...decision, actingFor, contentHash: state.contentHash, cause: null })[0] ??
    null
  )
}

/** Where something waits for somebody, why it is not this person who decides. */
function whyNotNow(actor: Actor, page: GrantPage, state: State, row: Row): string | null {
  if (!isPending(page.status) || page.status === 'filed') return null
  return sentenceOf(objectionTo(actor, state, row, page.status === 'asked' ? 'accept' : 'grant'), actor)
}
