/** What is asked of the record to say why a person may or may not enter citizens' data at a point (J2). */
import { sql } from 'kysely'
import type { CaptureForm, GrantStatus } from '../domain/grants.ts'
import type { Trx } from './client.ts'
import { holding } from './like.ts'

export interface GrantAt {
  id: string
  code: string
  status: GrantStatus
  startsOn: string
  endsOn: string
  /** The act that gave it; null where nobody has. */
  givenBy: string | null
  givenAt: Date | null
  receiptCode: string | null
}

/** Accesses of one person to one point and form, granted ones first, then the last asked for; ten at most. */
export async function listGrantsAt(
  trx: Trx,
  { personId, pointId, form }: { personId: string; pointId: string; form: CaptureForm },
): Promise<GrantAt[]> {
  const found = await sql<GrantAt>`
    select g.id, g.code, g.status, g.starts_on as "startsOn", g.ends_on as "endsOn", s.position_name as "givenBy",
      s.signed_at as "givenAt", s.receipt_code as "receiptCode"
    from access_grant g left join access_signature s on s.grant_id = g.id and s.kind = 'grant'
    where g.grantee_id = ${personId} and g.point_id = ${pointId} and g.form = ${form}
    order by g.status = 'granted' desc, g.starts_on <= app_today() desc, g.asked_at desc, g.id desc limit 10`.execute(
    trx,
  )
  return found.rows
}

export interface PointOption {
  id: string
  name: string
  agencyId: string
  agencyName: string
}

/** Every point of the entity, closed ones too: why nobody gets in there is asked as well. */
export async function listEveryPoint(trx: Trx, entityId: string): Promise<PointOption[]> {
  return await trx
    .selectFrom('service_point')
    .innerJoin('agency', 'agency.id', 'service_point.agency_id')
    .select(['service_point.id', 'service_point.name', 'agency.id as agencyId', 'agency.name as agencyName'])
    .where('service_point.entity_id', '=', entityId)
    .orderBy('service_point.name')
    .execute()
}

/** People whose name holds `search`, whether they are at work or not. */
export async function listNamed(
  trx: Trx,
  { entityId, search, limit }: { entityId: string; search: string; limit: number },
): Promise<{ id: string; name: string }[]> {
  return await trx
    .selectFrom('person')
    .select(['id', 'display_name as name'])
    .where('entity_id', '=', entityId)
    .where('display_name', 'ilike', holding(search))
    .orderBy('display_name')
    .orderBy('id')
    .limit(limit)
    .execute()
}

export async function findNamed(
  trx: Trx,
  entityId: string,
  id: string,
): Promise<{ id: string; name: string } | undefined> {
  return await trx
    .selectFrom('person')
    .select(['id', 'display_name as name'])
    .where('entity_id', '=', entityId)
    .where('id', '=', id)
    .executeTakeFirst()
}
