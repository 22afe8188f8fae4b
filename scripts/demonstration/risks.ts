/** The risk map of the demonstration, registered through the product's own commands. */
import { addControl, registerRisk } from '../../app/commands/keep-risks.server.ts'
import type { AppContext } from '../../app/context.server.ts'
import { DUB_CONTROLS, DUB_RISK } from '../../catalog/demo/risks.ts'
import { GUIDE_7 } from '../../catalog/methodologies/guides.ts'
import { idOf } from '../../db/ids.ts'
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
