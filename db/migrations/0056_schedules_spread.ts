import { type Kysely, sql } from 'kysely'

/** Schedules of controls that stand are made again: their runs now wait for people's acts and open one after another. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`update risk_control set schedule_wanted = true where retired_at is null`.execute(db)
}
