/** Versions of the rules rights are judged by, and which of them was in force at an instant (decision 0052). */
import { type Kysely, sql } from 'kysely'
import { NAMED_DUTIES } from '../domain/permission-rows.ts'
import { PERMISSION_RULES, type PermissionRules } from '../domain/permission-rules.ts'
import { KEPT, type Trx } from './client.ts'
import { hashOf } from './content-hash.ts'

/** Keeps the rules of this product as the ones in force from now on, unless they are already; answers whether they changed. Only the owner may. */
export async function keepPermissionRules(owner: Kysely<unknown>, rules = PERMISSION_RULES): Promise<boolean> {
  return await owner.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(7202)`.execute(trx)
    const hash = hashOf(rules)
    const kept = await sql`
      insert into permission_rules (hash, content) select ${hash}, ${JSON.stringify(rules)}::jsonb
      where ${hash} is distinct from (select hash from permission_rules order by n desc limit 1) returning n`.execute(
      trx,
    )
    return kept.rows.length > 0
  })
}

export interface KeptRules {
  n: number
  hash: string
  since: Date
  content: PermissionRules
  /** Already in force at the instant; false where it is the first that was kept, and the instant is before it. */
  wasKept: boolean
}

/** The version in force at an instant (ISO), or the first where none had been kept yet. */
export async function findRulesAt(trx: Trx, instant: string): Promise<KeptRules> {
  const { rows } = await sql<KeptRules>`${KEPT}
    (select n, hash, since, content, true as "wasKept" from permission_rules where since <= ${instant}::timestamptz
      order by since desc, n desc limit 1)
    union all
    (select n, hash, since, content, false from permission_rules order by since, n limit 1)
    limit 1`.execute(trx)
  const [found] = rows
  if (!found) throw new Error('no rules were kept: the product starts by keeping them')
  // What a version does not name stood in the code then as it does now: it is named since.
  return { ...found, content: { ...found.content, named: { ...NAMED_DUTIES, ...found.content.named } } }
}
