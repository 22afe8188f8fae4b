import { type Kysely, sql } from 'kysely'

/**
 * Anyone finds a signed document by the code of a receipt printed on it too (model.md §4), and of a document the public
 * role reads what the page says and nothing else.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`revoke select on document from caracteriza_public`.execute(db)
  await sql`
    grant select (id, entity_id, code, title, sha256, content_hash, bytes, issued_at, signers) on document
    to caracteriza_public`.execute(db)
  await sql`
    alter policy public_reads on document
    using (code = nullif(current_setting('app.code', true), '')
      or signers @> jsonb_build_array(jsonb_build_object('receiptCode', nullif(current_setting('app.receipt', true), ''))))`.execute(
    db,
  )
}
