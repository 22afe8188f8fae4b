import { type Kysely, sql } from 'kysely'
import { secured } from '../secured-table.ts'

/**
 * What the loop of improvement and the publications still lacked: evidence as files and findings (N15), summaries whose term
 * follows the calendar (H9, N13), signed corrections and maps that are taken back (H10, F1).
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await evidence.execute(db)
  await findings.execute(db)
  await summaries.execute(db)
  await receipts.execute(db)
  await recalls.execute(db)
  await recallGuard.execute(db)
  await maps.execute(db)
}

/** A file belongs to a step, or to a line of an improvement action; that of a line is never taken off. */
const evidence = sql`
alter table attachment alter column cycle_id drop not null, alter column step_id drop not null;
alter table attachment add column entry_id uuid references improvement_entry;
alter table attachment add constraint attachment_of check (case when entry_id is null then num_nulls(cycle_id, step_id) = 0
  else num_nonnulls(cycle_id, step_id, removed_at) = 0 end);
create index attachment_entry on attachment (entry_id) where entry_id is not null;
`

/** A finding of control interno as it was written, and the action it asks for; neither is ever rewritten. */
const findings = sql`
create table finding (
  id uuid primary key,
  entity_id uuid not null references entity,
  source text not null,
  radicado text,
  found_on date not null,
  criterion text not null,
  condition text not null,
  cause text not null,
  effect text not null,
  action_id uuid not null unique references improvement_action,
  person_id uuid not null references person,
  position_id uuid not null references position,
  written_at timestamptz not null default app_now()
);
${secured('finding')}
create policy web_writes on finding as restrictive for insert to caracteriza_web with check (person_id = app_person());
grant select on finding to caracteriza_web, caracteriza_worker, caracteriza_auditor;
grant insert on finding to caracteriza_web;
`

/**
 * The term of a summary moves with the calendar, as those of the steps do, and its workflow is told: `signal_wanted`. A
 * notice planned anew may fall on the day of one that was superseded.
 */
const summaries = sql`
alter table agency_summary add column signal_wanted boolean not null default false;
create index agency_summary_wanted on agency_summary (id) where signal_wanted;
grant update (due_date, calendar_version, arithmetic, signal_wanted) on agency_summary to caracteriza_web;
grant update (signal_wanted) on agency_summary to caracteriza_worker;
drop index notice_summary;
create unique index notice_summary on notice (summary_id, kind, planned_on, duty)
  where summary_id is not null and status <> 'superseded';
`

/** Whoever holds the receipt of a reading or an answer sees what was confirmed, when and by which position; nobody else anything. */
const receipts = sql`
grant select (summary_id, entity_id, sha256, position_name, receipt_code, read_at) on summary_reading to caracteriza_public;
grant select (summary_id, entity_id, sha256, position_name, receipt_code, answered_at) on summary_answer to caracteriza_public;
grant select (id, entity_id, cycle_id, agency_id) on agency_summary to caracteriza_public;
grant select (id, entity_id, name) on agency to caracteriza_public;
create policy public_reads on summary_reading for select to caracteriza_public
  using (receipt_code = nullif(current_setting('app.receipt', true), ''));
create policy public_reads on summary_answer for select to caracteriza_public
  using (receipt_code = nullif(current_setting('app.receipt', true), ''));
create policy public_reads on agency_summary for select to caracteriza_public
  using (exists (select 1 from summary_reading r where r.summary_id = agency_summary.id)
    or exists (select 1 from summary_answer a where a.summary_id = agency_summary.id));
create policy public_reads on agency for select to caracteriza_public
  using (exists (select 1 from agency_summary s where s.agency_id = agency.id));
`

/** A correction signed by all and taken back before its hour: its release stays as it was signed, and is never public. */
const recalls = sql`
alter table correction drop constraint correction_status_check;
alter table correction add column withdrawn_reason text,
  add constraint correction_status_check
    check (status in ('preparing', 'submitted', 'approved', 'published', 'discarded', 'withdrawn')),
  add constraint correction_withdrawn_check check ((status = 'withdrawn') = (withdrawn_reason is not null));
grant update (withdrawn_reason) on correction to caracteriza_web;
alter table release drop constraint release_status_check;
alter table release add constraint release_status_check
    check (status in ('draft', 'scheduled', 'published', 'corrected', 'withdrawn', 'recalled')),
  add constraint release_recalled_check check (status <> 'recalled' or corrects_id is not null);
alter policy web_changes on release with check (status in ('draft', 'scheduled', 'withdrawn', 'recalled'));
`

const recallGuard = sql`
create or replace function guard_release() returns trigger language plpgsql as $$
begin
  if old.status in ('draft', 'scheduled') then
    if tg_op = 'DELETE' then
      if old.approved_at is not null then raise exception 'an approved release is never deleted'; end if;
      return old;
    end if;
    if new.status not in ('draft', 'scheduled', 'published', 'recalled') then
      raise exception 'a draft is published, recalled or stays one';
    end if;
    if current_user = 'caracteriza_web' and new.approved_at is distinct from old.approved_at then
      raise exception 'only the worker finds a release approved';
    end if;
    if old.approved_at is not null and to_jsonb(new) - array['status', 'publish_at', 'signal_wanted', 'published_at']
       is distinct from to_jsonb(old) - array['status', 'publish_at', 'signal_wanted', 'published_at'] then
      raise exception 'an approved release is never rewritten';
    end if;
    return new;
  end if;
  if tg_op = 'DELETE' then raise exception 'a published release is never deleted'; end if;
  if to_jsonb(new) - array['status', 'withdrawn_at', 'withdrawn_reason', 'signal_wanted']
     is distinct from to_jsonb(old) - array['status', 'withdrawn_at', 'withdrawn_reason', 'signal_wanted']
     or not (old.status = new.status or (old.status, new.status) = ('published', 'corrected')
       or (old.status in ('published', 'corrected') and new.status = 'withdrawn'))
     or old.status = 'withdrawn' then
    raise exception 'a published release is never rewritten';
  end if;
  return new;
end $$;
`

/** A map that is wrong is offered no more; what was drawn on it stays drawn on it. */
const maps = sql`
alter table division_map
  add column withdrawn_at timestamptz,
  add column withdrawn_by uuid references person,
  add column withdrawn_position uuid references position,
  add column withdrawn_reason text,
  add constraint division_map_withdrawn
    check (num_nulls(withdrawn_at, withdrawn_by, withdrawn_position, withdrawn_reason) in (0, 4));
grant update (withdrawn_at, withdrawn_by, withdrawn_position, withdrawn_reason) on division_map to caracteriza_web;
create policy web_withdraws on division_map as restrictive for update to caracteriza_web
  using (withdrawn_at is null) with check (withdrawn_by = app_person());
`
