import { type Kysely, sql } from 'kysely'
import { secured } from '../secured-table.ts'

/**
 * Coverage (E10, N17): how many people each point of attention attended, as the office counted them, beside what the
 * source captured. Every file or list is a row of its own and none is rewritten; the last of a cycle is in force.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await attendance.execute(db)
  await policies.execute(db)
  await privileges.execute(db)
}

/** `lines`: [{point, period, attended, refused}], checked by domain/coverage.ts; `sha256` is of their canonical form. */
const attendance = sql`
create table attendance (
  id uuid primary key,
  entity_id uuid not null references entity,
  cycle_id uuid not null references cycle,
  n integer not null check (n > 0),
  source_id uuid not null references source,
  point_variable text not null,
  period_variable text not null,
  lines jsonb not null check (jsonb_typeof(lines) = 'array'),
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  recorded_by uuid not null references person,
  recorded_position uuid not null references position,
  recorded_at timestamptz not null default app_now(),
  unique (cycle_id, n)
);
`

const policies = sql`
${secured('attendance')}
create policy web_records on attendance as restrictive for insert to caracteriza_web with check (recorded_by = app_person());
`

const privileges = sql`
grant select on attendance to caracteriza_web, caracteriza_worker, caracteriza_auditor;
grant insert on attendance to caracteriza_web;
`
