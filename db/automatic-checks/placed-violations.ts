import { sql } from 'kysely'
import type { Violation, ViolationKind } from '../../domain/controls.ts'
import type { Trx } from '../client.ts'

export interface Unplaced {
  /** The thing that has a page. */
  aboutId: string | null
  reason: string
  facts: Record<string, string>
}

/** With the page on which each is seen, and what people call it; without one where the thing is gone or has none. */
export async function placeViolations(trx: Trx, entityId: string, found: Unplaced[]): Promise<Violation[]> {
  const ids = [...new Set(found.flatMap(({ aboutId }) => aboutId ?? []))]
  const { rows } = await sql<{ id: string; kind: ViolationKind; place: string | null; label: string }>`
    with asked as (select unnest(${ids}::uuid[]) as id)
    select id, 'grant' as kind, null::text as place, code as label from access_grant where entity_id = ${entityId} and id in (table asked)
    union all select id, 'campaign', null, code from access_campaign where entity_id = ${entityId} and id in (table asked)
    union all select id, 'cycle', null, name from cycle where entity_id = ${entityId} and id in (table asked)
    union all select r.id, 'release', null, d.title || ' v' || r.version from release r join dataset d on d.id = r.dataset_id
      where r.entity_id = ${entityId} and r.id in (table asked)
    union all select id, 'risk', code, code from risk where entity_id = ${entityId} and id in (table asked)
    union all select c.id, 'risk', r.code, r.code || ' · ' || c.code from risk_control c join risk r on r.id = c.risk_id
      where c.entity_id = ${entityId} and c.id in (table asked)
    union all select id, 'indicator', code, code from risk_indicator where entity_id = ${entityId} and id in (table asked)
    union all select id, 'action', code, code from improvement_action where entity_id = ${entityId} and id in (table asked)
    union all select id, 'finding', code, code from finding where entity_id = ${entityId} and id in (table asked)
    union all select id, 'position', null, name from position where entity_id = ${entityId} and id in (table asked)`.execute(
    trx,
  )
  const places = new Map(rows.map(({ id, ...place }) => [id, place]))
  return found.map(({ aboutId, reason, facts }) => {
    const place = aboutId === null ? undefined : places.get(aboutId)
    return { ...(place ?? { kind: 'none', place: null, label: '' }), id: aboutId ?? '', reason, facts }
  })
}
