import { type Kysely, sql } from 'kysely'

/**
 * The sealed log (model.md §5, promises §4.4): one Merkle tree for each entity over its events, written outside the business
 * transaction by the sealer's role alone. Nobody but the owner changes or deletes a row of it, and the checkpoints say if he did.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await tables.execute(db)
  await security.execute(db)
}

const tables = sql`
create index event_sealing on event (entity_id, xid, id);

create table log_key (
  entity_id uuid not null references entity,
  key_id text not null check (key_id ~ '^[0-9a-f]{8}$'),
  verifier_key text not null,
  since timestamptz not null default app_now(),
  primary key (entity_id, key_id)
);
comment on table log_key is 'Public keys that sign the checkpoints of an entity, by their id; the newest signs.';

create table log_leaf (
  entity_id uuid not null,
  n bigint not null check (n >= 0),
  event_id uuid not null unique,
  xid xid8 not null,
  leaf bytea not null check (length(leaf) = 32),
  primary key (entity_id, n)
);
comment on table log_leaf is 'Place of each event in the tree of its entity, from 0 without gaps, and SHA-256(0x00 ‖ canonical line).';

create table log_subtree (
  entity_id uuid not null,
  level smallint not null check (level > 0),
  n bigint not null check (n >= 0),
  hash bytea not null check (length(hash) = 32),
  primary key (entity_id, level, n)
);
comment on table log_subtree is 'Root of the n-th complete subtree of 256^level leaves, kept so that a proof reads little.';

create table log_checkpoint (
  entity_id uuid not null,
  size bigint not null check (size > 0),
  root bytea not null check (length(root) = 32),
  key_id text not null,
  note text not null,
  signed_at timestamptz not null default app_now(),
  primary key (entity_id, size),
  foreign key (entity_id, key_id) references log_key
);
create index log_checkpoint_page on log_checkpoint (entity_id, signed_at desc);
`

const security = sql`
do $$
declare t text;
begin
  foreach t in array array['log_key', 'log_leaf', 'log_subtree', 'log_checkpoint'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy web on %I for select to caracteriza_web using (entity_id = app_entity())', t);
    execute format('create policy worker_reads on %I for select to caracteriza_worker using (true)', t);
    execute format('create policy auditor on %I for select to caracteriza_auditor using (entity_id = app_entity())', t);
    execute format('create policy sealer on %I for all to caracteriza_sealer using (true) with check (true)', t);
    execute format('create policy owner on %I for all to caracteriza_owner using (true) with check (true)', t);
    execute format('grant select on %I to caracteriza_web, caracteriza_worker, caracteriza_auditor', t);
    execute format('grant select, insert on %I to caracteriza_sealer', t);
  end loop;
end $$;
grant select on entity to caracteriza_sealer;
`
