/** Absences of the demonstration, planned through the product's own command. */
import { planAbsence } from '../../app/commands/plan-absence.server.ts'
import type { AppContext } from '../../app/context.server.ts'
import { appToday } from '../../db/clock.ts'
import { idOf } from '../../db/ids.ts'
import { addDays } from '../../domain/civil-dates.ts'
import type { AbsenceReason, SubstitutionScope } from '../../domain/substitutions.ts'
import * as acts from './acts.ts'

interface Plan {
  absent: string
  deputy: string
  scope: SubstitutionScope
  reason: AbsenceReason
  /** Days from today. */
  from: number
  to: number
}

/** One that has begun, and one that is still rehearsed: its substitute elaborates what they would have to approve. */
const PLANS: Record<'running' | 'planned', Plan> = {
  running: {
    ...{ absent: 'secretaria_general', deputy: 'jefatura_comunicaciones', scope: 'decisions', reason: 'vacation' },
    ...{ from: 0, to: 14 },
  },
  planned: {
    ...{ absent: 'direccion_tic', deputy: 'profesional_tic', scope: 'all', reason: 'commission' },
    ...{ from: 20, to: 24 },
  },
}

/** Plans one of them by whoever will be absent; answers its id. Planned already, it stays as it is. */
export async function planOne(context: AppContext, entityId: string, which: keyof typeof PLANS): Promise<string> {
  const { absent, deputy, scope, reason, from, to } = PLANS[which]
  const [holder, other] = await Promise.all([
    acts.actorOf(context, entityId, absent),
    acts.actorOf(context, entityId, deputy),
  ])
  const today = appToday()
  const planned = await planAbsence(context, holder, {
    ...{ formKey: idOf('demo-absence', entityId, which), personId: holder.personId, positionId: holder.position.id },
    ...{ from: addDays(today, from), to: addDays(today, to), reason, [scope]: other.personId },
    actReference: `Resolución 0214 de ${today.slice(0, 4)}`,
  })
  if (!planned.ok) throw new Error(JSON.stringify(planned.errors))
  return planned.absenceId
}

export async function liveAbsences(context: AppContext, entityId: string): Promise<void> {
  await planOne(context, entityId, 'running')
  await planOne(context, entityId, 'planned')
}
