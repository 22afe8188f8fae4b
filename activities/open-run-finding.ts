import { controlFindingText as words } from '../app/text/control-findings.ts'
import type { Trx } from '../db/client.ts'
import type { LoadedRun } from '../db/control-runs.ts'
import { listStandingPositions, openFinding } from '../db/findings.ts'
import { idOf } from '../db/ids.ts'

/**
 * A run that nobody made up for opens a finding of whoever executes the control (features D12); a position that ended answers
 * for nothing, and its vacancy is told of elsewhere. Asked again, the same finding stands.
 */
export async function openRunFinding(
  trx: Trx,
  { state, control, workflowId }: LoadedRun,
  { status, today }: { status: 'missed' | 'rejected'; today: string },
): Promise<void> {
  const standing = await listStandingPositions(trx, control.entityId)
  if (!standing.some(({ id }) => id === control.ownerPosition)) return
  const about = { control: control.code, risk: control.riskCode, ...state.period }
  await openFinding(
    trx,
    {
      ...{ id: idOf('run finding', state.id), origin: 'control', source: words.source(about), radicado: null },
      ...{ foundOn: today, criterion: words.criterion(about), condition: words.condition[status](about), cause: '' },
      ...{ effect: words.effect(about), ownerPosition: control.ownerPosition },
      ...{ riskId: control.riskId, controlId: control.id },
    },
    { entityId: control.entityId, origin: 'workflow', workflowId },
    null,
  )
}
