/** The risk map of the demonstration, registered through the product's own commands. */
import {
  chooseMethodology,
  copyMethodology,
  editMethodology,
  publishMethodology,
} from '../../app/commands/keep-methodologies.server.ts'
import { addControl, registerRisk } from '../../app/commands/keep-risks.server.ts'
import type { AppContext } from '../../app/context.server.ts'
import type { Actor } from '../../app/session.server.ts'
import { DUB_CONTROLS, DUB_RISK, LAUNDERING_RISK } from '../../catalog/demo/risks.ts'
import { GUIDE_6, GUIDE_7 } from '../../catalog/methodologies/guides.ts'
import { withActor } from '../../db/client.ts'
import { idOf } from '../../db/ids.ts'
import { listMethodologyVersions } from '../../db/methodologies.ts'
import { findMethodologyDraft } from '../../db/methodology-drafts.ts'
import { fieldsOfMethodology } from '../../domain/methodology-edits.ts'
import * as acts from './acts.ts'

const SHIPPED = { code: GUIDE_7.code, n: 0 }

/** The risk of circular 4173.010.22.2.1020.000150 with its two controls; registered before, it stays as it is. */
export async function liveRisks(context: AppContext, entityId: string): Promise<string> {
  const keeper = await acts.actorOf(context, entityId, 'jefatura_ogac')
  const executor = await acts.actorOf(context, entityId, 'direccion_tic')
  const asked = { formKey: idOf('demo-risk', entityId), ownerId: keeper.position.id, reason: '' }
  const code = await registerRisk(context, keeper, SHIPPED, { ...asked, answers: DUB_RISK } as Parameters<
    typeof registerRisk
  >[3])
  for (const [i, control] of DUB_CONTROLS.entries()) {
    const formKey = idOf('demo-control', entityId, i)
    await addControl(context, keeper, code, { ...control, formKey, ownerId: executor.position.id, criteria: {} })
  }
  return code
}

/** A copy of the guide before, and the one in force as the municipality adapts it: one level under its own name, and a risk rated before that. */
export async function liveMethodologies(context: AppContext, entityId: string): Promise<void> {
  const [owner, keeper, director] = await Promise.all([
    acts.actorOf(context, entityId, 'jefatura_ogac'),
    acts.actorOf(context, entityId, 'profesional_sig'),
    acts.actorOf(context, entityId, 'alcaldia'),
  ])
  await copyMethodology(context, keeper, { code: GUIDE_6.code, n: 0 })
  const published = await withActor(context.db, keeper, (trx) => listMethodologyVersions(trx, entityId, SHIPPED.code))
  const reason = 'El comité de control interno prefiere llamar rara a la probabilidad más baja'
  const n = published.at(-1)?.n ?? (await publishedGuide(context, { owner, keeper }, reason))
  const formKey = idOf('demo-methodology', entityId)
  await chooseMethodology(context, director, { formKey, typology: 'lavado', key: { code: SHIPPED.code, n }, reason })
}

/** Each step stays as it is where it was done before: stopped half-way, the demonstration goes on where it stood. */
async function publishedGuide(
  context: AppContext,
  { owner, keeper }: Record<'owner' | 'keeper', Actor>,
  reason: string,
): Promise<number> {
  const { code } = SHIPPED
  const risk = {
    ...{ formKey: idOf('demo-risk-to-move', keeper.entityId), ownerId: owner.position.id },
    ...{ reason: '', answers: LAUNDERING_RISK },
  }
  await registerRisk(context, owner, SHIPPED, risk as Parameters<typeof registerRisk>[3])
  await copyMethodology(context, keeper, SHIPPED)
  const readNow = async () => {
    const draft = await withActor(context.db, keeper, (trx) => findMethodologyDraft(trx, keeper.entityId, code))
    return { copy: draft?.id ?? '', version: draft?.version ?? 0 }
  }
  const adapted = { name: 'Guía de riesgos del municipio', 'probability.0.name': 'Rara' }
  const typed = { ...fieldsOfMethodology(GUIDE_7), ...adapted }
  await editMethodology(context, keeper, code, { typed, read: await readNow() })
  return await publishMethodology(context, keeper, code, { reason, read: await readNow() })
}
