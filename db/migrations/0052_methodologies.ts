import { type Kysely, sql } from 'kysely'
import { secured } from '../secured-table.ts'

/**
 * Methodologies of an entity's own (features D3): copies being edited, the versions they were published as, which one new
 * assessments use, and by which table of equivalences a risk moved from one to another. Residuals that somebody wrote over (D2).
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await versions.execute(db)
  await drafts.execute(db)
  await choices.execute(db)
  await moves.execute(db)
  await overrides.execute(db)
  await privileges.execute(db)
}

/** Never rewritten: assessments name them. `n`: from 1, since 0 is the one that ships. */
const versions = sql`
create table methodology_version (
  id uuid primary key,
  entity_id uuid not null references entity,
  code text not null,
  n integer not null check (n > 0),
  base_n integer not null check (base_n >= 0 and base_n < n),
  content jsonb not null,
  content_hash text not null check (content_hash ~ '^[0-9a-f]{64}$'),
  reason text not null check (btrim(reason) <> ''),
  published_by uuid not null references person,
  published_position uuid not null references position,
  acting_for uuid references person default app_acting_for(),
  published_at timestamptz not null default app_now(),
  unique (entity_id, code, n)
);
${secured('methodology_version')}
create policy web_publishes on methodology_version as restrictive for insert to caracteriza_web
  with check (published_by = app_person());
`

/** One at a time of each methodology; `version` counts how often it was saved. */
const drafts = sql`
create table methodology_draft (
  id uuid primary key,
  entity_id uuid not null references entity,
  code text not null,
  base_n integer not null check (base_n >= 0),
  content jsonb not null,
  version integer not null default 1 check (version > 0),
  written_by uuid not null references person,
  written_position uuid not null references position,
  written_at timestamptz not null default app_now(),
  unique (entity_id, code)
);
${secured('methodology_draft')}
create policy web_writes on methodology_draft as restrictive for insert to caracteriza_web with check (written_by = app_person());
`

/** `typology`: null for whatever has no choice of its own. The last of each is the one that holds. */
const choices = sql`
create table methodology_choice (
  id uuid primary key,
  entity_id uuid not null references entity,
  n integer not null check (n > 0),
  typology text,
  methodology text not null,
  methodology_n integer not null check (methodology_n >= 0),
  reason text not null check (btrim(reason) <> ''),
  chosen_by uuid not null references person,
  chosen_position uuid not null references position,
  acting_for uuid references person default app_acting_for(),
  chosen_at timestamptz not null default app_now(),
  unique (entity_id, n)
);
${secured('methodology_choice')}
create policy web_chooses on methodology_choice as restrictive for insert to caracteriza_web
  with check (chosen_by = app_person());
`

/** `equivalences`: the table a person confirmed when the risk moved to this methodology; null where it was rated by its answers. */
const moves = sql`
alter table risk_assessment add column equivalences jsonb check (equivalences is null or n > 1);
`

/** `computed_…`: what the controls declared when somebody wrote another place over it. */
const overrides = sql`
create table residual_override (
  id uuid primary key,
  entity_id uuid not null references entity,
  risk_id uuid not null references risk,
  n integer not null check (n > 0),
  assessment_id uuid not null references risk_assessment,
  probability integer not null check (probability >= 0),
  impact integer not null check (impact >= 0),
  zone text not null,
  computed_p numeric not null check (computed_p between 0 and 100),
  computed_i numeric not null check (computed_i between 0 and 100),
  computed_probability integer not null check (computed_probability >= 0),
  computed_impact integer not null check (computed_impact >= 0),
  computed_zone text not null,
  reason text not null check (btrim(reason) <> ''),
  written_by uuid not null references person,
  written_position uuid not null references position,
  acting_for uuid references person default app_acting_for(),
  written_at timestamptz not null default app_now(),
  ending text check (ending in ('lapsed', 'withdrawn', 'replaced')),
  ended_at timestamptz,
  check ((ended_at is null) = (ending is null)),
  check ((probability, impact) <> (computed_probability, computed_impact)),
  unique (risk_id, n)
);
create unique index residual_override_stands on residual_override (risk_id) where ended_at is null;
${secured('residual_override')}
create policy web_overwrites on residual_override as restrictive for insert to caracteriza_web
  with check (written_by = app_person());
alter table risk_standing add column override_id uuid references residual_override;
`

const privileges = sql`
grant select on methodology_version, methodology_draft, methodology_choice, residual_override
  to caracteriza_web, caracteriza_worker, caracteriza_auditor;
grant insert on methodology_version, methodology_draft, methodology_choice, residual_override to caracteriza_web;
grant update (content, version, written_by, written_position, written_at), delete on methodology_draft to caracteriza_web;
grant update (ending, ended_at) on residual_override to caracteriza_web, caracteriza_worker;
`
