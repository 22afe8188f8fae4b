import { type Kysely, sql } from 'kysely'
import { secured } from '../secured-table.ts'

/**
 * Reviews of accesses that open by themselves (C4, C11): when, as the office that leads the process says, every version of it
 * kept; what came of each day; and of whom a review of one person is.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await calendars.execute(db)
  await turns.execute(db)
  await subjects.execute(db)
  await privileges.execute(db)
}

/** The last version of an entity counts; until there is one, `USUAL_CALENDAR` of domain/review-calendar.ts. */
const calendars = sql`
create table review_calendar (
  id uuid primary key,
  entity_id uuid not null references entity,
  n integer not null check (n > 0),
  yearly boolean not null,
  singles boolean not null,
  month integer not null check (month between 1 and 12),
  day integer not null check (day between 1 and 28),
  working_days integer not null check (working_days between 3 and 60),
  on_silence text not null check (on_silence in ('retire', 'suspend', 'keep')),
  reason text not null check (btrim(reason) <> ''),
  changed_by uuid not null references person,
  changed_position uuid not null references position,
  changed_at timestamptz not null default app_now(),
  unique (entity_id, n)
);
${secured('review_calendar')}
create policy web_changes on review_calendar as restrictive for insert to caracteriza_web
  with check (changed_by = app_person());
`

/** What came of the day on which the review of a vigencia was to open, once. */
const turns = sql`
create table review_turn (
  entity_id uuid not null references entity,
  vigencia integer not null,
  day date not null,
  outcome text not null check (outcome in ('opened', 'under_review', 'reviewed', 'nothing')),
  came_at timestamptz not null default app_now(),
  primary key (entity_id, day)
);
${secured('review_turn')}
`

const subjects = sql`
alter table access_campaign add column subject_id uuid references person,
  add constraint access_campaign_subject check ((kind = 'event') = (subject_id is not null));
create index access_campaign_of on access_campaign (subject_id, opened_at desc) where subject_id is not null;
`

const privileges = sql`
grant select on review_calendar, review_turn to caracteriza_web, caracteriza_worker, caracteriza_auditor;
grant insert on review_calendar to caracteriza_web;
grant insert on review_turn, access_campaign to caracteriza_worker;
`
