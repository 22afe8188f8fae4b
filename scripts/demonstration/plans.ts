/** A finding of the demonstration with its plan under way, made through the product's own commands. */
import { analyseCauses, planAction } from '../../app/commands/keep-plans.server.ts'
import { recordFinding } from '../../app/commands/record-finding.server.ts'
import type { AppContext } from '../../app/context.server.ts'
import { DEMO_CAUSES, DEMO_FINDING, DEMO_PLAN } from '../../catalog/demo/plans.ts'
import { appToday } from '../../db/clock.ts'
import { idOf } from '../../db/ids.ts'
import { addDays } from '../../domain/civil-dates.ts'
import * as acts from './acts.ts'

/** Control interno found it, TIC said why and planned one action; made before, it stays as it is. */
export async function livePlans(context: AppContext, entityId: string, risk: string): Promise<string> {
  const auditor = await acts.actorOf(context, entityId, 'control_interno')
  const owner = await acts.actorOf(context, entityId, 'direccion_tic')
  const doer = await acts.actorOf(context, entityId, 'profesional_tic')
  const key = (name: string) => idOf('demo-plan', entityId, name)
  const made = { findingId: key('finding'), positionId: owner.position.id, risk }
  const code = await recordFinding(context, auditor, { ...DEMO_FINDING, ...made })
  await analyseCauses(context, owner, code, { ...DEMO_CAUSES, formKey: key('causes') })
  const action = { ...DEMO_PLAN, formKey: key('action'), positionId: doer.position.id }
  await planAction(context, owner, code, { ...action, dueDate: addDays(appToday(), 90) })
  return code
}
