import { type Kysely, sql } from 'kysely'
import { secured } from '../secured-table.ts'

/**
 * Requests of access from a list (C1), kept with the result of each row; and receipts of what was said of an access, for
 * whoever holds their code.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await lists.execute(db)
  await rows.execute(db)
  await privileges.execute(db)
  await receipts.execute(db)
}

/** One list as it was sent: its own communication, and the hash of its file. The file itself is not kept. */
const lists = sql`
create table access_list (
  id uuid primary key,
  entity_id uuid not null references entity,
  agency_id uuid not null references agency,
  person_id uuid not null references person,
  position_id uuid not null references position,
  sha256 text not null,
  radicado text not null check (btrim(radicado) <> ''),
  radicado_on date not null,
  reason text not null,
  received_at timestamptz not null default app_now(),
  asked_at timestamptz
);
${secured('access_list')}
create policy own_lists on access_list as restrictive for insert to caracteriza_web with check (person_id = app_person());
`

/**
 * \`who\`: what stood for the person, without most of its signs; the number of a document is kept nowhere. \`fault\`: why the
 * row could not be asked for when the list was read, \`outcome\` and \`code\` what became of it.
 */
const rows = sql`
create table access_list_row (
  list_id uuid not null references access_list,
  n integer not null check (n > 0),
  entity_id uuid not null references entity,
  line integer not null,
  who text not null,
  point text not null,
  form text not null,
  starts_on text not null,
  ends_on text not null,
  grantee_id uuid references person,
  point_id uuid references service_point,
  fault text,
  outcome text check (outcome in ('asked', 'refused')),
  code text,
  grant_id uuid references access_grant,
  primary key (list_id, n),
  check ((outcome = 'asked') = (grant_id is not null) or outcome is null),
  check ((outcome = 'refused') = (code is not null) or outcome is null)
);
${secured('access_list_row')}
`

const privileges = sql`
grant select on access_list, access_list_row to caracteriza_web, caracteriza_auditor;
grant insert on access_list, access_list_row to caracteriza_web;
grant update (asked_at) on access_list to caracteriza_web;
grant update (outcome, code, grant_id) on access_list_row to caracteriza_web;
`

/** What was said, when and by which position; of the access its code, vigencia and organismo. Nobody is named. */
const receipts = sql`
create index access_signature_receipt on access_signature (receipt_code);
grant select (grant_id, entity_id, kind, position_name, content_hash, receipt_code, signed_at) on access_signature
  to caracteriza_public;
grant select (id, entity_id, agency_id, code, vigencia) on access_grant to caracteriza_public;
create policy public_reads on access_signature for select to caracteriza_public
  using (receipt_code = nullif(current_setting('app.receipt', true), ''));
create policy public_reads on access_grant for select to caracteriza_public
  using (exists (select 1 from access_signature s where s.grant_id = access_grant.id));
create policy public_reads_of_access on agency for select to caracteriza_public
  using (exists (select 1 from access_grant g where g.agency_id = agency.id));
`
