import { type Kysely, sql } from 'kysely'
import { secured } from '../secured-table.ts'

/**
 * Ending a delegated access because of what else is recorded (circular 4173.010.22.2.1020.000150; D4): the order stands
 * with the change that causes it, and the workflow of the access carries it out.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await endings.execute(db)
  await privileges.execute(db)
}

/**
 * `origin`, `origin_id`: what was recorded, and its row. `ordered_by`: whoever recorded it; null where nobody did, as when
 * a campaign closes in silence. `effective_on`: first civil day without the access.
 */
const endings = sql`
create table access_ending (
  id uuid primary key,
  entity_id uuid not null references entity,
  grant_id uuid not null references access_grant,
  cause text not null,
  origin text not null,
  origin_id uuid not null,
  ordered_by uuid references person,
  ordered_position uuid references position,
  ordered_at timestamptz not null default app_now(),
  effective_on date not null,
  sent_at timestamptz,
  settled_at timestamptz,
  outcome text check (outcome in ('revoked', 'kept', 'over')),
  unique (grant_id, origin, origin_id, effective_on),
  check ((settled_at is null) = (outcome is null))
);
create index access_ending_open on access_ending (effective_on, sent_at) where settled_at is null;
create index access_ending_of on access_ending (grant_id) where settled_at is null;
${secured('access_ending')}
`

const privileges = sql`
grant select on access_ending to caracteriza_web, caracteriza_worker, caracteriza_auditor;
grant insert on access_ending to caracteriza_web, caracteriza_worker;
grant update (sent_at, settled_at, outcome) on access_ending to caracteriza_worker;
`
