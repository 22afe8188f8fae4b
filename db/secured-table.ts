import { type RawBuilder, sql } from 'kysely'

/**
 * Row-level security, forced, with the policies 0003_security.ts gives every table of an entity: what a migration that
 * adds such a table says of it. Migrations that are released call it, so what it says never changes.
 */
export function secured(name: string): RawBuilder<unknown> {
  const table = sql.table(name)
  return sql`
alter table ${table} enable row level security;
alter table ${table} force row level security;
create policy web on ${table} for all to caracteriza_web using (entity_id = app_entity()) with check (entity_id = app_entity());
create policy worker_reads on ${table} for select to caracteriza_worker using (true);
create policy worker_writes on ${table} for all to caracteriza_worker
  using (entity_id = app_entity()) with check (entity_id = app_entity());
create policy sealer on ${table} for select to caracteriza_sealer using (true);
create policy auditor on ${table} for select to caracteriza_auditor using (entity_id = app_entity());
create policy owner on ${table} for all to caracteriza_owner using (true) with check (true);
`
}
