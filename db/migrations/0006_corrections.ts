import { type Kysely, sql } from 'kysely'

/** A file of corrected rejects is read over the import whose rejects it corrects (experience 45). */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table source_import add column base_import_id uuid references source_import`.execute(db)
}
