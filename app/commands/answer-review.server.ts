import { type ActRow, findAct, requireAct, storeAct } from '../../db/acts.ts'
import { listHeadPositions } from '../../db/agency-heads.ts'
import { type Trx, withActor } from '../../db/client.ts'
import { appToday } from '../../db/clock.ts'
import { hashOf } from '../../db/content-hash.ts'
import { faultPoint } from '../../db/fault-points.ts'
import { idOf } from '../../db/ids.ts'
import {
  findReviewList,
  type JudgedItem,
  judgedItems,
  listReaders,
  type ReviewListRow,
  sinceLastLook,
  storeAnswers,
} from '../../db/review-answers.ts'
import { objectionToAnswer, objectionToChange } from '../../domain/campaigns.ts'
import { reviewRow } from '../../domain/permission-rows.ts'
import { whyNot } from '../../domain/permissions.ts'
import { type Objection, objection, Refused, refuseIf } from '../../domain/refusals.ts'
import type { ReviewInput, TypedAnswer } from '../../domain/review-inputs.ts'
import type { AppContext } from '../context.server.ts'
import { recordRefusalOf } from '../refusal.server.ts'
import type { Actor } from '../session.server.ts'
import { type Receipt, receiptCode, sameBody, settleAct, withParcels } from './conduct-act.server.ts'
import { permitted } from './permitted.server.ts'

/** A case of a batch that was not answered, and why. */
export interface LeftOut {
  itemId: string
  /** Access it is about; null for a case that is none of the campaign's. */
  grantId: string | null
  against: Objection
}

interface Answered {
  /** Null where nothing could be answered. */
  receipt: Receipt | null
  taken: number
  leftOut: LeftOut[]
}

/**
 * A batch of answers of whoever reviews: row first, then the Update under its id (D3, C5, C7). What cannot be answered is
 * left out with its reason and a refusal event of its own, and harms nothing else.
 */
export async function answerReview(context: AppContext, actor: Actor, input: ReviewInput): Promise<Answered> {
  try {
    faultPoint('web:before-store')
    const { stored, taken, leftOut } = await withActor(context.db, actor, (trx) =>
      storeOnce(trx, context, actor, input),
    )
    for (const { grantId, itemId, against } of leftOut)
      await recordRefusalOf(context, actor, { objectId: grantId ?? itemId }, new Refused(against.code, against.facts))
    return { receipt: stored && (await settleAct(context, actor, stored)), taken, leftOut }
  } catch (failure) {
    if (failure instanceof Refused) await recordRefusalOf(context, actor, { objectId: input.listId }, failure)
    throw failure
  }
}

async function storeOnce(trx: Trx, context: AppContext, actor: Actor, input: ReviewInput) {
  const list = await findReviewList(trx, input.listId)
  if (!list) throw new Refused('not_visible')
  await refuseWithoutRight(trx, actor, list)
  const batchId = idOf('review-batch', list.id, input.formKey)
  const id = idOf(batchId, 'answer', '', actor.personId, actor.position.id, 0)
  const bodyHash = hashOf(input.answers.map(({ seenMs: _, ...answer }) => answer))
  const known = await findAct(trx, id)
  if (known)
    return { stored: await withParcels(trx, sameBody(known, bodyHash)), taken: input.answers.length, leftOut: [] }
  const { taken, leftOut } = await judge(trx, actor, list, input.answers)
  if (taken.length === 0) return { stored: null, taken: 0, leftOut }
  const act = await store(trx, context, actor, { list, batchId, id, bodyHash, taken })
  return { stored: await withParcels(trx, act), taken: taken.length, leftOut }
}

async function refuseWithoutRight(trx: Trx, actor: Actor, list: ReviewListRow): Promise<void> {
  const heads = list.agencyId === null ? null : await listHeadPositions(trx, list.agencyId)
  const row = reviewRow(actor.entityId, heads, await listReaders(trx, list.id))
  refuseIf(whyNot(permitted(actor), 'read', 'Review', row))
  refuseIf(whyNot(permitted(actor), 'answer', 'Review', row))
}

type Taken = TypedAnswer & { wasUnused: boolean }

async function judge(trx: Trx, actor: Actor, list: ReviewListRow, answers: readonly TypedAnswer[]) {
  const ids = answers.map(({ itemId }) => itemId)
  const items = await judgedItems(trx, list.campaignId, ids)
  const taken: Taken[] = []
  const leftOut: LeftOut[] = []
  for (const answer of answers) {
    const item = items.get(answer.itemId)
    const against = item ? objectionTo(actor, list, item, answer) : objection('review_moved')
    if (against) leftOut.push({ itemId: answer.itemId, grantId: item?.grantId ?? null, against })
    else taken.push({ ...answer, wasUnused: item?.isUnused ?? false })
  }
  return { taken, leftOut }
}

/** Keeping what nobody uses needs a written reason (C9). */
const MIN_REASON = 10

function objectionTo(actor: Actor, list: ReviewListRow, item: JudgedItem, answer: TypedAnswer): Objection | null {
  const facts = { ...item, seenN: answer.seenN, isOnList: item.listId === list.id }
  const against = objectionToAnswer(facts, {
    personId: actor.personId,
    actingFor: actor.position.actingFor?.personId ?? null,
  })
  if (against) return against
  const goesOn = answer.verdict !== 'retire'
  if (goesOn && item.isUnused && answer.reason.trim().length < MIN_REASON) return objection('keep_reason_missing')
  if (answer.verdict !== 'modify') return null
  return objectionToChange(answer.change, { endsOn: item.endsOn, today: appToday() })
}

interface Batch {
  list: ReviewListRow
  batchId: string
  id: string
  bodyHash: string
  taken: readonly Taken[]
}

async function store(
  trx: Trx,
  context: AppContext,
  actor: Actor,
  { list, batchId, id, bodyHash, taken }: Batch,
): Promise<ActRow> {
  const { entityId, personId, position } = actor
  const stored = await storeAct(trx, {
    ...{ id, entityId, cycleId: null, listId: list.id, stepCode: null, kind: 'answer', objectType: 'review_batch' },
    ...{ objectId: batchId, signatureRole: null, personId, positionId: position.id, duty: position.duty },
    ...{
      actingFor: position.actingFor?.personId ?? null,
      k: 0,
      contentHash: null,
      bodyHash,
      proved: null,
      requestId: context.requestId,
    },
    ...{ receiptCode: receiptCode(id), observations: [] },
  })
  if (!stored) return sameBody(await requireAct(trx, id), bodyHash)
  await storeAnswers(trx, stored, taken, await sinceLastLook(trx, list.id, personId))
  return stored
}
