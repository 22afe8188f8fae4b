import { redirect } from '@remix-run/node'
import { DISPOSAL_STATEMENTS } from '../../catalog/statements.ts'
import type { Trx } from '../../db/client.ts'
import { appToday } from '../../db/clock.ts'
import { findCycleHead } from '../../db/cycle-pages.ts'
import {
  type EndedCycle,
  findDisposalPage,
  findEliminated,
  isDisposalUnderway,
  listDisposalItems,
  listDisposalSignatures,
  listDisposals,
  listDisposalsToDecide,
  listEndedCycles,
} from '../../db/disposal-pages.ts'
import { findDisposal, requireDisposable } from '../../db/disposals.ts'
import { newId } from '../../db/ids.ts'
import { listRules, rulesInForce } from '../../db/retention.ts'
import { listObjectEvents } from '../../db/timeline.ts'
import {
  DISPOSAL_VERDICTS,
  DisposalVerdictInput,
  disposalRight,
  isDisposalSettled,
  objectionsToDisposal,
  proposalInput,
} from '../../domain/disposal.ts'
import { readInput } from '../../domain/input-reading.ts'
import { whyNot } from '../../domain/permissions.ts'
import { Refused, refuseIf } from '../../domain/refusals.ts'
import { keptUntil, objectionsToElimination, type RetentionRule, seriesOf } from '../../domain/retention.ts'
import { typedOf } from '../administration.server.ts'
import { invalid } from '../answer.server.ts'
import { decideDisposal } from '../commands/decide-disposal.server.ts'
import { proposeDisposal } from '../commands/keep-retention.server.ts'
import { permitted } from '../commands/permitted.server.ts'
import type { AppContext } from '../context.server.ts'
import { provedBy } from '../prove.server.ts'
import { recordingRefusals } from '../refusal.server.ts'
import { type Actor, isProofRecent } from '../session.server.ts'
import { taken } from '../taken.server.ts'
import { eventSentence } from '../text/events.ts'
import { inputErrors } from '../text/inputs.ts'
import { sentenceOf } from '../text/refusals.ts'

type Right = ReturnType<typeof disposalRight> | 'read_disposals' | 'administer'
const may = (actor: Actor, right: Right) =>
  whyNot(permitted(actor), right, 'Entity', { entityId: actor.entityId }) === null

/** A page of disposals; for anybody else the whole of them is closed, and that is an event. */
async function asReader<T>(context: AppContext, actor: Actor, right: Right, work: (trx: Trx) => Promise<T>) {
  return await recordingRefusals(context, actor, { objectId: actor.entityId }, async (trx) => {
    refuseIf(whyNot(permitted(actor), right, 'Entity', { entityId: actor.entityId }))
    return await work(trx)
  })
}

/** Ended cycles with what the documentary table says of each, and the disposals there were. */
export async function loadDisposals(context: AppContext, actor: Actor, search: URLSearchParams) {
  return await asReader(context, actor, 'read_disposals', async (trx) => {
    const ended = await listEndedCycles(trx, actor.entityId, { cursor: search.get('desde') })
    const rules = await rulesInForce(trx, actor.entityId, appToday())
    const disposals = await listDisposals(trx, actor.entityId, { cursor: search.get('antes') })
    return {
      ended: { next: ended.next, rows: ended.rows.map((cycle) => endedLine(actor, cycle, rules)) },
      disposals,
      mayAdminister: may(actor, 'administer'),
    }
  })
}

/** The documentary table on which disposals rest, to be read by whoever reads them. */
export async function loadRetentionTable(context: AppContext, actor: Actor, search: URLSearchParams) {
  return await asReader(context, actor, 'read_disposals', (trx) => retentionPage(trx, actor, search))
}

export async function retentionPage(trx: Trx, { entityId }: Actor, search: URLSearchParams) {
  return await listRules(trx, entityId, { today: appToday(), cursor: search.get('desde') })
}

/** What waits for this person's decision. */
export async function disposalsToDecide(trx: Trx, actor: Actor, limit: number) {
  const { entityId, personId, position } = actor
  const hands = [personId, ...(position.actingFor ? [position.actingFor.personId] : [])]
  return may(actor, 'approve_disposal') ? await listDisposalsToDecide(trx, entityId, { hands, limit }) : []
}

function endedLine(actor: Actor, { id, name, trd, endedAt, disposal }: EndedCycle, rules: readonly RetentionRule[]) {
  const rule = seriesOf(trd, rules)
  const judged = { endedAt, rule, isUnderDisposal: disposal !== null }
  const against = objectionsToElimination(judged, appToday())[0] ?? null
  return {
    ...{ id, name, trd, disposal, series: rule && `${rule.code} ${rule.name}`, disposition: rule?.disposition ?? null },
    until: rule && keptUntil(endedAt, rule),
    whyNot: sentenceOf(against, actor),
    mayPropose: against === null && may(actor, 'dispose'),
  }
}

