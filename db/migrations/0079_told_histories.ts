/**
 * What is told beside the history of a cycle, an access, a review or a run of a control (issue 7, parts 1 and 5): how the days of a run
 * were counted, and which mail leads to a page of theirs where the ledger of notices does not name it.
 */
import { type Kysely, sql } from 'kysely'

/** Null of runs that were opened before their count was kept. */
const counts = sql`
alter table control_run add column calendar_version text, add column arithmetic jsonb,
  add constraint control_run_counted check ((calendar_version is null) = (arithmetic is null));
create index term_cycle on term (cycle_id);
create index term_replaced on term (replaced_by) where replaced_by is not null;
create index notice_cycle on notice (cycle_id) where cycle_id is not null;
`

/** A stored column, because row-level security lets no expression into the condition of an index. A link that is a secret stays in one place. */
const paths = sql`
alter table mail add column path text collate "C"
  generated always as (case when not sensitive then regexp_replace(link, '^[a-z]+://[^/]+', '') end) stored;
comment on column mail.path is 'Of its link, without the host; null where the link is a secret.';
create index mail_path on mail (entity_id, path) where notice_id is null;
`

export async function up(db: Kysely<unknown>): Promise<void> {
  await counts.execute(db)
  await paths.execute(db)
}
