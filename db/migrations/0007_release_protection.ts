import { type Kysely, sql } from 'kysely'
import { secured } from '../secured-table.ts'

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
${secured('release_protection')}
grant select, insert on release_protection to caracteriza_web;
grant select on release_protection to caracteriza_worker, caracteriza_auditor;
`.execute(db)
}
