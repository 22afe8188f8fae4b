import { data, redirect } from '@remix-run/node'
import { listHeadPositions } from '../../db/agency-heads.ts'
import { type Trx, withActor } from '../../db/client.ts'
import { appToday } from '../../db/clock.ts'
import { newId } from '../../db/ids.ts'
import { findReviewList, listReaders, noteReading, type ReviewListRow } from '../../db/review-answers.ts'
import { findReviewHead, listCards } from '../../db/review-pages.ts'
import { entityCalendar } from '../../db/terms.ts'
import { REVIEW_VERDICTS, type ReviewVerdict } from '../../domain/campaigns.ts'
import { readInput } from '../../domain/input-reading.ts'
import { reviewRow } from '../../domain/permission-rows.ts'
import { whyNot } from '../../domain/permissions.ts'
import { ReviewInput } from '../../domain/review-inputs.ts'
import { workingDaysLeft } from '../../domain/terms.ts'
import { typedOf } from '../administration.server.ts'
import { type FieldError, notFound } from '../answer.server.ts'
import { answerReview } from '../commands/answer-review.server.ts'
import { permitted } from '../commands/permitted.server.ts'
import type { AppContext } from '../context.server.ts'
import { shownRefusal } from '../refusal.server.ts'
import type { Actor } from '../session.server.ts'
import { inputErrors } from '../text/inputs.ts'
import { refusalSentence, sentenceOf } from '../text/refusals.ts'

/** The list of a reviewer, a page of cards; that it was before them is noted for the quality of the review (N3). */
export async function loadReview(context: AppContext, actor: Actor, listId: string, search: URLSearchParams) {
  return await withActor(context.db, actor, async (trx) => {
    const list = await findReviewList(trx, listId)
    const head = await findReviewHead(trx, actor.entityId, listId)
    if (!list || !head) throw notFound(context.requestId)
    const row = await rowOf(trx, actor, list)
    if (whyNot(permitted(actor), 'read', 'Review', row)) throw notFound(context.requestId)
    const against = whyNot(permitted(actor), 'answer', 'Review', row)
    if (against === null) await noteReading(trx, list, actor.personId)
    const unanswered = search.get('estado') === 'pendientes'
    const cards = await listCards(trx, listId, { cursor: search.get('desde'), unanswered })
    const isOpen = head.status === 'open'
    return {
      head,
      ...cards,
      unanswered,
      personId: actor.personId,
      formKey: newId(),
      whyNot: isOpen ? sentenceOf(against, actor) : null,
      isOpen,
      mayAnswer: isOpen && against === null,
      daysLeft: head.dueOn ? workingDaysLeft(head.dueOn, appToday(), await entityCalendar(trx, actor.entityId)) : 0,
    }
  })
}

async function rowOf(trx: Trx, actor: Actor, list: ReviewListRow) {
  const heads = list.agencyId === null ? null : await listHeadPositions(trx, list.agencyId)
  return reviewRow(actor.entityId, heads, await listReaders(trx, list.id))
}

export interface ReviewAnswer {
  errors: FieldError[]
  values: Record<string, string>
  /** Why nothing of it was taken. */
  refused?: string
  /** What would be sent, for the reviewer to say so. */
  confirm?: Record<ReviewVerdict, number>
}

/** Sends what was answered, once the reviewer has said how many; what could not be answered is said beside it. */
export async function actOnReview(request: Request, context: AppContext, actor: Actor, listId: string) {
  const values = typedOf(await request.formData())
  const answers = answersIn(values)
  const read = readInput(ReviewInput, { listId, formKey: values.formKey, answers })
  if (!read.ok) {
    const errors = inputErrors(read.errors, (path) => fieldOf(path, answers))
    return data<ReviewAnswer>({ errors, values }, { status: 422 })
  }
  const { length } = read.input.answers
  if (length > 1 && values.confirmado !== String(length))
    return data<ReviewAnswer>({ errors: [], values, confirm: countsOf(read.input.answers) })
  try {
    const { receipt, taken, leftOut } = await answerReview(context, actor, read.input)
    if (leftOut.length > 0) {
      const errors = leftOut.map(({ itemId, against }) => ({
        ...{ field: `v.${itemId}`, message: refusalSentence(against.code, against.facts, actor) },
      }))
      // What was taken is not typed any more; the rest stays as it was typed.
      const kept = Object.fromEntries(
        Object.entries(values).filter(([name]) => leftOut.some(({ itemId }) => name.endsWith(itemId))),
      )
      return data<ReviewAnswer>({ errors, values: kept }, { status: taken > 0 ? 200 : 409 })
    }
    const { pathname, search } = new URL(request.url)
    const back = new URLSearchParams(search)
    back.set('hecho', receipt?.settled ? String(taken) : 'tramite')
    return redirect(`${pathname}?${back}`)
  } catch (failure) {
    const { sentence, status } = shownRefusal(failure, actor)
    return data<ReviewAnswer>({ errors: [], values, refused: sentence }, { status })
  }
}

/** Fields of a card carry the id of its case: `v.<id>` the answer, and beside it what belongs to it. */
function answersIn(values: Record<string, string>) {
  const ids = Object.keys(values)
    .filter((name) => name.startsWith('v.') && values[name] !== '')
    .map((name) => name.slice(2))
  return ids.map((itemId) => {
    const verdict = values[`v.${itemId}`]
    const of = (field: string) => values[`${field}.${itemId}`] ?? ''
    const change = verdict === 'modify' ? { endsOn: of('h') } : {}
    return { itemId, verdict, reason: of('r'), change, seenN: of('n'), seenMs: of('t') }
  })
}

function fieldOf(path: string, answers: readonly { itemId: string }[]): string {
  const [, n, ...rest] = path.split('.')
  const item = answers[Number(n)]
  if (!item) return 'respuestas'
  return `${FIELDS[rest.join('.')] ?? 'v'}.${item.itemId}`
}

const FIELDS: Record<string, string> = {
  reason: 'r',
  'change.endsOn': 'h',
}

function countsOf(answers: readonly { verdict: ReviewVerdict }[]): Record<ReviewVerdict, number> {
  const count = (verdict: ReviewVerdict) => answers.filter((one) => one.verdict === verdict).length
  return Object.fromEntries(REVIEW_VERDICTS.map((verdict) => [verdict, count(verdict)])) as Record<
    ReviewVerdict,
    number
  >
}
