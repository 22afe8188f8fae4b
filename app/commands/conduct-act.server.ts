import { createHash } from 'node:crypto'
import {
  type ActRow,
  caseOf,
  countRefused,
  findAct,
  markConfirmed,
  markRefused,
  requireAct,
  storeAct,
} from '../../db/acts.ts'
import { type Trx, withActor } from '../../db/client.ts'
import { hashOf } from '../../db/content-hash.ts'
import type { LoadedCycle } from '../../db/cycles.ts'
import { decidedFacts } from '../../db/decided.ts'
import { faultPoint } from '../../db/fault-points.ts'
import type { FrozenVersion } from '../../db/freeze.ts'
import { idOf } from '../../db/ids.ts'
import { listUnheard, overCode, parcelOf } from '../../db/open-acts.ts'
import { recordRefusal } from '../../db/refusals.ts'
import { type Decision, objectionsTo } from '../../domain/decisions.ts'
import type { StepCode } from '../../domain/procedures.ts'
import type { Proved } from '../../domain/proofs.ts'
import { type Objection, objection, Refused, refuseIf } from '../../domain/refusals.ts'
import { codeFrom, spacedCode } from '../../domain/verification-codes.ts'
import { type Delivery, deliver, type Parcel } from '../../workflows/delivery.ts'
import type { AppContext } from '../context.server.ts'
import { type Actor, isRecent } from '../session.server.ts'

/** How long a person waits for an answer before the act is shown as "En trámite". */
const PATIENCE_MS = 10_000

/** One act, before it has an id: what the person sent, beside the row it is about. */
export interface Proposal {
  cycle: LoadedCycle
  decision: Omit<Decision, 'id' | 'version' | 'authors' | 'personId' | 'positionId' | 'duty' | 'actingFor'>
  objectType: 'cycle' | 'step_version' | 'reopening'
  /** Why the person has no right, by `whyNot`. */
  forbidden: Objection | null
  /** Further objections only this act knows, for example what is missing in the step. */
  objections?: Objection[]
  /** Submissions: freezes the draft in the same transaction. */
  freeze?: (trx: Trx) => Promise<FrozenVersion>
  observations?: { section: string; body: string }[]
  /** What the person declares besides the statement of the verdict: that they read the figures typed into the report. */
  readTyped?: boolean
  /** What the person proved, at most five minutes ago (model.md §4); null for acts that need no proof. */
  proved: Proved | null
}

export interface Receipt {
  actId: string
  receiptCode: string
  /** False while the act is "En trámite": stored, and going through by itself. */
  settled: boolean
}

/**
 * Carries one act of a person through model.md §3: row first, then the Update under the act's id, then its end.
 * Every refusal is one event in a transaction of its own, and throws `Refused` with who decided and when.
 */
export async function conductAct(
  context: AppContext,
  actor: Actor,
  propose: (trx: Trx) => Promise<Proposal>,
): Promise<Receipt> {
  const seen: { proposal?: Proposal } = {}
  try {
    faultPoint('web:before-store')
    const stored = await withActor(context.db, actor, async (trx) => {
      seen.proposal = await propose(trx)
      return await withParcels(trx, await storeOnce(trx, context, actor, seen.proposal))
    })
    return await settleAct(context, actor, stored)
  } catch (failure) {
    if (!(failure instanceof Refused)) throw failure
    throw await refused(context, actor, failure, seen.proposal)
  }
}

async function storeOnce(trx: Trx, context: AppContext, actor: Actor, proposal: Proposal): Promise<ActRow> {
  const { decision, cycle } = proposal
  const { personId } = actor
  const { id: positionId, duty } = actor.position
  const k = await countRefused(trx, { objectId: decision.objectId, kind: decision.kind, personId, positionId })
  const id = idOf(decision.objectId, decision.kind, decision.signatureRole ?? '', personId, positionId, k)
  const bodyHash = bodyHashOf(proposal)
  const known = await findAct(trx, id)
  if (known) return sameBody(known, bodyHash)
  const actingFor = actor.position.actingFor?.personId ?? null
  const full: Decision = { ...decision, id, personId, positionId, duty, actingFor, version: null, authors: [] }
  refuseIf(firstObjection(proposal, full))
  await proposal.freeze?.(trx)
  const stored = await storeAct(trx, {
    ...full,
    stepCode: stepCodeOf(proposal),
    entityId: cycle.entityId,
    objectType: proposal.objectType,
    k,
    bodyHash,
    proved: proposal.proved,
    requestId: context.requestId,
    receiptCode: receiptCode(id),
    readTyped: proposal.readTyped,
    observations: proposal.observations ?? [],
  })
  // A request beside this one may have stored it.
  return sameBody(stored ?? (await requireAct(trx, id)), bodyHash)
}

