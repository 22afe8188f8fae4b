/** A fault at the last moment of a transaction: its event is refused, and what it wrote before has to go with it. */
import { sql } from 'kysely'
import type { Trx } from '../../db/client.ts'

/** Once for a database. A request named to `refuseEventsOf` has its events refused without another change of the schema. */
export async function armRefusals(trx: Trx): Promise<void> {
  await sql`create table refused_request (id text not null)`.execute(trx)
  await sql`create function refuse_event() returns trigger language plpgsql security definer set search_path = public as ${sql.lit(`begin
    if session_user = 'caracteriza_web' and exists (select from refused_request r where r.id = new.request_id::text) then
      raise exception 'no event today';
    end if;
    return new;
  end`)}`.execute(trx)
  await sql`create trigger refuses_event before insert on event for each row execute function refuse_event()`.execute(
    trx,
  )
}

/** From now on the web application can record nothing for this request; whoever else works goes on. */
export async function refuseEventsOf(trx: Trx, requestId: string): Promise<void> {
  await sql`insert into refused_request values (${requestId})`.execute(trx)
}
