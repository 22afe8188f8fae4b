/** Documentary table of an entity: versions of its series, added and never changed (domain/retention.ts; features I4). */
import { sql } from 'kysely'
import type { Disposition, RetentionRule, RetentionRuleInput } from '../domain/retention.ts'
import { type ActingPerson, eventBy, refuse, type Saved } from './administration.ts'
import { recordEvent } from './audit.ts'
import type { Trx } from './client.ts'
import { decodeCursor, type Page, pageOf } from './pages.ts'

/** Adds a version of a series; the same form again is the same version. */
export async function adoptRule(
  trx: Trx,
  actor: ActingPerson & { positionId: string },
  { formKey: id, ...input }: RetentionRuleInput,
): Promise<Saved> {
  const { entityId, personId, positionId } = actor
  await sql`select pg_advisory_xact_lock(hashtextextended(${entityId}, 77))`.execute(trx)
  const known = await trx.selectFrom('retention_rule').select(['id', 'code']).where('id', '=', id).executeTakeFirst()
  if (known) return known.code === input.code ? { id } : refuse('code', 'not_found')
  const last = await trx
    .selectFrom('retention_rule')
    .select(({ fn }) => fn.max('n').as('n'))
    .where('entity_id', '=', entityId)
    .where('code', '=', input.code)
    .executeTakeFirst()
  const n = (last?.n ?? 0) + 1
  await trx
    .insertInto('retention_rule')
    .values({
      ...{ id, entity_id: entityId, code: input.code, n, name: input.name, disposition: input.disposition },
      ...{ office_years: input.officeYears, central_years: input.centralYears, act: input.act },
      ...{ act_date: input.actDate, in_force_from: input.inForceFrom },
      ...{ added_by: personId, added_position: positionId },
    })
    .execute()
  const said = [
    ['series', input.code],
    ['version', n],
    ['office_years', input.officeYears],
    ['central_years', input.centralYears],
    ['disposition', input.disposition],
    ['in_force_from', input.inForceFrom],
  ] as const
  await recordEvent(trx, {
    ...{ ...eventBy(actor), type: 'retention.adopted', objectId: id },
    changes: said.map(([field, after]) => ({ field, before: null, after })),
  })
  return { id }
}

export interface RuleLine extends RetentionRule {
  id: string
  n: number
  act: string
  actDate: string
  inForceFrom: string
  /** The one that counts today; another is earlier, or begins later. */
  isInForce: boolean
}

/** Every version by its code, the last first. `today`: civil date. */
export async function listRules(
  trx: Trx,
  entityId: string,
  { today, cursor, limit = 20 }: { today: string; cursor: string | null; limit?: number },
): Promise<Page<RuleLine>> {
  const after = decodeCursor(cursor, ['text', 'number'])
  const { rows } = await sql<RuleLine>`
    select id, code, n, name, office_years as "officeYears", central_years as "centralYears", disposition, act,
      act_date::text as "actDate", in_force_from::text as "inForceFrom",
      id in (select id from (${inForce(entityId, today)}) f) as "isInForce"
    from retention_rule
    where entity_id = ${entityId} ${after ? sql`and (code, -n) > (${after[0]}, -(${after[1]}::int))` : sql``}
    order by code, n desc limit ${limit + 1}`.execute(trx)
  return pageOf(rows, limit, ({ code, n }) => [code, String(n)])
}

/** Of each code the version in force on a day: the last to begin by then. */
const inForce = (entityId: string, today: string) => sql`
  select distinct on (code) * from retention_rule where entity_id = ${entityId} and in_force_from <= ${today}::date
  order by code, in_force_from desc, n desc`

export type RuleInForce = RetentionRule & { id: string }

/** The documentary table as it is on a civil date. */
export async function rulesInForce(trx: Trx, entityId: string, today: string): Promise<RuleInForce[]> {
  const { rows } = await sql<RuleInForce & { disposition: Disposition }>`
    select id, code, name, office_years as "officeYears", central_years as "centralYears", disposition
    from (${inForce(entityId, today)}) f`.execute(trx)
  return rows
}