function bodyHashOf({ decision, observations = [], readTyped }: Proposal): string {
  return hashOf({ contentHash: decision.contentHash, observations, ...(readTyped && { readTyped }) })
}

/** What is decided about the whole cycle is about none of its steps. */
function stepCodeOf({ objectType, decision }: Proposal): StepCode | null {
  return objectType === 'cycle' ? null : decision.stepCode
}

function firstObjection(proposal: Proposal, decision: Decision): Objection | undefined {
  if (proposal.forbidden) return proposal.forbidden
  if (proposal.proved && !isRecent(proposal.proved.provedAt)) return objection('proof_expired')
  return [
    ...objectionsTo(proposal.cycle.state, decision, proposal.cycle.version.procedure),
    ...(proposal.objections ?? []),
  ][0]
}

/**
 * Same id and same body is the same act; same id and another body is 422. `against`: what objects to it now; in two tabs, the
 * second is told what became of the first.
 */
export function sameBody(act: ActRow, bodyHash: string, against?: Objection): ActRow {
  if (act.body_hash === bodyHash) return act
  refuseIf(against)
  throw new Refused('body_differs')
}

/** Sends a stored act, unless it already has its end, and ends it by what the workflow answered. */
export async function settleAct(context: AppContext, actor: Actor, stored: StoredAct): Promise<Receipt> {
  const { act, parcel, unheard } = stored
  const receipt = { actId: act.id, receiptCode: act.receipt_code, settled: true }
  if (isRecorded(act)) return receipt
  faultPoint('web:after-store')
  for (const earlier of unheard) {
    // Nothing overtakes: the courier brings both, in order.
    if ((await deliver(context.temporal, earlier, PATIENCE_MS)).outcome === 'away')
      return { ...receipt, settled: false }
  }
  const delivery = await deliver(context.temporal, parcel, PATIENCE_MS)
  faultPoint('web:after-answer')
  if (delivery.outcome === 'away') return { ...receipt, settled: false }
  await withActor(context.db, actor, (trx) => endAct(trx, act, delivery))
  return receipt
}

async function endAct(trx: Trx, act: ActRow, delivery: Delivery): Promise<void> {
  if (delivery.outcome === 'done') return await markConfirmed(trx, act.id)
  const now = await findAct(trx, act.id)
  // A request beside this one, or the courier, may have got the answer first.
  if (now?.status === 'done' || now?.status === 'confirmed') return await markConfirmed(trx, act.id)
  throw new Refused(delivery.outcome === 'refused' ? delivery.code : overCode(act), { act: act.id })
}

export interface StoredAct {
  act: ActRow
  parcel: Parcel
  /** Acts recorded before this one whose workflow may not know them yet: they go first. */
  unheard: Parcel[]
}

const isRecorded = (act: ActRow) => act.status === 'confirmed' || act.status === 'done'

/** What is sent for an act, made while its row is at hand. */
export async function withParcels(trx: Trx, act: ActRow): Promise<StoredAct> {
  const unheard: Parcel[] = []
  if (!isRecorded(act))
    for (const earlier of await listUnheard(trx, caseOf(act)))
      if (earlier.id !== act.id) unheard.push(await parcelOf(trx, earlier))
  return { act, parcel: await parcelOf(trx, act), unheard }
}

/** Writes the refusal event, ends the stored act if there is one, and adds who decided and when. */
async function refused(
  context: AppContext,
  actor: Actor,
  refusal: Refused,
  proposal: Proposal | undefined,
): Promise<Refused> {
  const actId = typeof refusal.facts.act === 'string' ? refusal.facts.act : null
  return await withActor(context.db, actor, async (trx) => {
    if (actId) await markRefused(trx, actId, refusal.code)
    await recordRefusal(trx, {
      entityId: actor.entityId,
      personId: actor.personId,
      positionId: actor.position.id,
      objectId: proposal?.decision.objectId ?? actor.entityId,
      code: refusal.code,
      cycleId: proposal?.cycle.state.id ?? null,
      stepCode: proposal ? stepCodeOf(proposal) : null,
      actId,
      origin: 'web',
      requestId: context.requestId,
    })
    const { act: _, ...facts } = refusal.facts
    return new Refused(refusal.code, {
      ...facts,
      ...(proposal ? await decidedFacts(trx, proposal.cycle.state.id, proposal.decision, refusal.code) : {}),
    })
  })
}

/** Code printed on the receipt and beside the signature on the signed document (model.md §4). */
export function receiptCode(actId: string): string {
  return spacedCode(codeFrom(createHash('sha256').update(`receipt:${actId}`).digest()))
}
