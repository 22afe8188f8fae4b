/**
 * Mail found by the page it leads to (issue 7, part 5): what was told of a cycle, an access, a review or a run of a control, where the
 * ledger of notices does not name it. A stored column, because row-level security lets no expression into the condition of an index.
 * A link that is a secret stays in one place.
 */
import { type Kysely, sql } from 'kysely'

const paths = sql`
alter table mail add column path text collate "C"
  generated always as (case when not sensitive then regexp_replace(link, '^[a-z]+://[^/]+', '') end) stored;
comment on column mail.path is 'Of its link, without the host; null where the link is a secret.';
create index mail_path on mail (entity_id, path) where notice_id is null;
`

export async function up(db: Kysely<unknown>): Promise<void> {
  await paths.execute(db)
}
