/**
 * G18: nothing happens without its record. Writes of the web and of the worker whose connection the server ends at a random moment,
 * between what they write and its event among others: afterwards every row has its event and every event its row.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import pg from 'pg'
import { addAgency } from '../../db/agencies.ts'
import { withActor, withEntity } from '../../db/client.ts'
import { randomOf } from '../support/random.ts'
import { asOwner, openCycle, smallTown, type Town } from '../support/town.ts'

export interface Halved {
  /** Writes that were begun. */
  writes: number
  /** Of these, how many were ended in the middle of a transaction. */
  kills: number
  /** Of these, how many left nothing at all. */
  undone: number
}

/** The longest a write goes on before it is ended, milliseconds: most of them are over by then. */
const LONGEST = 12

/** Goes on until `kills` transactions were ended. Throws with the first row without event, or event without row. */
export async function proveNoHalves(kills: number, seed: number): Promise<Halved> {
  const town = await smallTown()
  const killer = new pg.Client({ connectionString: town.database.superuserUrl })
  await killer.connect()
  try {
    const random = randomOf(seed)
    const found: Halved = { writes: 0, kills: 0, undone: 0 }
    while (found.kills < kills) {
      found.writes += 1
      const write = found.writes % 4 === 0 ? began(town) : added(town, found.writes)
      const ended = write.then(
        () => true,
        () => false,
      )
      await sleep(random() * LONGEST)
      const killed = await endTransactions(killer)
      const isThere = await ended
      found.kills += killed
      if (killed > 0 && !isThere) found.undone += 1
    }
    await judge(town)
    return found
  } finally {
    await killer.end()
    await town.close()
  }
}

/** A change of the administration, in one transaction of the web. */
async function added({ web, admin }: Town, n: number): Promise<void> {
  const agency = { name: `Dependencia ${n}`, code: null, parentId: null, contactEmail: null }
  await withActor(web, admin, (trx) => addAgency(trx, admin, agency))
}

/** A cycle that the worker begins and whose first step it opens, once it was asked for: three transactions. */
async function began(town: Town): Promise<void> {
  await openCycle(town, new Date().toISOString())
}

/** Ends whatever is in the middle of a transaction; answers how many were. */
async function endTransactions(killer: pg.Client): Promise<number> {
  const { rowCount } = await killer.query(`
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'
      and xact_start is not null and usename <> current_user`)
  return rowCount ?? 0
}

/** What a write leaves, and the events it leaves beside it: as many of each, about the same objects. */
const PAIRS = [
  { rows: sql`select id from agency`, type: 'agency.added' },
  { rows: sql`select id from cycle where status = 'active'`, type: 'cycle.started' },
  { rows: sql`select id from step where status = 'in_progress'`, type: 'step.opened' },
]

async function judge(town: Town): Promise<void> {
  await asOwner(town, (owner) =>
    withEntity(owner, town.entityId, async (trx) => {
      for (const { rows, type } of PAIRS) {
        const { rows: alone } = await sql<{ row: string | null; event: string | null }>`
          with of_rows as (${rows}),
            of_events as (select object_id as id, count(*) as times from event where type = ${type} group by 1)
          select r.id as row, e.id as event from of_rows r full join of_events e on e.id = r.id
          where r.id is null or e.id is null or e.times <> 1 limit 1`.execute(trx)
        const [first] = alone
        if (first)
          throw new Error(
            `${type}: ${first.row ? `row ${first.row} without its event` : `event of ${first.event} without its row`}`,
          )
      }
    }),
  )
}
