/**
 * Delegated accesses that let a person in now: what pages, SQL, exports and probes ask (C2, E9). The rule stands once, in
 * the function `grants_in_force` (0030_capture.ts), and the policies of the captured data ask the same function.
 */
import { sql } from 'kysely'
import type { CaptureForm } from '../domain/grants.ts'
import type { Trx } from './client.ts'
import { holdBackEnding } from './grants.ts'

export interface GrantInForce {
  id: string
  code: string
  pointId: string
  pointName: string
  agencyId: string
  agencyName: string
  form: CaptureForm
  vigencia: number
  startsOn: string
  endsOn: string
  /** `scopeKey` of domain/capture.ts: what it lets its person enter and read. */
  scope: string
}

/** Of one person, by point and form; none where nothing is in force today. */
export async function listGrantsInForce(trx: Trx, personId: string): Promise<GrantInForce[]> {
  const found = await sql<GrantInForce>`
    select g.id, g.code, g.point_id as "pointId", s.name as "pointName", g.agency_id as "agencyId", a.name as "agencyName",
      g.form, g.vigencia, g.starts_on as "startsOn", g.ends_on as "endsOn",
      scope_of(g.point_id, g.form, g.vigencia) as scope
    from grants_in_force(${personId}) g join service_point s on s.id = g.point_id join agency a on a.id = g.agency_id
    order by s.name, g.form, g.id`.execute(trx)
  return found.rows
}

export async function findGrantInForce(trx: Trx, personId: string, grantId: string): Promise<GrantInForce | undefined> {
  return (await listGrantsInForce(trx, personId)).find(({ id }) => id === grantId)
}

/** Whether a person may enter and read within every one of these scopes still. */
export async function areInForce(trx: Trx, personId: string, scopes: readonly string[]): Promise<boolean> {
  const found = await sql<{ ok: boolean }>`
    select ${scopes}::text[] <@ array(select scope_of(g.point_id, g.form, g.vigencia) from grants_in_force(${personId}) g)
      as ok`.execute(trx)
  return found.rows[0]?.ok ?? false
}

/** As `holdBackEnding`, for what the acting person writes within a scope. */
export async function holdBackScope(trx: Trx, scope: string): Promise<void> {
  const found = await sql<{ id: string }>`
    select g.id from grants_in_force(app_person()) g where scope_of(g.point_id, g.form, g.vigencia) = ${scope}`.execute(
    trx,
  )
  for (const { id } of found.rows) await holdBackEnding(trx, id)
}
