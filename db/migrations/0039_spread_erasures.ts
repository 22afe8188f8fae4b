import { type Kysely, sql } from 'kysely'
import { secured } from '../secured-table.ts'

/**
 * An erasure reaches what was made of the citizen's records before it (model.md §7), a restored backup too, and a citizen
 * hears of their request by mail (Ley 1581 de 2012, arts. 8, 14 and 15).
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await erasures.execute(db)
  await rewritten.execute(db)
  await mail.execute(db)
}

/**
 * `spread_at`: no file made before holds what leads to the citizen; `leftovers`: SHA-256 of files replaced by then and not yet
 * removed. Applied again to a restored copy that is older than the request, an erasure names none.
 */
const erasures = sql`
alter table citizen_tombstone
  add column spread_at timestamptz,
  add column leftovers text[] not null default '{}',
  alter column request_id drop not null,
  alter column act_id drop not null,
  add constraint citizen_tombstone_cause check ((request_id is null) = (act_id is null));
create index citizen_tombstone_wanted on citizen_tombstone (erased_at) where spread_at is null;
grant update (spread_at, leftovers) on citizen_tombstone to caracteriza_worker;
`

/** Of each snapshot that an erasure reached: the hash it goes by, and that of the file that stands there since. */
const rewritten = sql`
create table snapshot_rewrite (
  erasure_id uuid not null references citizen_tombstone,
  snapshot_hash text not null check (snapshot_hash ~ '^[0-9a-f]{64}$'),
  entity_id uuid not null references entity,
  file_hash text not null check (file_hash ~ '^[0-9a-f]{64}$'),
  rewritten_at timestamptz not null default app_now(),
  primary key (erasure_id, snapshot_hash)
);
create index snapshot_rewrite_of on snapshot_rewrite (entity_id, snapshot_hash, rewritten_at);
${secured('snapshot_rewrite')}
grant select on snapshot_rewrite to caracteriza_web, caracteriza_worker, caracteriza_auditor;
grant insert, update (file_hash, rewritten_at) on snapshot_rewrite to caracteriza_worker;
`

/**
 * A mail to a citizen names the request or the record under whose key their address stands sealed: no address of a citizen
 * is in the clear, and once the key is destroyed nothing is sent any more.
 */
const mail = sql`
alter table mail
  add column rights_id uuid references rights_request,
  add column record_id uuid references capture_record,
  add constraint mail_to_whom check (num_nonnulls(person_id, rights_id, record_id) <= 1);
`