/** What would go of a cycle, to be proposed; or the sentence why nothing may. */
export async function loadProposal(context: AppContext, actor: Actor, cycleId: string) {
  return await asReader(context, actor, 'dispose', async (trx) => {
    const head = await findCycleHead(trx, cycleId)
    if (!head) throw new Refused('not_visible')
    const { rule, items, ...found } = await requireDisposable(trx, { entityId: actor.entityId, cycleId })
    return {
      ...{ cycleId, name: head.name, keptUntil: found.keptUntil, contentHash: found.contentHash, formKey: newId() },
      ...{ series: `${rule.code} ${rule.name}`, disposition: rule.disposition, count: items.length },
      bytes: items.reduce((sum, { bytes }) => sum + bytes, 0),
      // Everything is frozen as it is proposed; the page of the disposal lists it whole.
      items: items
        .slice(0, SHOWN)
        .map((item, i) => ({ ...item, n: i + 1, isFileKept: item.isShared, removedAt: null })),
    }
  })
}

const SHOWN = 200
const FORM = 'propuesta'

export async function actOnProposal(context: AppContext, actor: Actor, cycleId: string, request: Request) {
  await asReader(context, actor, 'dispose', async () => undefined)
  const typed = { ...typedOf(await request.formData()), cycleId }
  return await taken(actor, FORM, typed, async () => {
    const read = readInput(proposalInput(appToday()), typed)
    if (!read.ok)
      return invalid(
        inputErrors(read.errors, (path) => `${FORM}-${path}`),
        typed,
      )
    const id = await proposeDisposal(context, actor, read.input)
    return redirect(`/disposicion/${id}?hecho=propuesta`)
  })
}

/** One disposal with its inventory, and what this person may decide of it. */
export async function loadDisposal(context: AppContext, actor: Actor, id: string, search: URLSearchParams) {
  return await asReader(context, actor, 'read_disposals', async (trx) => {
    const page = await findDisposalPage(trx, id)
    const disposal = await findDisposal(trx, id)
    if (!page || !disposal) throw new Refused('not_visible')
    const events = await listObjectEvents(trx, id, 50)
    const { state } = disposal
    const own = { id: '', disposalId: id, contentHash: state.contentHash, personId: actor.personId }
    const hand = { positionId: actor.position.id, duty: actor.position.duty }
    const actingFor = actor.position.actingFor?.personId ?? null
    const asked = isDisposalSettled(state.status)
      ? []
      : DISPOSAL_VERDICTS.filter((kind) => may(actor, disposalRight(kind, state.status)))
    const judged = asked.map((kind) => ({
      kind,
      against: objectionsToDisposal(state, { ...own, ...hand, actingFor, kind })[0] ?? null,
    }))
    return {
      page,
      items: await listDisposalItems(trx, id, { cursor: search.get('desde') }),
      signatures: await listDisposalSignatures(trx, id),
      underway: await isDisposalUnderway(trx, id),
      verdicts: judged.flatMap(({ kind, against }) => (against ? [] : kind)),
      whyNot: sentenceOf(judged.find(({ against }) => against?.code === 'own_disposal')?.against ?? null, actor),
      statements: DISPOSAL_STATEMENTS,
      asksPassword: !isProofRecent(actor),
      history: events
        .filter(({ type }) => type !== 'disposal.content_removed')
        .map((event) => ({ id: event.id, at: event.at, sentence: eventSentence(event) })),
    }
  })
}

/** Wrong input is 422 beside its field, a refusal its sentence, and everything typed but the password comes back. */
export async function actOnDisposal(context: AppContext, actor: Actor, id: string, request: Request) {
  await asReader(context, actor, 'read_disposals', async () => undefined)
  const form = await request.formData()
  const { clave: _password, codigo: _factor, ...typed } = typedOf(form)
  const which = typed.formulario ?? ''
  return await taken(actor, which, typed, async () => {
    const read = readInput(DisposalVerdictInput, { ...typed, disposalId: id, verdict: which })
    if (!read.ok)
      return invalid(
        inputErrors(read.errors, (path) => `${which}-${path}`),
        typed,
      )
    const proof = await provedBy(request, context, actor, form)
    if (!proof.ok) return invalid([{ field: `${which}-clave`, message: proof.message }], typed)
    const { settled } = await decideDisposal(context, proof.actor, read.input)
    return redirect(`/disposicion/${id}?hecho=${settled ? which : 'tramite'}`)
  })
}

/** Whether somebody finds the way to disposals. */
export const readsDisposals = (actor: Actor) => may(actor, 'read_disposals')

/** By which act the content of a cycle went; with the way to its inventory for whoever may read it. */
export async function shownEliminated(trx: Trx, actor: Actor, cycleId: string) {
  const gone = await findEliminated(trx, cycleId)
  return gone ? { ...gone, to: readsDisposals(actor) ? `/disposicion/${gone.disposalId}` : null } : null
}
