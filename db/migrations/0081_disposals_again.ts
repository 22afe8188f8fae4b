import { type Kysely, sql } from 'kysely'
import { secured } from '../secured-table.ts'

/**
 * A disposal that a restored copy is older than is done again in it, by the decision the list outside the database tells (decision 0061);
 * and anybody can verify the receipt of a verdict on one.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await table.execute(db)
  await guard.execute(db)
  await receipts.execute(db)
}

/**
 * No role of the product writes here, only a restore. Ids of positions and of the act have no foreign key: the copy may be older than
 * what they name, as it may be than the version of the series and whoever proposed it.
 */
const table = sql`
create table disposal_redone (
  disposal_id uuid primary key references disposal,
  entity_id uuid not null references entity,
  content_hash text not null check (content_hash ~ '^[0-9a-f]{64}$'),
  series text not null,
  proposed_position uuid not null,
  act_id uuid not null,
  approved_position uuid not null,
  position_name text,
  approved_at timestamptz not null,
  method text not null,
  receipt_code text not null,
  signed_items integer not null check (signed_items > 0),
  redone_at timestamptz not null default app_now()
);
comment on table disposal_redone is 'The decision of a disposal that was done again in a restored copy from before it, as the list outside the database tells it.';
comment on column disposal_redone.position_name is 'As the copy calls the position that approved it; null where it does not know it.';
comment on column disposal_redone.signed_items is 'Contents of the inventory that was signed, which come first; what only the copy had of the exercise comes after them.';
create index disposal_redone_receipt on disposal_redone (receipt_code);
${secured('disposal_redone')}
create trigger keeps_writes after insert or update or delete on disposal_redone for each row execute function keep_row_write('disposal_id');
alter table disposal_redone enable always trigger keeps_writes;
grant select on disposal_redone to caracteriza_web, caracteriza_worker, caracteriza_auditor;
alter table disposal alter column rule_id drop not null, alter column proposed_by drop not null,
  alter column proposed_position drop not null,
  add constraint disposal_known check (num_nonnulls(rule_id, proposed_by, proposed_position) = 3 or status in ('running', 'done'));
`

const guard = sql`
create or replace function guard_disposal_begin() returns trigger language plpgsql as $$
begin
  if new.status in ('running', 'done') and old.status not in ('running', 'done')
      and not exists (select from disposal_signature s
        where s.disposal_id = new.id and s.kind = 'approve_disposal' and s.content_hash = new.content_hash)
      and not exists (select from disposal_redone r where r.disposal_id = new.id and r.content_hash = new.content_hash) then
    raise exception 'a disposal begins by the signature of whoever approves it' using errcode = 'CZ001';
  end if;
  return new;
end $$;
`

const receipts = sql`
grant select (id, entity_id, disposal_id, kind, position_name, receipt_code, signed_at, content_hash, method) on disposal_signature
  to caracteriza_public;
create policy public_signature on disposal_signature for select to caracteriza_public
  using (receipt_code = nullif(current_setting('app.receipt', true), ''));
grant select (entity_id, disposal_id, position_name, receipt_code, approved_at, content_hash, method) on disposal_redone
  to caracteriza_public;
create policy public_redone on disposal_redone for select to caracteriza_public
  using (receipt_code = nullif(current_setting('app.receipt', true), ''));
`
