/** A fault at the last moment of a transaction: its event is refused, and what it wrote before has to go with it. */
import { sql } from 'kysely'
import type { Trx } from '../../db/client.ts'

/** From now on the web application can record nothing for the request `requestId`; whoever else works goes on. */
export async function refuseEventsOf(trx: Trx, requestId: string): Promise<void> {
  await sql`create or replace function refuse_event() returns trigger language plpgsql as ${sql.lit(`begin
    if new.request_id::text = '${requestId}' and current_user = 'caracteriza_web' then raise exception 'no event today'; end if;
    return new;
  end`)}`.execute(trx)
  await sql`create or replace trigger refuses_event before insert on event for each row execute function refuse_event()`.execute(
    trx,
  )
}
