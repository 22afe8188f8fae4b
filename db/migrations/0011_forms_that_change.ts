import { type Kysely, sql } from 'kysely'

/**
 * Forms that change (A6, A7, A9): each step keeps the form it was opened with, each draft what has no field any more and
 * its last saves, and comments become a conversation whose words are never rewritten.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await forms.execute(db)
  await saves.execute(db)
}

/** Steps opened before keep the form their attempt was opened with; only a draft brought over by a person moves it. */
const forms = sql`
alter table step add column form_version integer not null default 1;
update step set form_version = attempt.form_version from attempt where attempt.id = step.attempt_id;
grant update (form_version) on step to caracteriza_web;
alter table step_draft add column left_over jsonb not null default '[]';
`

/** The last saves of each draft, so that two people who saved at once are told who changed what (A7). */
const saves = sql`
create table draft_save (
  step_id uuid not null references step,
  rev integer not null,
  entity_id uuid not null references entity,
  form_version integer not null,
  answers jsonb not null,
  saved_by uuid not null references person,
  position_id uuid not null references position,
  saved_at timestamptz not null default app_now(),
  primary key (step_id, rev)
);
${secured('draft_save')}
grant select on draft_save to caracteriza_worker;
grant select, insert, delete on draft_save to caracteriza_web;
`

/** Row-level security as on every table of an entity (0003_security.ts). */
function secured(table: string) {
  const name = sql.table(table)
  return sql`
alter table ${name} enable row level security;
alter table ${name} force row level security;
create policy web on ${name} for all to caracteriza_web using (entity_id = app_entity()) with check (entity_id = app_entity());
create policy worker_reads on ${name} for select to caracteriza_worker using (true);
create policy worker_writes on ${name} for all to caracteriza_worker
  using (entity_id = app_entity()) with check (entity_id = app_entity());
create policy sealer on ${name} for select to caracteriza_sealer using (true);
create policy auditor on ${name} for select to caracteriza_auditor using (entity_id = app_entity());
create policy owner on ${name} for all to caracteriza_owner using (true) with check (true);
`
}
