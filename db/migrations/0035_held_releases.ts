import { type Kysely, sql } from 'kysely'

/**
 * A release that could not go out is held for good (decision 0035): it is prepared anew as a correction is, signed by the same
 * and published in its place. The same of a correction: what it corrects may then be corrected again.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await states.execute(db)
  await guard.execute(db)
}

const states = sql`
alter table release drop constraint release_status_check;
alter table release
  add column held_at timestamptz,
  add column held_reason text,
  add constraint release_status_check
    check (status in ('draft', 'scheduled', 'published', 'corrected', 'withdrawn', 'recalled', 'held')),
  add constraint release_held_check check ((status = 'held') = (held_at is not null) and num_nulls(held_at, held_reason) in (0, 2));
create index release_held on release (entity_id, held_at) where status = 'held';
alter table correction drop constraint correction_status_check;
alter table correction add constraint correction_status_check
  check (status in ('preparing', 'submitted', 'approved', 'published', 'discarded', 'withdrawn', 'held'));
alter policy web_changes on correction with check (status not in ('published', 'held'));
`

const guard = sql`
create or replace function guard_release() returns trigger language plpgsql as $$
begin
  if old.status in ('draft', 'scheduled') then
    if tg_op = 'DELETE' then
      if old.approved_at is not null then raise exception 'an approved release is never deleted'; end if;
      return old;
    end if;
    if new.status not in ('draft', 'scheduled', 'published', 'recalled', 'held') then
      raise exception 'a draft is published, recalled, held or stays one';
    end if;
    if current_user = 'caracteriza_web' and new.approved_at is distinct from old.approved_at then
      raise exception 'only the worker finds a release approved';
    end if;
    if old.approved_at is not null
       and to_jsonb(new) - array['status', 'publish_at', 'signal_wanted', 'published_at', 'held_at', 'held_reason']
       is distinct from to_jsonb(old) - array['status', 'publish_at', 'signal_wanted', 'published_at', 'held_at', 'held_reason'] then
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
