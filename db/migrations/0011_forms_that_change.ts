import { type Kysely, sql } from 'kysely'
import { secured } from '../secured-table.ts'

/**
 * Forms that change (A6, A7, A9): each step keeps the form it was opened with, each draft what has no field any more and
 * its last saves, and comments become a conversation whose words are never rewritten.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await forms.execute(db)
  await saves.execute(db)
  await comments.execute(db)
  await signatures.execute(db)
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
create policy web_saves on draft_save as restrictive for insert to caracteriza_web with check (saved_by = app_person());
grant select on draft_save to caracteriza_worker;
grant select, insert, delete on draft_save to caracteriza_web;
`

/**
 * Comments (A9): the words of each version stand for good; answers, what a comment is about, whether it is resolved, who
 * is mentioned and which files it brings hang on it.
 */
const comments = sql`
alter table comment add column parent_id uuid references comment;
alter table comment add column anchor text;
create index comment_parent on comment (parent_id) where parent_id is not null;
create table comment_version (
  comment_id uuid not null references comment,
  n integer not null check (n > 1),
  entity_id uuid not null references entity,
  body text not null,
  written_at timestamptz not null default app_now(),
  primary key (comment_id, n)
);
create table comment_resolution (
  id uuid primary key,
  entity_id uuid not null references entity,
  comment_id uuid not null references comment,
  resolved boolean not null,
  person_id uuid not null references person,
  position_id uuid not null references position,
  at timestamptz not null default app_now()
);
create index comment_resolution_comment on comment_resolution (comment_id, at desc);
create table comment_mention (
  comment_id uuid not null references comment,
  person_id uuid not null references person,
  position_id uuid not null references position,
  entity_id uuid not null references entity,
  mentioned_at timestamptz not null default app_now(),
  seen_at timestamptz,
  primary key (comment_id, person_id)
);
create index comment_mention_unseen on comment_mention (person_id, mentioned_at) where seen_at is null;
create table comment_file (
  id uuid primary key,
  entity_id uuid not null references entity,
  cycle_id uuid not null references cycle,
  comment_id uuid not null references comment,
  sha256 text not null,
  name text not null,
  media_type text not null,
  bytes bigint not null,
  added_at timestamptz not null default app_now()
);
create index comment_file_comment on comment_file (comment_id);
${secured('comment_version')}
${secured('comment_resolution')}
${secured('comment_mention')}
${secured('comment_file')}
create policy web_resolves on comment_resolution as restrictive for insert to caracteriza_web
  with check (person_id = app_person());
create policy web_sees on comment_mention as restrictive for update to caracteriza_web using (person_id = app_person());
grant select on comment_version, comment_resolution, comment_mention, comment_file to caracteriza_web, caracteriza_worker;
grant insert on comment_version, comment_resolution, comment_mention, comment_file to caracteriza_web;
grant update (seen_at) on comment_mention to caracteriza_web;
grant select on comment, comment_version, comment_resolution, comment_mention, comment_file to caracteriza_auditor;
`

/** Each signature keeps what its procedure version said of comments left unresolved. */
const signatures = sql`
alter table signature add column open_comments text not null default 'allow' check (open_comments in ('block', 'allow'));
`
