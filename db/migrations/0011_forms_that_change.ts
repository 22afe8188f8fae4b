import { type Kysely, sql } from 'kysely'

/**
 * Forms that change (A6, A7, A9): each step keeps the form it was opened with, each draft what has no field any more and
 * its last saves, and comments become a conversation whose words are never rewritten.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await forms.execute(db)
}

/** Steps opened before keep the form their attempt was opened with; only a draft brought over by a person moves it. */
const forms = sql`
alter table step add column form_version integer not null default 1;
update step set form_version = attempt.form_version from attempt where attempt.id = step.attempt_id;
grant update (form_version) on step to caracteriza_web;
alter table step_draft add column left_over jsonb not null default '[]';
`
