import { type Kysely, sql } from 'kysely'
import { secured } from '../secured-table.ts'

/**
 * The catalogue of variables (F5, F6, N11): each with its versions, how it scored in every exercise, and the tables that
 * let a series go on across a break. Versions and scores are written by the act that approves step 2, and never rewritten.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await catalogue.execute(db)
  await crosswalks.execute(db)
  await policies.execute(db)
  await privileges.execute(db)
  await publicPolicies.execute(db)
}

/**
 * `definition`: {name, definition, unit, periodicity, category, sensitive, values: [{code, label}]}, of domain/variable-definitions.ts.
 * `criteria`: {relevante: si|no, ...}; the five of MM-GAC-P-008 v2, lineamiento 2.
 */
const catalogue = sql`
create table variable (
  id uuid primary key,
  entity_id uuid not null references entity,
  code text not null check (code ~ '^[a-z][a-z0-9_]{0,62}$'),
  added_at timestamptz not null default app_now(),
  unique (entity_id, code)
);
create table variable_version (
  id uuid primary key,
  entity_id uuid not null references entity,
  variable_id uuid not null references variable,
  n integer not null check (n > 0),
  definition jsonb not null check (jsonb_typeof(definition) = 'object'),
  content_hash text not null check (content_hash ~ '^[0-9a-f]{64}$'),
  breaks_series boolean not null,
  reason text not null,
  cycle_id uuid not null references cycle,
  step_version_id uuid not null references step_version,
  vigencia integer not null,
  elaborated_by uuid not null references person,
  approved_by uuid not null references person,
  approved_position uuid not null references position,
  recorded_at timestamptz not null default app_now(),
  unique (variable_id, n)
);
create table variable_score (
  variable_id uuid not null references variable,
  step_version_id uuid not null references step_version,
  entity_id uuid not null references entity,
  version_id uuid not null references variable_version,
  cycle_id uuid not null references cycle,
  vigencia integer not null,
  criteria jsonb not null check (jsonb_typeof(criteria) = 'object'),
  score integer not null check (score between 0 and 5),
  threshold integer not null check (threshold between 1 and 5),
  prioritized boolean not null,
  cost_benefit text not null,
  discard_reason text not null,
  answers jsonb not null check (jsonb_typeof(answers) = 'object'),
  recorded_at timestamptz not null default app_now(),
  primary key (step_version_id, variable_id)
);
create index variable_score_variable on variable_score (variable_id, vigencia desc, recorded_at desc);
create index variable_score_cycle on variable_score (cycle_id);
`

/**
 * pairs: [{from, to: [...]}], value by value; an empty `to` where the old value has no successor. Who decides is never
 * who proposed (model.md §4).
 */
const crosswalks = sql`
create table crosswalk (
  id uuid primary key,
  entity_id uuid not null references entity,
  variable_id uuid not null references variable,
  from_n integer not null,
  to_n integer not null check (to_n = from_n + 1),
  pairs jsonb not null check (jsonb_typeof(pairs) = 'array'),
  note text not null,
  content_hash text not null check (content_hash ~ '^[0-9a-f]{64}$'),
  status text not null default 'proposed' check (status in ('proposed', 'approved', 'returned')),
  proposed_by uuid not null references person,
  proposed_position uuid not null references position,
  proposed_at timestamptz not null default app_now(),
  decided_by uuid references person,
  decided_position uuid references position,
  decided_at timestamptz,
  observation text not null default '',
  foreign key (variable_id, from_n) references variable_version (variable_id, n),
  foreign key (variable_id, to_n) references variable_version (variable_id, n),
  check (decided_by <> proposed_by),
  check ((status = 'proposed') = (decided_by is null) and (decided_by is null) = (decided_at is null)),
  check ((decided_by is null) = (decided_position is null))
);
create unique index crosswalk_standing on crosswalk (variable_id, from_n) where status <> 'returned';
create index crosswalk_variable on crosswalk (variable_id, proposed_at);
create index crosswalk_waiting on crosswalk (entity_id, proposed_at) where status = 'proposed';
`

/** The web proposes in the person's own name, and decides what is proposed; what was decided stays as it is. */
const policies = sql`
${secured('variable')}
${secured('variable_version')}
${secured('variable_score')}
${secured('crosswalk')}
create policy web_proposes on crosswalk as restrictive for insert to caracteriza_web
  with check (proposed_by = app_person() and status = 'proposed');
create policy web_decides on crosswalk as restrictive for update to caracteriza_web
  using (status = 'proposed') with check (decided_by = app_person() and status in ('approved', 'returned'));
`

const privileges = sql`
grant select on variable, variable_version, variable_score, crosswalk
  to caracteriza_web, caracteriza_worker, caracteriza_auditor;
grant insert on variable, variable_version, variable_score to caracteriza_worker;
grant insert on crosswalk to caracteriza_web;
grant update (status, decided_by, decided_position, decided_at, observation) on crosswalk to caracteriza_web;
`

/** Whoever reads what an entity published may know whether two vigencias of it can be compared, and by which table. */
const publicPolicies = sql`
grant select (id, entity_id, code) on variable to caracteriza_public;
grant select (id, entity_id, variable_id, n, definition, vigencia) on variable_version to caracteriza_public;
grant select (entity_id, variable_id, version_id, cycle_id, prioritized, recorded_at) on variable_score to caracteriza_public;
grant select (id, entity_id, variable_id, from_n, to_n, pairs, note, status, decided_at) on crosswalk to caracteriza_public;
create policy public_reads on variable for select to caracteriza_public
  using (exists (select 1 from release r where r.entity_id = variable.entity_id));
create policy public_reads on variable_version for select to caracteriza_public
  using (exists (select 1 from release r where r.entity_id = variable_version.entity_id));
create policy public_reads on variable_score for select to caracteriza_public
  using (exists (select 1 from release r where r.cycle_id = variable_score.cycle_id));
create policy public_reads on crosswalk for select to caracteriza_public
  using (status = 'approved' and exists (select 1 from release r where r.entity_id = crosswalk.entity_id));
`
