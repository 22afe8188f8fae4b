import { type Kysely, sql } from 'kysely'

/**
 * What was hidden in a release, why, and what an outsider could still work out of it (N5): made with its files, never
 * changed, and named by its hash in the release. Preparing again adds a row.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
create table release_protection (
  id uuid primary key,
  entity_id uuid not null references entity,
  release_id uuid not null references release on delete cascade,
  hash text not null check (hash ~ '^[0-9a-f]{64}$'),
  content jsonb not null,
  made_at timestamptz not null default app_now()
);
create index release_protection_release on release_protection (release_id, hash);
alter table release add column protection_hash text;
create function guard_release_protection() returns trigger language plpgsql as $$
begin
  raise exception 'the report of a protection never changes';
end $$;
create trigger release_protection_guard before update on release_protection
  for each row execute function guard_release_protection();
alter table release_protection enable row level security;
alter table release_protection force row level security;
create policy web on release_protection for all to caracteriza_web
  using (entity_id = app_entity()) with check (entity_id = app_entity());
create policy worker_reads on release_protection for select to caracteriza_worker using (true);
create policy worker_writes on release_protection for all to caracteriza_worker
  using (entity_id = app_entity()) with check (entity_id = app_entity());
create policy sealer on release_protection for select to caracteriza_sealer using (true);
create policy auditor on release_protection for select to caracteriza_auditor using (entity_id = app_entity());
create policy owner on release_protection for all to caracteriza_owner using (true) with check (true);
grant select, insert on release_protection to caracteriza_web;
grant select on release_protection to caracteriza_worker, caracteriza_auditor;
`.execute(db)
}
