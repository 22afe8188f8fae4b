/** How a cycle went through its steps: how often each came back, and from how far it was reopened. */
import { sql } from 'kysely'
import type { Trx } from './client.ts'

export interface StepTurns {
  stepCode: string
  returns: number
  withdrawals: number
}

/** Steps that were returned or withdrawn, with how often. */
export async function listStepTurns(trx: Trx, cycleId: string): Promise<StepTurns[]> {
  const found = await sql<StepTurns>`
    select e.step_code as "stepCode", count(*) filter (where e.type = 'step.returned')::int as returns,
      count(*) filter (where e.type = 'step.withdrawn')::int as withdrawals
    from event e where e.cycle_id = ${cycleId} and e.type in ('step.returned', 'step.withdrawn') group by 1`.execute(
    trx,
  )
  return found.rows
}

export interface WayBack {
  /** The step that was reopened. */
  to: string
  /** The one that had been opened last. */
  from: string
  times: number
}

export async function listWaysBack(trx: Trx, cycleId: string): Promise<WayBack[]> {
  const found = await sql<WayBack>`
    select back.to, back.from, count(*)::int as times from (
      select e.at, e.step_code as to, (select o.step_code from event o
        where o.cycle_id = e.cycle_id and o.type = 'step.opened' and (o.at, o.id) < (e.at, e.id)
        order by o.at desc, o.id desc limit 1) as from
      from event e where e.cycle_id = ${cycleId} and e.type = 'reopening.granted'
    ) back where back.from is not null group by 1, 2 order by min(back.at)`.execute(trx)
  return found.rows
}
