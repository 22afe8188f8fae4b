import { type ActRow, lockAct } from '../db/acts.ts'
import { type Trx, withEntity } from '../db/client.ts'
import { faultPoint } from '../db/fault-points.ts'
import { refusalOf, refusalsAsFailures } from './refusals.ts'
import type { Tools } from './tools.ts'

interface Recording<Case, Result> {
  entityId: string
  actId: string
  /** The row the verdict is about, held. */
  hold: (trx: Trx) => Promise<Case>
  write: (trx: Trx, about: Case, act: ActRow) => Promise<void>
  /** What is answered, read once everything is written. */
  read: (trx: Trx) => Promise<Result>
}

/** The record transaction of one verdict (model.md §3): all of it or nothing. Already recorded is an answer, refused a failure. */
export async function recordVerdict<Case, Result>(
  { database }: Tools,
  { entityId, actId, hold, write, read }: Recording<Case, Result>,
): Promise<Result> {
  faultPoint('worker:before-record')
  const result = await refusalsAsFailures(() =>
    withEntity(database, entityId, async (trx) => {
      const act = await lockAct(trx, actId)
      const about = await hold(trx)
      if (act.status === 'stored') await write(trx, about, act)
      else if (act.status === 'refused') throw refusalOf(act.reason_code)
      const after = await read(trx)
      faultPoint('worker:before-commit')
      return after
    }),
  )
  faultPoint('worker:after-commit')
  return result
}
