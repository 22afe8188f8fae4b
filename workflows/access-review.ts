import {
  allHandlersFinished,
  type ChildWorkflowHandle,
  condition,
  getExternalWorkflowHandle,
  ParentClosePolicy,
  patched,
  setHandler,
  sleep,
  startChild,
  WorkflowIdReusePolicy,
} from '@temporalio/workflow'
import { type CampaignClose, type CampaignState, isCampaignOpen, type ReviewBatch } from '../domain/campaigns.ts'
import { addDays, bogotaDate, bogotaInstant } from '../domain/civil-dates.ts'
import {
  finishCampaign,
  listUnexecuted,
  recordCampaignClose,
  recordCampaignOpening,
  recordReviewAnswers,
  settleReview,
  tellReviewers,
  tendCampaign,
} from './activities.ts'
import {
  accessReviewed,
  answerReview,
  type CampaignInput,
  campaignOpened,
  closeCampaign,
  delegationWorkflowId,
  type ReviewListInput,
  reviewClosed,
  reviewListWorkflowId,
} from './messages.ts'
import { asRefusal, refusal } from './refusal.ts'
import { Turns } from './turns.ts'

/**
 * One review of delegated accesses (D2, D3, D6; C4–C6): its cases and who reviews each, day by day until its term is over or
 * somebody closes it; then every access that does not go on is ended. Each reviewer has a workflow of their own.
 */
export async function accessReview(input: CampaignInput): Promise<void> {
  const run = new Campaign(input)
  run.listen()
  await run.open()
  while (run.isOpen()) await run.tend()
  await run.carryOut()
  await condition(allHandlersFinished)
}

class Campaign {
  readonly #input: CampaignInput
  #state: CampaignState | null = null
  #lists = new Map<string | null, ChildWorkflowHandle<typeof reviewList>>()
  /** A list came to its end: the term is over, whichever clock says so first. */
  #isOver = false
  readonly #turns = new Turns()

  constructor(input: CampaignInput) {
    this.#input = input
  }

