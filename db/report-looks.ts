/** What one report looks like: as its template says now, and for ever as it did when the report was frozen (G1). */
import { lookOf, type ReportLook } from '../domain/report-look.ts'
import type { Trx } from './client.ts'
import { findTemplateOf } from './report-templates.ts'

export interface ReportDress {
  look: ReportLook
  /** SHA-256 of the shield's PNG; null for none. */
  shieldHash: string | null
  /** Null where it is the product's own look. */
  template: { name: string; n: number } | null
}

/** As the report of a cycle would be printed now. */
export async function findDress(trx: Trx, entityId: string, cycleId: string): Promise<ReportDress> {
  const chosen = await findTemplateOf(trx, entityId, cycleId)
  const { look, shield, shieldHash } = chosen
  return {
    ...{ look, shieldHash: shield === 'entity' ? await entityShield(trx, entityId) : shieldHash },
    template: 'name' in chosen ? { name: chosen.name, n: chosen.n } : null,
  }
}

async function entityShield(trx: Trx, entityId: string): Promise<string | null> {
  const entity = await trx.selectFrom('entity').select('shield_hash').where('id', '=', entityId).executeTakeFirst()
  return entity?.shield_hash ?? null
}

/** As it was frozen; reports submitted before looks were kept are printed as their cycle is now. */
export async function findFrozenDress(
  trx: Trx,
  entityId: string,
  { cycleId, stored }: { cycleId: string; stored: unknown },
): Promise<ReportDress> {
  if (stored === null) return await findDress(trx, entityId, cycleId)
  const { look, ...rest } = stored as ReportDress
  return { look: lookOf(look), ...rest }
}

/** What the report of a cycle was last frozen with; undefined until it is submitted. */
export async function findLastDress(trx: Trx, cycleId: string): Promise<ReportDress | undefined> {
  const row = await trx
    .selectFrom('step_version')
    .select('look')
    .where('cycle_id', '=', cycleId)
    .where('step_code', '=', '6')
    .where('look', 'is not', null)
    .orderBy('n', 'desc')
    .executeTakeFirst()
  return row ? (row.look as unknown as ReportDress) : undefined
}
