import { redirect } from '@remix-run/node'
import { ACCEPTANCE_STATEMENTS } from '../../catalog/statements.ts'
import { type Trx, withActor } from '../../db/client.ts'
import { appToday } from '../../db/clock.ts'
import { newId } from '../../db/ids.ts'
import { nextForRisk } from '../../db/risk-next.ts'
import { standOf } from '../../db/risk-standings.ts'
import {
  findTreatment,
  isAcceptanceUnderway,
  listAcceptanceSignatures,
  listAcceptances,
  listPlan,
  type ShownAcceptance,
} from '../../db/risk-treatment-pages.ts'
import { findRisk } from '../../db/risks.ts'
import { listObjectEvents } from '../../db/timeline.ts'
import { readInput } from '../../domain/input-reading.ts'
import { riskRow } from '../../domain/permission-rows.ts'
import { whyNot } from '../../domain/permissions.ts'
import { AcceptanceInput, AcceptanceVerdictInput, planInput, TreatmentInput } from '../../domain/risk-inputs.ts'
import type { EvidenceState, Methodology } from '../../domain/risk-methodology.ts'
import {
  type AcceptanceVerdict,
  acceptableUntil,
  acceptorOf,
  activityState,
  appetiteFor,
  isAcceptanceOver,
  isWithinAppetite,
  needsPlan,
  objectionsToAcceptance,
} from '../../domain/risk-treatment.ts'
import { zoneOf } from '../../domain/risks.ts'
import { typedOf } from '../administration.server.ts'
import { invalid, notFound } from '../answer.server.ts'
import { decideAcceptance } from '../commands/decide-acceptance.server.ts'
import { permitted } from '../commands/permitted.server.ts'
import { addPlanAction, askAcceptance, recordTreatment } from '../commands/treat-risk.server.ts'
import type { AppContext } from '../context.server.ts'
import { provedBy } from '../prove.server.ts'
import { type Actor, isProofRecent } from '../session.server.ts'
import { taken } from '../taken.server.ts'
import { dutyName } from '../text/duties.ts'
import { eventSentence } from '../text/events.ts'
import { inputErrors } from '../text/inputs.ts'
import { sentenceOf } from '../text/refusals.ts'
import { ownersFor } from './risk-actions.server.ts'
import { riskObjection } from './risks.server.ts'

/** What is done about a risk: its treatment, its plan and its acceptance, and what this person may do about each. */
export async function loadTreatment(context: AppContext, actor: Actor, code: string, search: URLSearchParams) {
  return await withActor(context.db, actor, async (trx) => {
    const risk = await findRisk(trx, actor.entityId, code)
    if (!risk) throw notFound(context.requestId)
    const stand = await standOf(trx, risk.id)
    const { methodology } = stand
    const { zone, typology } = stand.risk
    const treatment = await findTreatment(trx, risk.id)
    const plan = await listPlan(trx, risk.id, search.get('plan'))
    const against = riskObjection(actor)
    return {
      ...{ code, description: risk.assessment.answers.description, whyNot: against, formKey: newId() },
      zone: { code: zone, name: zoneOf(methodology, zone).name },
      appetite: appetiteOf(methodology, typology, zone),
      treatment: treatment && { ...treatment, at: treatment.at.toISOString() },
      plan: { rows: plan.rows.map(shownLine), next: plan.next },
      needsPlan: treatment !== undefined && needsPlan(treatment.option),
      hasPlan: (await nextForRisk(trx, risk.id)).hasPlan,
      owners: against ? [] : await ownersFor(trx, actor),
      ...(await acceptances(trx, actor, { riskId: risk.id, stand, before: search.get('antes') })),
    }
  })
}

/** Up to which zone a risk of this typology is tolerated, by name, and whether it stands there. */
export function appetiteOf(methodology: Methodology, typology: string, zone: string) {
  const limit = appetiteFor(methodology, typology)
  const isWithin = isWithinAppetite(methodology, typology, zone)
  return { isWithin, limit: limit === null ? null : zoneOf(methodology, limit).name }
}

function shownLine({ status, ...line }: Awaited<ReturnType<typeof listPlan>>['rows'][number]) {
  return { ...line, state: activityState({ ...line, status }, appToday()) }
}

