/** Reviews of risks and what asks for another rating (features D10): each change with its event, in one transaction. */
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { addWorkingDays } from '../domain/calendar.ts'
import type { SignatureRole, StepCode } from '../domain/procedures.ts'
import { type Objection, Refused } from '../domain/refusals.ts'
import type { RiskReviewInput } from '../domain/risk-follow-inputs.ts'
import {
  nextReviewOn,
  objectionToOverdueReviews,
  REASSESS_WITHIN,
  type ReviewConclusion,
  reviewMonthsOf,
} from '../domain/risk-reviews.ts'
import { zoneOf } from '../domain/risks.ts'
import { type ActingPerson, eventBy } from './administration.ts'
import { recordEvent } from './audit.ts'
import type { Trx } from './client.ts'
import { appToday } from './clock.ts'
import { endFollowUp, openFollowUp } from './follow-ups.ts'
import { loadMethodology } from './methodologies.ts'
import { endAskToOverwrite } from './risk-follow-ups.ts'
import { entityCalendar } from './terms.ts'

type Reviewer = ActingPerson & { positionId: string }

/** How often a risk is reviewed, and by when it is next. */
export interface Cadence {
  code: string
  ownerPosition: string
  ownerDuty: string
  /** Code and name of the zone that sets it: where its controls demonstrably leave it. */
  zone: string
  zoneName: string
  zoneMonths: number
  /** Of the risk alone. */
  ownMonths: number | null
  months: number
  /** Civil dates. */
  lastOn: string
  dueOn: string
}

/** Undefined for a risk that stands nowhere yet. */
export async function findCadence(trx: Trx, riskId: string): Promise<Cadence | undefined> {
  const found = await sql<{
    code: string
    entityId: string
    ownerPosition: string
    ownerDuty: string
    zone: string
    methodology: string
    methodologyN: number
    ownMonths: number | null
    lastOn: string
  }>`
    select r.code, r.entity_id as "entityId", r.owner_position as "ownerPosition", pos.duty as "ownerDuty", s.demonstrated_zone as zone,
      a.methodology, a.methodology_n as "methodologyN", r.review_months as "ownMonths",
      greatest((a.assessed_at at time zone 'America/Bogota')::date,
        (select max(v.reviewed_on) from risk_review v where v.risk_id = r.id))::text as "lastOn"
    from risk r join risk_standing s on s.risk_id = r.id join risk_assessment a on a.id = s.assessment_id
      join position pos on pos.id = r.owner_position
    where r.id = ${riskId}`.execute(trx)
  const row = found.rows[0]
  if (!row) return undefined
  const { entityId, methodology, methodologyN, ...risk } = row
  const zone = zoneOf(await loadMethodology(trx, entityId, { code: methodology, n: methodologyN }), row.zone)
  const months = reviewMonthsOf(zone.reviewMonths, row.ownMonths)
  const rest = { zoneName: zone.name, zoneMonths: zone.reviewMonths, months }
  return { ...risk, ...rest, dueOn: nextReviewOn(row.lastOn, months, await entityCalendar(trx, entityId)) }
}

/** Asks the owner for the next review, by the day its cadence gives: whatever moved the risk. */
export async function planReview(trx: Trx, entityId: string, riskId: string): Promise<void> {
  const cadence = await findCadence(trx, riskId)
  if (!cadence) return
  const { code, ownerDuty: duty, ownerPosition: positionId, dueOn } = cadence
  await openFollowUp(trx, { entityId, kind: 'risk_review', objectId: riskId, code, duty, positionId, dueOn })
}

/** Asks the owner to rate a risk anew within ten working days; asked before, the earlier day stands. */
export async function askReassessment(trx: Trx, entityId: string, riskId: string): Promise<void> {
  const open = await trx
    .selectFrom('follow_up')
    .select('id')
    .where('object_id', '=', riskId)
    .where('kind', '=', 'risk_reassessment')
    .where('status', '=', 'open')
    .executeTakeFirst()
  const cadence = open ? undefined : await findCadence(trx, riskId)
  if (!cadence) return
  const { code, ownerDuty: duty, ownerPosition: positionId } = cadence
  const dueOn = addWorkingDays(appToday(), REASSESS_WITHIN, await entityCalendar(trx, entityId))
  await openFollowUp(trx, { entityId, kind: 'risk_reassessment', objectId: riskId, code, duty, positionId, dueOn })
}

/** Hash of what was typed in a form, but its key. */
export function bodyHash({ formKey: _, ...body }: { formKey: string; [name: string]: unknown }): string {
  return createHash('sha256').update(JSON.stringify(body)).digest('hex')
}

