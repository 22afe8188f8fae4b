/** How an entity's documents look, and how easily they should read. */
import { DEFAULT_LOOK, type ReportLook } from '../documents/report-content.ts'
import { DEFAULT_READABILITY_TARGET } from '../domain/readability.ts'
import { type ActingPerson, changesBetween, eventBy, type Saved } from './administration.ts'
import { recordEvent } from './audit.ts'
import type { Trx } from './client.ts'

export interface ReportTemplate extends ReportLook {
  /** INFLESZ value each section should reach, 0 to 100. */
  readabilityTarget: number
}

/** What the entity chose, or the product's own look. */
export async function findReportTemplate(trx: Trx, entityId: string): Promise<ReportTemplate> {
  const row = await trx
    .selectFrom('report_look')
    .select(['header', 'footer', 'colour', 'readability_target as readabilityTarget'])
    .where('entity_id', '=', entityId)
    .executeTakeFirst()
  return row ?? { ...DEFAULT_LOOK, readabilityTarget: DEFAULT_READABILITY_TARGET }
}

/** Documents issued from now on look like this; those issued before stay as they are. */
export async function changeReportTemplate(trx: Trx, actor: ActingPerson, template: ReportTemplate): Promise<Saved> {
  const { entityId } = actor
  const before = await findReportTemplate(trx, entityId)
  const changes = changesBetween({ ...before }, { ...template }, ['header', 'footer'])
  if (changes.length === 0) return { id: entityId }
  const { header, footer, colour, readabilityTarget } = template
  const values = { header, footer, colour, readability_target: readabilityTarget }
  await trx
    .insertInto('report_look')
    .values({ entity_id: entityId, ...values })
    .onConflict((oc) => oc.column('entity_id').doUpdateSet(values))
    .execute()
  await recordEvent(trx, { ...eventBy(actor), type: 'entity.changed', objectId: entityId, changes })
  return { id: entityId }
}
