/** What the points of attention captured and what citizens declined, month by month (E10): counts, never records. */
import { sql } from 'kysely'
import type { CaptureForm } from '../domain/grants.ts'
import type { Trx } from './client.ts'

export interface CoverageLine {
  pointName: string
  form: CaptureForm
  /** `YYYY-MM`. */
  month: string
  captured: number
  declined: number
}

/** Of an entity's vigencia, by point, form and month. */
export async function listCaptureCoverage(trx: Trx, entityId: string, vigencia: number): Promise<CoverageLine[]> {
  const found = await sql<CoverageLine>`
    select s.name as "pointName", o.form, to_char(o.happened_on, 'YYYY-MM') as month,
      count(*) filter (where o.outcome = 'captured')::int as captured,
      count(*) filter (where o.outcome = 'declined')::int as declined
    from capture_outcome o join service_point s on s.id = o.point_id
    where o.entity_id = ${entityId} and o.vigencia = ${vigencia}
    group by 1, 2, 3 order by 1, 2, 3`.execute(trx)
  return found.rows
}

export interface CapturedCount {
  form: CaptureForm
  vigencia: number
  records: number
}

/** What has been captured with each form in each vigencia, the last first: what a source may bring. */
export async function listCapturedSets(trx: Trx, entityId: string): Promise<CapturedCount[]> {
  const found = await sql<CapturedCount>`
    select o.form, o.vigencia, count(*)::int as records from capture_outcome o
    where o.entity_id = ${entityId} and o.outcome = 'captured' group by 1, 2 order by 2 desc, 1`.execute(trx)
  return found.rows
}
