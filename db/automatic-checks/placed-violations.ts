import { sql } from 'kysely'
import type { Violation, ViolationKind } from '../../domain/controls.ts'
import type { Trx } from '../client.ts'

export interface Unplaced {
  /** The thing that has a page. */
  aboutId: string | null
  reason: string
  facts: Record<string, string>
}

/** With the page on which each is seen, and what people call it, a person by no name; without one where the thing is gone or has none. */
export async function placeViolations(trx: Trx, entityId: string, found: Unplaced[]): Promise<Violation[]> {
  const of = (table: string) =>
    sql`${sql.ref(`${table}.entity_id`)} = ${entityId} and ${sql.ref(`${table}.id`)} in (table asked)`
  const here = sql`entity_id = ${entityId} and id in (table asked)`
  const ids = [...new Set(found.flatMap(({ aboutId }) => aboutId ?? []))]
  const { rows } = await sql<{ asked: string; id: string; kind: ViolationKind; place: string | null; label: string }>`
    with asked as (select unnest(${ids}::uuid[]) as id)
    select id as asked, id, 'grant' as kind, null::text as place, code as label from access_grant where ${here}
    union all select id, id, 'campaign', null, code from access_campaign where ${here}
    union all select l.id, c.id, 'campaign', null, c.code from review_list l join access_campaign c on c.id = l.campaign_id where ${of('l')}
    union all select id, id, 'cycle', null, name from cycle where ${here}
    union all select r.id, r.id, 'release', null, d.title || ' v' || r.version from release r join dataset d on d.id = r.dataset_id where ${of('r')}
    union all select c.id, r.id, 'release', null, d.title || ' v' || r.version from correction c
      join release r on r.id = coalesce(c.release_id, c.corrects_id) join dataset d on d.id = r.dataset_id where ${of('c')}
    union all select id, id, 'rights', null, code from rights_request where ${here}
    union all select id, id, 'risk', code, code from risk where ${here}
    union all select a.id, a.id, 'risk', r.code, r.code from risk_acceptance a join risk r on r.id = a.risk_id where ${of('a')}
    union all select c.id, c.id, 'risk', r.code, r.code || ' · ' || c.code from risk_control c join risk r on r.id = c.risk_id where ${of('c')}
    union all select n.id, n.id, 'risk', r.code, r.code || ' · ' || c.code from control_run n join risk_control c on c.id = n.control_id
      join risk r on r.id = c.risk_id where ${of('n')}
    union all select id, id, 'indicator', code, code from risk_indicator where ${here}
    union all select id, id, 'action', code, code from improvement_action where ${here}
    union all select id, id, 'finding', code, code from finding where ${here}
    union all select id, id, 'position', null, name from position where ${here}
    union all select t.id, p.id, 'position', null, p.name from tenure t join position p on p.id = t.position_id where ${of('t')}
    union all select id, id, 'person', null, '' from person where ${here}`.execute(trx)
  const places = new Map(rows.map(({ asked, ...place }) => [asked, place]))
  return found.map(({ aboutId, reason, facts }) => {
    const place = aboutId === null ? undefined : places.get(aboutId)
    return { ...(place ?? { id: aboutId ?? '', kind: 'none', place: null, label: '' }), reason, facts }
  })
}