async function acceptances(
  trx: Trx,
  actor: Actor,
  about: { riskId: string; stand: Awaited<ReturnType<typeof standOf>>; before: string | null },
) {
  const { methodology, risk } = about.stand
  const names = actor.entity.dutyNames
  const { rows, next } = await listAcceptances(trx, about.riskId, about.before)
  const shown = rows.map((one) => shownAcceptance(one, names))
  const open = shown.find((one) => !isAcceptanceOver(one.status))
  const row = rows.find((one) => one.id === open?.id)
  const acceptor = acceptorOf(methodology, risk)
  const until = acceptableUntil(methodology, risk.zone, appToday())
  const objection = objectionsToAcceptance(methodology, risk, { until, today: appToday() })[0] ?? null
  return {
    acceptance: open ?? null,
    earlier: { rows: shown.filter((one) => one.id !== open?.id), next },
    signatures: (await Promise.all(rows.map((one) => listAcceptanceSignatures(trx, one.id)))).flat(),
    history: await historyOf(trx, rows),
    underway: open !== undefined && (await isAcceptanceUnderway(trx, open.id)),
    ask: { acceptor: acceptor && dutyName(acceptor, names), until, whyNot: sentenceOf(objection, actor) },
    may: row ? mayOf(actor, row) : NONE,
    statements: ACCEPTANCE_STATEMENTS,
    asksPassword: !isProofRecent(actor),
  }
}

const NONE: Record<AcceptanceVerdict, boolean> = { accept_risk: false, decline_risk: false, withdraw_risk: false }

function mayOf(actor: Actor, { status, acceptorDuty }: ShownAcceptance): Record<AcceptanceVerdict, boolean> {
  const row = riskRow(actor.entityId, acceptorDuty)
  const decides = status === 'asked' && whyNot(permitted(actor), 'accept', 'Risk', row) === null
  const keeps = whyNot(permitted(actor), 'keep', 'Risk', row) === null
  return { accept_risk: decides, decline_risk: decides, withdraw_risk: keeps }
}

interface Kept {
  controls: { code: string; evidence: EvidenceState }[]
  policy: { zone: { code: string; name: string } }
}

/** An acceptance with the risk as it stood then, whatever stands now. */
function shownAcceptance({ content, acceptorDuty, askedAt, ...one }: ShownAcceptance, names: Record<string, string>) {
  const { controls, policy } = content as Kept
  return {
    ...{ ...one, acceptor: dutyName(acceptorDuty, names), askedAt: askedAt.toISOString() },
    ...{ zone: { code: policy.zone.code, name: policy.zone.name } },
    controls: controls.map(({ code, evidence }) => ({ code, evidence })),
  }
}

async function historyOf(trx: Trx, rows: readonly ShownAcceptance[]) {
  const events = (await Promise.all(rows.map(({ id }) => listObjectEvents(trx, id, 20)))).flat()
  return events.map((event) => ({ id: event.id, at: event.at, sentence: eventSentence(event) }))
}

/** Wrong input is 422 beside its field, a refusal its sentence, and everything typed but the password comes back. */
export async function actOnTreatment(context: AppContext, actor: Actor, code: string, request: Request) {
  const form = await request.formData()
  const { clave: _password, codigo: _factor, ...typed } = typedOf(form)
  const which = typed.formulario ?? ''
  const wrong = (errors: Parameters<typeof inputErrors>[0]) =>
    invalid(
      inputErrors(errors, (path) => `${which}-${path}`),
      typed,
    )
  const to = (done: string) => redirect(`/riesgos/${code}/tratamiento?hecho=${done}`)
  return await taken(actor, which, typed, async () => {
    if (which === 'tratamiento') {
      const read = readInput(TreatmentInput, typed)
      if (!read.ok) return wrong(read.errors)
      await recordTreatment(context, actor, code, read.input)
      return to('tratado')
    }
    if (which === 'plan') {
      const read = readInput(planInput(appToday()), typed)
      if (!read.ok) return wrong(read.errors)
      await addPlanAction(context, actor, code, read.input)
      return to('plan')
    }
    if (which === 'pedir') {
      const read = readInput(AcceptanceInput, typed)
      if (!read.ok) return wrong(read.errors)
      await askAcceptance(context, actor, code, read.input)
      return to('pedida')
    }
    const read = readInput(AcceptanceVerdictInput, { ...typed, verdict: which })
    if (!read.ok) return wrong(read.errors)
    const proof = await provedBy(request, context, actor, form)
    if (!proof.ok) return invalid([{ field: `${which}-clave`, message: proof.message }], typed)
    const { settled } = await decideAcceptance(context, proof.actor, read.input)
    return to(settled ? which : 'tramite')
  })
}
