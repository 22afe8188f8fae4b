import { type Kysely, sql } from 'kysely'
import { secured } from '../secured-table.ts'

/**
 * The log of each day as it was handed to the public (promises §4.4): whoever keeps a day outside can tell later that nothing of
 * it was changed. A leaf is a hash of a line with random ids and says nothing of what is in it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
create table log_day (
  entity_id uuid not null references entity,
  day date not null,
  first bigint not null check (first >= 0),
  size bigint not null check (size > first),
  checkpoint_size bigint not null check (checkpoint_size >= size),
  published_at timestamptz not null default app_now(),
  primary key (entity_id, day),
  unique (entity_id, first),
  foreign key (entity_id, checkpoint_size) references log_checkpoint (entity_id, size)
);
comment on table log_day is 'Places [first, size) of the log are the events up to the end of that day, after the day published before; the checkpoint covers them.';
${secured('log_day')}
grant select on log_day to caracteriza_web, caracteriza_auditor;
grant select, insert on log_day to caracteriza_worker;
grant select (entity_id, day, first, size, checkpoint_size, published_at) on log_day to caracteriza_public;
grant select (entity_id, size, note) on log_checkpoint to caracteriza_public;
grant select (entity_id, verifier_key, since) on log_key to caracteriza_public;
grant select (entity_id, n, leaf) on log_leaf to caracteriza_public;
create policy public_reads on log_day for select to caracteriza_public using (true);
create policy public_reads on log_key for select to caracteriza_public using (true);
create policy public_reads on log_checkpoint for select to caracteriza_public using (
  exists (select from log_day d where d.entity_id = log_checkpoint.entity_id and d.checkpoint_size = log_checkpoint.size));
create policy public_reads on log_leaf for select to caracteriza_public using (
  n < (select d.size from log_day d where d.entity_id = log_leaf.entity_id order by d.first desc limit 1));
`.execute(db)
}
