/** Citizens in the record, captured under an access in force today, for tests of what becomes of their data. */
import { sql } from 'kysely'
import { insertRecord } from '../../db/capture-records.ts'
import type { KeyRing } from '../../db/citizens.ts'
import type { Trx } from '../../db/client.ts'
import { findGrantInForce, type GrantInForce } from '../../db/grants-in-force.ts'
import { newId } from '../../db/ids.ts'
import { CONTENT, said } from './capture.ts'

interface Clerk {
  personId: string
  positionId: string
}

/** An access of this clerk at the first point of the entity, in force today. */
export async function insertAccessInForce(
  trx: Trx,
  entityId: string,
  { personId, positionId }: Clerk,
): Promise<GrantInForce> {
  const id = newId()
  await sql`insert into access_grant (id, entity_id, year, n, code, vigencia, agency_id, point_id, grantee_id, form, radicado,
      radicado_on, reason, starts_on, ends_on, content_hash, asked_by, asked_position, status)
    select ${id}, ${entityId}, 2097, 1, 'AD-2097-0001', extract(year from app_today()), s.agency_id, s.id, ${personId}, 'F004',
      'x', '2026-01-05', 'x', app_today(), app_today(), repeat('a', 64), p.id, ${positionId}, 'granted'
    from service_point s, person p where s.entity_id = ${entityId} and p.entity_id = ${entityId} and p.id <> ${personId}
    order by s.name, p.id limit 1`.execute(trx)
  const grant = await findGrantInForce(trx, personId, id)
  if (!grant) throw new Error('the access is not in force')
  return grant
}

/** A citizen of this document number with one record; answers its id. */
export async function insertCitizen(
  trx: Trx,
  ring: KeyRing,
  { grant, by, number }: { grant: GrantInForce; by: Clerk; number: string },
): Promise<string> {
  const document = { type: 'CC', number }
  const made = { id: newId(), code: newId(), grant, formVersion: 1, document, answers: said(number), content: CONTENT }
  return (await insertRecord(trx, ring, { ...made, ...by })).id
}
