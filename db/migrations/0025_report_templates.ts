import { type Kysely, sql } from 'kysely'
import { secured } from '../secured-table.ts'

/**
 * Templates of an entity's reports, each with versions that never change (G1), and changes that one person proposes to a
 * section another one writes (G3). What the entity had chosen so far becomes version 1 of its first template.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await templates.execute(db)
  await proposals.execute(db)
  await policies.execute(db)
  await privileges.execute(db)
  await moved.execute(db)
}

/**
 * `look` holds what `domain/report-look.ts` says; a part that did not exist when it was stored is as the product has it.
 * `step_version.look`: look, shield and template a report was frozen with; null for other steps and earlier reports.
 */
const templates = sql`
create table report_template (
  id uuid primary key,
  entity_id uuid not null references entity,
  name text not null,
  is_default boolean not null default false,
  retired_at timestamptz,
  retired_by uuid references person,
  unique (entity_id, name),
  check (retired_at is null or not is_default),
  check ((retired_at is null) = (retired_by is null))
);
create unique index report_template_default on report_template (entity_id) where is_default;
create table report_template_version (
  id uuid primary key,
  entity_id uuid not null references entity,
  template_id uuid not null references report_template,
  n integer not null check (n > 0),
  look jsonb not null,
  shield text not null check (shield in ('entity', 'own', 'none')),
  shield_hash text check (shield_hash ~ '^[0-9a-f]{64}$'),
  readability_target integer not null check (readability_target between 0 and 100),
  made_by uuid references person,
  made_position uuid references position,
  made_at timestamptz not null default app_now(),
  unique (template_id, n),
  check ((shield = 'own') = (shield_hash is not null))
);
create table cycle_template (
  cycle_id uuid primary key references cycle,
  entity_id uuid not null references entity,
  version_id uuid references report_template_version
);
alter table step_version add column look jsonb;
`

/** `base`: the words of the section when the change was proposed. Nobody answers their own proposal; they take it back. */
const proposals = sql`
create table section_proposal (
  id uuid primary key,
  entity_id uuid not null references entity,
  cycle_id uuid not null references cycle,
  section text not null check (section ~ '^[a-z0-9_]{1,40}$'),
  base text not null,
  value text not null,
  reason text not null,
  person_id uuid not null references person,
  position_id uuid not null references position,
  proposed_at timestamptz not null default app_now(),
  status text not null default 'open' check (status in ('open', 'accepted', 'declined', 'withdrawn')),
  answered_at timestamptz,
  answered_by uuid references person,
  answered_position uuid references position,
  answer text,
  check ((status = 'open') = (answered_at is null)),
  check ((answered_at is null) = (answered_by is null) and (answered_at is null) = (answered_position is null)),
  check ((answer is not null) = (status = 'declined')),
  check (answered_by is null or (answered_by = person_id) = (status = 'withdrawn'))
);
create index section_proposal_cycle on section_proposal (cycle_id, section);
`

const policies = sql`
${secured('report_template')}
${secured('report_template_version')}
${secured('cycle_template')}
${secured('section_proposal')}
create policy web_proposes on section_proposal as restrictive for insert to caracteriza_web with check (person_id = app_person());
create policy web_answers on section_proposal as restrictive for update to caracteriza_web using (status = 'open')
  with check (answered_by = app_person());
`

const privileges = sql`
grant select on report_template, report_template_version, cycle_template to caracteriza_web, caracteriza_worker;
grant select on section_proposal to caracteriza_web;
grant insert on report_template, report_template_version, cycle_template, section_proposal to caracteriza_web;
grant update (is_default, retired_at, retired_by) on report_template to caracteriza_web;
grant update (version_id) on cycle_template to caracteriza_web;
grant update (status, answered_at, answered_by, answered_position, answer) on section_proposal to caracteriza_web;
`

const moved = sql`
insert into report_template (id, entity_id, name, is_default)
  select gen_random_uuid(), entity_id, 'Plantilla de la entidad', true from report_look;
insert into report_template_version (id, entity_id, template_id, n, look, shield, readability_target)
  select gen_random_uuid(), old.entity_id, template.id, 1,
    jsonb_build_object('header', old.header, 'footer', old.footer, 'colour', old.colour), 'entity', old.readability_target
  from report_look old join report_template template on template.entity_id = old.entity_id;
drop table report_look;
`
