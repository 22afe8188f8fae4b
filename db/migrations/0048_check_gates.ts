import { type Kysely, sql } from 'kysely'
import { secured } from '../secured-table.ts'

/** A standing check that holds a step until nothing is left of it (D8); lifted, never deleted. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
create table check_gate (
  id uuid primary key,
  entity_id uuid not null references entity,
  check_code text not null,
  step_code text not null check (step_code in ('1', '2', '3', '4', '5', '6', '7')),
  reason text not null check (btrim(reason) <> ''),
  set_by uuid not null references person,
  set_position uuid not null references position,
  set_at timestamptz not null default app_now(),
  lifted_by uuid references person,
  lifted_position uuid references position,
  lifted_at timestamptz,
  check (num_nulls(lifted_by, lifted_position, lifted_at) in (0, 3))
);
create unique index check_gate_standing on check_gate (entity_id, check_code, step_code) where lifted_at is null;
${secured('check_gate')}
create policy web_sets on check_gate as restrictive for insert to caracteriza_web
  with check (set_by = app_person() and lifted_at is null);
create policy web_lifts on check_gate as restrictive for update to caracteriza_web using (lifted_at is null)
  with check (lifted_by = app_person());
grant select on check_gate to caracteriza_web, caracteriza_worker, caracteriza_auditor;
grant insert on check_gate to caracteriza_web;
grant update (lifted_by, lifted_position, lifted_at) on check_gate to caracteriza_web;
`.execute(db)
}
