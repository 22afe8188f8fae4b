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

/**
 * A stored column, because row-level security lets no expression into the condition of an index. Of what was written before, found
 * by the shape of such a page in its link: what comes before that is of the installation.
 */
const paths = sql`
alter table mail add column path text collate "C", add constraint mail_path_open check (path is null or not sensitive);
comment on column mail.path is 'Of the page it leads to, where whoever reads that page may read its subject; null where it may not be told there.';
update mail set path = substring(link from '/(?:ejercicios|accesos|accesos/campanas)/[0-9a-f]{8}-[0-9a-f-]{27}.*$|/riesgos/[^/]+/controles/[^/]+/ejecuciones/.+$')
  where not sensitive and notice_id is null and link !~ '/actos/';
create index mail_path on mail (entity_id, path) where notice_id is null;
`

export async function up(db: Kysely<unknown>): Promise<void> {
  await counts.execute(db)
  await paths.execute(db)
}
