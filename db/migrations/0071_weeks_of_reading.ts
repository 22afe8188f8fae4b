import { type Kysely, sql } from 'kysely'
import { secured } from '../secured-table.ts'

/** Who saw citizens' data, looked over week by week, and what was unusual (features I8): a list that stays as it was told. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
create table reading_week (
  entity_id uuid not null references entity,
  week date not null check (extract(isodow from week) = 1),
  readers integer not null,
  reads integer not null,
  listed_at timestamptz not null default app_now(),
  primary key (entity_id, week)
);
comment on table reading_week is 'A week, from its Monday, that was looked over: how many people saw citizens'' data, and how often.';
create table unusual_reading (
  entity_id uuid not null,
  week date not null,
  person_id uuid not null references person,
  reads integer not null,
  objects integer not null,
  reasons text[] not null check (cardinality(reasons) > 0),
  primary key (entity_id, week, person_id),
  foreign key (entity_id, week) references reading_week
);
comment on table unusual_reading is 'Who read unusually in a week, and why it is unusual (domain/unusual-reading.ts).';
${secured('reading_week')}
${secured('unusual_reading')}
grant select on reading_week, unusual_reading to caracteriza_web, caracteriza_auditor;
grant select, insert on reading_week, unusual_reading to caracteriza_worker;
create index event_personal_reads on event (entity_id, at desc, id desc)
  where type in ('capture.read', 'rights.opened', 'source.column_revealed', 'source.rejects_taken');
`.execute(db)
}
