import { data, redirect } from '@remix-run/node'
import { findLastRun, findProgress, listControlStandings, listControlsInRed, listRuns } from '../../db/check-pages.ts'
import { type Trx, withActor } from '../../db/client.ts'
import { listAnsweredFor, listExplained } from '../../db/difference-explanations.ts'
import { newId } from '../../db/ids.ts'
import { CONTROL_IDS, type ControlId, isExplained, severityOf, TOLD_DUTIES } from '../../domain/controls.ts'
import { riskRow } from '../../domain/permission-rows.ts'
import { whyNot } from '../../domain/permissions.ts'
import { notFound } from '../answer.server.ts'
import { permitted } from '../commands/permitted.server.ts'
import { runChecks } from '../commands/run-checks.server.ts'
import type { AppContext } from '../context.server.ts'
import { shownRefusal } from '../refusal.server.ts'
import type { Actor } from '../session.server.ts'
import { controlAddress, controlAt } from '../text/automatic-checks.ts'
import { sentenceOf } from '../text/refusals.ts'

export const checkObjection = (actor: Actor) =>
  sentenceOf(whyNot(permitted(actor), 'check', 'Risk', riskRow(actor.entityId)), actor)

export async function loadChecks(context: AppContext, actor: Actor) {
  return await withActor(context.db, actor, async (trx) => ({
    controls: await standingsOf(trx, actor.entityId),
    ...(await aboutRunning(trx, actor)),
  }))
}

/** Every control, those that nobody ran yet too, in the order of their list. */
export async function standingsOf(trx: Trx, entityId: string) {
  const standings = await listControlStandings(trx, entityId)
  return CONTROL_IDS.map((control) => {
    const known = standings.find((one) => one.control === control)
    const never = { state: 'never' as const, lastAt: null, lookedAt: null, found: null, openSince: null }
    return { ...(known ?? never), control, severity: severityOf(control) }
  })
}

async function aboutRunning(trx: Trx, actor: Actor) {
  return { progress: await findProgress(trx, actor.entityId), formKey: newId(), whyNot: checkObjection(actor) }
}

export async function loadCheck(context: AppContext, actor: Actor, address: string, search: URLSearchParams) {
  const control = requireControl(context, address)
  return await withActor(context.db, actor, async (trx) => {
    const { entityId } = actor
    const standing = (await standingsOf(trx, entityId)).find((one) => one.control === control)
    const last = await findLastRun(trx, entityId, control)
    if (!standing) throw notFound(context.requestId)
    const differences = (last?.violations ?? []).flatMap(({ facts }) => facts?.difference ?? [])
    return {
      ...{ standing, control, runs: await listRuns(trx, entityId, control, { cursor: search.get('desde') }) },
      ...{
        isExplained: isExplained(control),
        explained: await explainedOf(trx, entityId, control, search.get('explicadas')),
      },
      ...{ violations: last?.violations ?? [], facts: last?.facts ?? {}, failureCode: last?.failureCode ?? null },
      answeredFor: await listAnsweredFor(trx, entityId, differences),
      ...(await aboutRunning(trx, actor)),
    }
  })
}

async function explainedOf(trx: Trx, entityId: string, control: ControlId, cursor: string | null) {
  return isExplained(control) ? await listExplained(trx, entityId, control, { cursor }) : { rows: [], next: null }
}

export function requireControl(context: AppContext, address: string): ControlId {
  const control = controlAt(address)
  if (!control) throw notFound(context.requestId)
  return control
}

/** Runs all of them, or the one whose page was sent. */
export async function actOnChecks(context: AppContext, actor: Actor, formKey: string, address?: string) {
  const control = address === undefined ? undefined : requireControl(context, address)
  try {
    await runChecks(context, actor, { formKey, ...(control && { control }) })
  } catch (failure) {
    const { sentence, status } = shownRefusal(failure, actor)
    return data({ refusal: sentence }, { status })
  }
  return redirect(`${control ? controlAddress(control) : '/riesgos/autocontroles'}?hecho=pedido`)
}

/** In the inbox of who keeps the process and of nobody else. */
export async function controlsInRed(trx: Trx, { entityId, position }: Actor) {
  return TOLD_DUTIES.includes(position.duty) ? await listControlsInRed(trx, entityId) : []
}
