import { type Kysely, sql } from 'kysely'

/**
 * Nobody asks an access for whom they act for either: what the domain says (`self_request`), the database says too. What was
 * asked before the rule stands as it was.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
alter table access_grant add constraint access_grant_for_another check (grantee_id is distinct from asked_for) not valid
`.execute(db)
}
