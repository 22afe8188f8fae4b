/** Random positive rules on random rows: `can(row)` ⇔ PostgreSQL returns the row (promises G11). */
import { AbilityBuilder, createMongoAbility, subject } from '@casl/ability'
import fc from 'fast-check'
import { sql } from 'kysely'
import type { Trx } from '../../db/client.ts'
import { rulesToCondition } from '../../db/permit.ts'

export interface ProbeRow {
  id: number
  entity: string
  duty: string | null
  n: number | null
  open: boolean | null
}

const DOMAINS = {
  entity: ['a', 'b', 'c'],
  duty: [null, 'x', 'y', "z'\\"],
  n: [null, 0, 1, 2],
  open: [null, true, false],
} as const
type Field = keyof typeof DOMAINS

/** Every combination of the values, NULL among them. */
export const ROWS: ProbeRow[] = DOMAINS.entity
  .flatMap((entity) =>
    DOMAINS.duty.flatMap((duty) => DOMAINS.n.flatMap((n) => DOMAINS.open.map((open) => ({ entity, duty, n, open })))),
  )
  .map((row, id) => ({ id, ...row }))

const conditionOn = (field: Field): fc.Arbitrary<unknown> => {
  const value = fc.constantFrom<unknown>(...DOMAINS[field])
  const list = fc.uniqueArray(value, { maxLength: 3 })
  return fc.oneof(
    value,
    value.map(($eq) => ({ $eq })),
    value.map(($ne) => ({ $ne })),
    list.map(($in) => ({ $in })),
    list.map(($nin) => ({ $nin })),
    fc.tuple(value, list).map(([$ne, $in]) => ({ $ne, $in })),
    fc.boolean().map(($exists) => ({ $exists })),
  )
}

const rule = fc
  .record(
    { entity: conditionOn('entity'), duty: conditionOn('duty'), n: conditionOn('n'), open: conditionOn('open') },
    { requiredKeys: [] },
  )
  .filter((conditions) => Object.keys(conditions).length > 0)

export const rules = fc.array(rule, { maxLength: 8 })
export type ProbeRules = Record<string, unknown>[]

function abilityOf(granted: ProbeRules) {
  const { can, build } = new AbilityBuilder(createMongoAbility)
  for (const conditions of granted) can('read', 'Probe', conditions as never)
  return build()
}

const columns = Object.fromEntries(Object.keys(DOMAINS).map((field) => [field, sql.ref(`probe.${field}`)]))

/** Every row as PostgreSQL reads it. */
const probe = sql`jsonb_to_recordset(${JSON.stringify(ROWS)}::jsonb) as probe(id int, entity text, duty text, n int, open boolean)`

/** Ids of the rows on which the two disagree; empty is right. */
export async function disagreements(trx: Trx, granted: ProbeRules): Promise<number[]> {
  const ability = abilityOf(granted)
  const where = rulesToCondition(ability, 'read', 'Probe', columns)
  const found = await sql<{ id: number }>`select id from ${probe} where ${where}`.execute(trx)
  const returned = new Set(found.rows.map((row) => row.id))
  return ROWS.filter((row) => ability.can('read', subject('Probe', { ...row })) !== returned.has(row.id)).map(
    ({ id }) => id,
  )
}

/** Throws with the seed and the smallest failing rules. */
export async function provePermissions(trx: Trx, numRuns: number, seed?: number): Promise<void> {
  await fc.assert(
    fc.asyncProperty(rules, async (granted) => {
      const wrong = await disagreements(trx, granted)
      if (wrong.length > 0) throw new Error(`rows ${wrong.join(', ')} under ${JSON.stringify(granted)}`)
    }),
    { numRuns, ...(seed === undefined ? {} : { seed }) },
  )
}
