import { overwriteResidual as overwrite, withdrawOverride as withdraw } from '../../db/residual-overrides.ts'
import type { OverrideInput, OverrideRead } from '../../domain/methodology-inputs.ts'
import type { AppContext } from '../context.server.ts'
import type { Actor } from '../session.server.ts'
import { movingRisk } from './keep-risks.server.ts'

/** Writes another place over the residual that the controls declare, with the reason (features D2). */
export async function overwriteResidual(
  context: AppContext,
  actor: Actor,
  code: string,
  input: OverrideInput,
): Promise<void> {
  await movingRisk(context, actor, code, (trx, by, risk) => overwrite(trx, by, risk, input))
}

/** Takes what was written over a residual back. */
export async function withdrawOverride(
  context: AppContext,
  actor: Actor,
  code: string,
  read: OverrideRead,
): Promise<void> {
  await movingRisk(context, actor, code, (trx, by, risk) => withdraw(trx, by, risk, read))
}