/** Whether a form was taken before. Throws `Refused('body_differs')` where it says something else, or of another object. */
export function isTaken(
  standing: { body_hash: string; of: string } | undefined,
  asked: { hash: string; of: string },
): boolean {
  if (standing && (standing.body_hash !== asked.hash || standing.of !== asked.of)) throw new Refused('body_differs')
  return standing !== undefined
}

/** Says what was looked at and what follows; the same form again changes nothing. */
export async function recordReview(
  trx: Trx,
  by: Reviewer,
  risk: { id: string; code: string },
  input: RiskReviewInput,
): Promise<void> {
  const hash = bodyHash(input)
  const standing = await trx
    .selectFrom('risk_review')
    .select(['body_hash', 'risk_id as of'])
    .where('id', '=', input.formKey)
    .executeTakeFirst()
  if (isTaken(standing, { hash, of: risk.id })) return
  const cadence = await findCadence(trx, risk.id)
  if (!cadence) throw new Error(`risk ${risk.code} stands nowhere`)
  const { formKey: id, lookedAt, conclusion, reason } = input
  await trx
    .insertInto('risk_review')
    .values({
      ...{ id, entity_id: by.entityId, risk_id: risk.id, looked_at: lookedAt, conclusion, reason, body_hash: hash },
      ...{ zone: cadence.zone, due_on: cadence.dueOn, person_id: by.personId, position_id: by.positionId },
    })
    .execute()
  const change = (field: string, after: string) => ({ field, before: null, after })
  await recordEvent(trx, {
    ...{ ...eventBy(by), type: 'risk.reviewed', objectId: risk.id },
    changes: [change('code', risk.code), change('conclusion', conclusion), change('body_hash', hash)],
  })
  await endFollowUp(trx, { entityId: by.entityId, kind: 'risk_review', objectId: risk.id })
  await endAskToOverwrite(trx, { entityId: by.entityId, riskId: risk.id, riskCode: risk.code })
  await planReview(trx, by.entityId, risk.id)
  if (conclusion === 'reassess') await askReassessment(trx, by.entityId, risk.id)
}

/** Has a risk reviewed more often than its zone asks for, or as often again: null. False where that is how it was. */
export async function changeCadence(
  trx: Trx,
  by: Reviewer,
  { id, code }: { id: string; code: string },
  months: number | null,
): Promise<boolean> {
  const before = await trx.selectFrom('risk').select('review_months').where('id', '=', id).executeTakeFirstOrThrow()
  if (before.review_months === months) return false
  await trx.updateTable('risk').set({ review_months: months }).where('id', '=', id).execute()
  await recordEvent(trx, {
    ...{ ...eventBy(by), type: 'risk.cadence_changed', objectId: id },
    changes: [
      { field: 'code', before: null, after: code },
      { field: 'review_months', before: before.review_months, after: months },
    ],
  })
  await planReview(trx, by.entityId, id)
  return true
}

export interface ShownReview {
  id: string
  lookedAt: string
  conclusion: ReviewConclusion
  reason: string
  /** Civil dates: that of the review, and by which it was to be. */
  on: string
  dueOn: string
  position: string
}

/** Reviews of a risk, the last first. */
export async function listReviews(trx: Trx, riskId: string, limit = 50): Promise<ShownReview[]> {
  const rows = await trx
    .selectFrom('risk_review as v')
    .innerJoin('position', 'position.id', 'v.position_id')
    .select(['v.id', 'v.looked_at as lookedAt', 'v.conclusion', 'v.reason', 'v.reviewed_on as on'])
    .select(['v.due_on as dueOn', 'position.name as position'])
    .where('v.risk_id', '=', riskId)
    .orderBy('v.written_at', 'desc')
    .limit(limit)
    .execute()
  return rows.map((row) => ({ ...row, conclusion: row.conclusion as ReviewConclusion }))
}

/** More codes than a sentence names. */
const NAMED = 20

/** Codes of the risks whose review is overdue, the longest first. */
export async function listOverdueReviews(trx: Trx, entityId: string): Promise<string[]> {
  const rows = await trx
    .selectFrom('follow_up')
    .select('code')
    .where('entity_id', '=', entityId)
    .where('kind', '=', 'risk_review')
    .where('status', '=', 'open')
    .where('due_on', '<', appToday())
    .orderBy('due_on')
    .orderBy('code')
    .limit(NAMED)
    .execute()
  return rows.map(({ code }) => code)
}

/**
 * Why the exercise of a vigencia is not closed for want of reviews (D10): that keeps step 7 from being approved, not from being
 * reviewed. Null when it is.
 */
export async function reviewsObjection(
  trx: Trx,
  entityId: string,
  { stepCode, signatureRole }: { stepCode: StepCode; signatureRole: SignatureRole | null },
): Promise<Objection | null> {
  if (stepCode !== '7' || signatureRole === 'reviewer') return null
  return objectionToOverdueReviews(await listOverdueReviews(trx, entityId))
}
