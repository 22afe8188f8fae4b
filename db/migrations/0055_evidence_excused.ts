import { type Kysely, sql } from 'kysely'

/**
 * A reason that is accepted excuses a run that was counted as a failure: where nothing else shows anything of its control, nothing
 * ever was shown of it again.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
alter table control_standing drop constraint control_standing_state_check,
  add constraint control_standing_state_check check (state in ('current', 'expired', 'failed', 'never'));
`.execute(db)
}
