import { type Move, moveRisk as move } from '../../db/risk-moves.ts'
import type { AppContext } from '../context.server.ts'
import type { Actor } from '../session.server.ts'
import { movingRisk } from './keep-risks.server.ts'

/** Moves a risk to the methodology that new assessments of its typology use, by a table that was confirmed. */
export async function moveRisk(context: AppContext, actor: Actor, code: string, asked: Move): Promise<void> {
  await movingRisk(context, actor, code, (trx, by, risk) => move(trx, by, risk, asked))
}
