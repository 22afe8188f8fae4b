import { sql } from 'kysely'
import type { Trx } from './client.ts'
import { holding } from './like.ts'
import { decodeCursor, type Page, pageOf } from './pages.ts'

export interface PersonPage {
  id: string
  displayName: string
  email: string | null
  endedOn: string | null
  account: {
    id: string
    email: string
    isOpen: boolean
    hasLink: boolean
    hasFactor: boolean
    /** It opens by the entity's directory too. */
    isLinked: boolean
    lastEntry: string | null
  } | null
}

/** A person with their account and whether a link to choose its password still waits; undefined when not visible. */
export async function findPerson(trx: Trx, entityId: string, id: string): Promise<PersonPage | undefined> {
  const found = await sql<PersonPage>`
    select p.id, p.display_name as "displayName", p.email, p.ended_on as "endedOn",
      (select json_build_object('id', a.id, 'email', a.email, 'isOpen', a.disabled_at is null,
        'isLinked', exists (select 1 from account_credential c where c.account_id = a.id and c.provider_id <> 'credential'),
        'hasFactor', exists (select 1 from account_factor f where f.account_id = a.id and f.confirmed_at is not null),
        'lastEntry', (select max(v.at) from event v where v.object_id = a.id and v.type = 'session.started'),
        'hasLink', exists (select 1 from auth_verification v
          where v.identifier = 'password:' || a.id and v.expires_at > app_now()))
       from account a where a.person_id = p.id order by a.disabled_at nulls first, a.created_at desc limit 1) as account
    from person p where p.entity_id = ${entityId} and p.id = ${id}`.execute(trx)
  return found.rows[0]
}

export interface PersonLine {
  id: string
  displayName: string
  email: string | null
  endedOn: string | null
  hasAccount: boolean
  /** Names of the positions held today. */
  positions: string[]
}

/** People by name, 50 a page; `search` is part of a name, without regard to case. */
export async function listPeople(
  trx: Trx,
  entityId: string,
  options: { search?: string; cursor?: string | null; limit?: number } = {},
): Promise<Page<PersonLine>> {
  const limit = options.limit ?? 50
  const after = decodeCursor(options.cursor, ['text', 'id'])
  const like = options.search ? holding(options.search) : null
  const found = await sql<PersonLine>`
    select p.id, p.display_name as "displayName", p.email, p.ended_on as "endedOn",
      exists (select 1 from account a where a.person_id = p.id and a.disabled_at is null) as "hasAccount",
      coalesce((select array_agg(pos.name order by pos.name) from tenure t join position pos on pos.id = t.position_id
        where t.person_id = p.id and t.from_date <= app_today() and (t.to_date is null or t.to_date >= app_today())
      ), '{}') as positions
    from person p
    where p.entity_id = ${entityId}
      and (${like}::text is null or p.display_name ilike ${like})
      and (${after?.[0] ?? null}::text is null or (p.display_name, p.id) > (${after?.[0] ?? null}, ${after?.[1] ?? null}::uuid))
    order by p.display_name, p.id limit ${limit + 1}`.execute(trx)
  return pageOf(found.rows, limit, (row) => [row.displayName, row.id])
}