  listen(): void {
    setHandler(campaignOpened, async () => {
      await condition(() => this.#state !== null)
      // Refused in its record: whoever opened it is told so, as of any other act.
      if (this.#known().status === 'refused') throw refusal('tenure_ended')
      return this.#known()
    })
    setHandler(closeCampaign, (close) => this.#close(close), {
      validator: (_close: CampaignClose) => {
        if (this.#state !== null && !this.isOpen()) throw refusal('campaign_over')
      },
    })
  }

  async open(): Promise<void> {
    this.#state = await recordCampaignOpening({ ...this.#input, now: nowIso() })
  }

  isOpen(): boolean {
    return isCampaignOpen(this.#known().status)
  }

  /** Every morning the cases and their reviewers are read again; the last day ends at midnight. */
  async tend(): Promise<void> {
    await this.#turns.take(async () => {
      if (this.isOpen()) await this.#readAgain()
    })
    const wait = Math.max(1_000, Math.min(Date.parse(nextMorning()), Date.parse(this.#endsAt())) - Date.now())
    await condition(() => !this.isOpen() || this.#isOver, wait)
    if (this.#isOver || nowIso() >= this.#endsAt()) await this.#turns.take(() => this.#record(null))
  }

  /** Ends what does not go on: each list its own, then whatever is left, nobody's cases among it. */
  async carryOut(): Promise<void> {
    if (this.#known().status === 'refused') return
    const lists = [...this.#lists.values()]
    await Promise.allSettled(lists.map((list) => list.signal(reviewClosed)))
    await Promise.allSettled(lists.map((list) => list.result()))
    await (await this.#begin(null)).result()
    this.#state = await finishCampaign({ ...this.#input, now: nowIso() })
  }

  async #close(close: CampaignClose): Promise<CampaignState> {
    await condition(() => this.#state !== null)
    try {
      await this.#turns.take(() => this.#record(close))
      return this.#known()
    } catch (failure) {
      throw asRefusal(failure)
    }
  }

  async #record(close: CampaignClose | null): Promise<void> {
    this.#state = await recordCampaignClose({ ...this.#input, close, now: nowIso() })
  }

  async #readAgain(): Promise<void> {
    const { lists } = await tendCampaign({ ...this.#input, now: nowIso() })
    // One after another takes seconds with a list for each of 28 organismos.
    if (patched('lists-at-once')) await Promise.all(lists.map((id) => this.#begin(id)))
    else for (const id of lists) await this.#begin(id)
  }

  async #begin(listId: string | null): Promise<ChildWorkflowHandle<typeof reviewList>> {
    const known = this.#lists.get(listId)
    if (known) return known
    const { entityId, campaignId } = this.#input
    const started = await startChild(reviewList, {
      args: [{ entityId, campaignId, listId, endsAt: this.#endsAt() }],
      workflowId: reviewListWorkflowId(campaignId, listId),
      workflowIdReusePolicy: WorkflowIdReusePolicy.REJECT_DUPLICATE,
      parentClosePolicy: ParentClosePolicy.ABANDON,
    })
    this.#lists.set(listId, started)
    started.result().then(
      () => {
        this.#isOver = true
      },
      // Whatever became of it, the campaign goes on and ends what it left.
      () => {},
    )
    return started
  }

  #endsAt(): string {
    const { dueOn } = this.#known()
    if (dueOn === null) throw new Error('a campaign that runs has a term')
    return bogotaInstant(addDays(dueOn, 1), '00:00')
  }

  #known(): CampaignState {
    if (this.#state === null) throw new Error('the opening is not recorded yet')
    return this.#state
  }
}

/**
 * The list of one reviewer: takes their answers in order of arrival and tells them of the term, until the campaign closes or
 * its days are over; then has the workflow of each access that does not go on end it.
 */
export async function reviewList(input: ReviewListInput): Promise<void> {
  const list = new List(input)
  list.listen()
  while (list.isOpen()) await list.tellWhenDue()
  await list.closed()
  await endAll(input)
  await condition(allHandlersFinished)
}

class List {
  readonly #input: ReviewListInput
  readonly #turns = new Turns()
  #isClosed = false

  constructor(input: ReviewListInput) {
    this.#input = input
  }

  listen(): void {
    setHandler(reviewClosed, () => {
      this.#isClosed = true
    })
    setHandler(answerReview, (batch) => this.#answer(batch), {
      validator: (_batch: ReviewBatch) => {
        if (!this.isOpen()) throw refusal('review_over')
      },
    })
  }

  isOpen(): boolean {
    const { listId, endsAt } = this.#input
    return listId !== null && !this.#isClosed && nowIso() < endsAt
  }

  async tellWhenDue(): Promise<void> {
    const { listId, endsAt, ...key } = this.#input
    const next = await tellReviewers({ ...key, listId: listId ?? '', now: nowIso() })
    const until = Math.min(Date.parse(next ?? endsAt), Date.parse(endsAt))
    await condition(() => this.#isClosed, Math.max(1_000, until - Date.now()))
  }

  /** Its days are over: the campaign closes with the first list that sees it. */
  async closed(): Promise<void> {
    const { entityId, campaignId, listId } = this.#input
    if (listId === null || this.#isClosed) return
    await this.#turns.take(async () => {
      await recordCampaignClose({ entityId, campaignId, close: null, now: nowIso() })
    })
  }

  async #answer(batch: ReviewBatch): Promise<void> {
    const { entityId, campaignId } = this.#input
    try {
      await this.#turns.take(() => recordReviewAnswers({ entityId, campaignId, batch }))
    } catch (failure) {
      throw asRefusal(failure)
    }
  }
}

const FIRST_LOOK_MS = 1_000
const LAST_LOOK_MS = 30_000

/** Tells every access again until its row says that it was done: what was lost on the way is told anew. */
async function endAll(input: ReviewListInput): Promise<void> {
  for (let wait = FIRST_LOOK_MS; ; wait = Math.min(wait * 2, LAST_LOOK_MS)) {
    const left = await listUnexecuted(input)
    if (left.length === 0) return
    await Promise.all(left.map((grantId) => endOne(input, grantId)))
    await sleep(wait)
  }
}

/** By the workflow of the access; one that has none any more is ended all the same. */
async function endOne({ entityId }: ReviewListInput, grantId: string): Promise<void> {
  try {
    await getExternalWorkflowHandle(delegationWorkflowId(grantId)).signal(accessReviewed)
  } catch {
    await settleReview({ entityId, grantId, now: nowIso() })
  }
}

/** 00:05 of the next day in Bogotá: whoever heads an organismo since midnight finds their cases in the morning. */
function nextMorning(): string {
  return bogotaInstant(addDays(bogotaDate(new Date(Date.now())), 1), '00:05')
}

function nowIso(): string {
  return new Date(Date.now()).toISOString()
}
