/** The risk map of the demonstration, registered through the product's own commands. */
import {
  chooseMethodology,
  copyMethodology,
  editMethodology,
  publishMethodology,
} from '../../app/commands/keep-methodologies.server.ts'
import { addControl, registerRisk } from '../../app/commands/keep-risks.server.ts'
import type { AppContext } from '../../app/context.server.ts'
import { DUB_CONTROLS, DUB_RISK, LAUNDERING_RISK } from '../../catalog/demo/risks.ts'
import { GUIDE_6, GUIDE_7 } from '../../catalog/methodologies/guides.ts'
import { withActor } from '../../db/client.ts'
import { idOf } from '../../db/ids.ts'
import { listMethodologyVersions } from '../../db/methodologies.ts'
import { findMethodologyDraft } from '../../db/methodology-drafts.ts'
import * as acts from './acts.ts'

/** The risk of circular 4173.010.22.2.1020.000150 with its two controls; registered before, it stays as it is. */
export async function liveRisks(context: AppContext, entityId: string): Promise<string> {
  const keeper = await acts.actorOf(context, entityId, 'jefatura_ogac')
  const executor = await acts.actorOf(context, entityId, 'direccion_tic')
  const asked = { formKey: idOf('demo-risk', entityId), ownerId: keeper.position.id, reason: '' }
  const key = { code: GUIDE_7.code, n: 0 }
  const code = await registerRisk(context, keeper, key, { ...asked, answers: DUB_RISK } as Parameters<
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
  const keeper = await acts.actorOf(context, entityId, 'jefatura_ogac')
  await copyMethodology(context, keeper, { code: GUIDE_6.code, n: 0 })
  const own = await withActor(context.db, keeper, (trx) => listMethodologyVersions(trx, entityId, GUIDE_7.code))
  if (own.length > 0) return
  const formKey = idOf('demo-risk-to-move', entityId)
  const asked = { formKey, ownerId: keeper.position.id, reason: '', answers: LAUNDERING_RISK }
  await registerRisk(context, keeper, { code: GUIDE_7.code, n: 0 }, asked as Parameters<typeof registerRisk>[3])
  await copyMethodology(context, keeper, { code: GUIDE_7.code, n: 0 })
  const draft = await withActor(context.db, keeper, (trx) => findMethodologyDraft(trx, entityId, GUIDE_7.code))
  if (!draft) return
  const probability = GUIDE_7.probability.map((one, i) => (i === 0 ? { ...one, name: 'Rara' } : one))
  const methodology = { ...GUIDE_7, name: 'Guía de riesgos del municipio', probability }
  await editMethodology(context, keeper, GUIDE_7.code, { methodology, read: draft.version })
  const reason = 'El comité de control interno prefiere llamar rara a la probabilidad más baja'
  const n = await publishMethodology(context, keeper, GUIDE_7.code, { reason, read: draft.version + 1 })
  const chosen = idOf('demo-methodology', entityId)
  await chooseMethodology(context, keeper, {
    formKey: chosen,
    typology: 'lavado',
    key: { code: GUIDE_7.code, n },
    reason,
  })
}
