/** Positions that check runs of controls, with who holds them today; which of them check one run, the domain says. */
import { type CheckingPosition, checkersOfRun } from '../domain/control-runs.ts'
import { RUN_CHECKERS, runRow } from '../domain/permission-rows.ts'
import type { Rows } from '../domain/permission-subjects.ts'
import type { Trx } from './client.ts'
import type { LoadedRun } from './control-runs.ts'
import { isHeldToday } from './positions.ts'

/** Those that have the duty in an entity, vacant ones too. */
export async function listCheckingPositions(trx: Trx, entityId: string): Promise<CheckingPosition[]> {
  const positions = await trx
    .selectFrom('position')
    .select(['id', 'name', 'duty'])
    .where('entity_id', '=', entityId)
    .where('duty', 'in', RUN_CHECKERS)
    .orderBy('id')
    .execute()
  const held = await trx
    .selectFrom('tenure as t')
    .innerJoin('person as p', 'p.id', 't.person_id')
    .innerJoin('position as pos', 'pos.id', 't.position_id')
    .select(['pos.id', 'p.id as personId'])
    .where('pos.entity_id', '=', entityId)
    .where('pos.duty', 'in', RUN_CHECKERS)
    .where(isHeldToday)
    .execute()
  return positions.map((one) => ({
    ...one,
    holders: held.filter(({ id }) => id === one.id).map(({ personId }) => personId),
  }))
}

/** Those that check this run today. */
export async function listCheckersOf(trx: Trx, { state, control }: LoadedRun): Promise<CheckingPosition[]> {
  const positions = await listCheckingPositions(trx, control.entityId)
  return checkersOfRun(positions, { riskOwner: control.riskOwner, hands: state.hands })
}

/** The row rights on a run are judged by today. */
export async function loadRunRow(trx: Trx, run: LoadedRun): Promise<Rows['Run']> {
  return runRow(run.control.entityId, run.control, await listCheckersOf(trx, run))
}
