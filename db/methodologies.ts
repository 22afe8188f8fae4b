/** Methodologies risks are rated with: those that ship, and the versions an entity published of its own (decision 0046). */
import { sql } from 'kysely'
import { METHODOLOGIES } from '../catalog/methodologies/index.ts'
import type { MethodologyChoice, Offered } from '../domain/methodology-choices.ts'
import { type Methodology, type MethodologyKey, methodologyKeyText } from '../domain/risk-methodology.ts'
import type { Trx } from './client.ts'

/** A published version never changes, so one reading of it holds for as long as the process lives. */
const known = new Map<string, Methodology>()

/**
 * The methodology an assessment names; the database is asked once for each of the entity's own. Throws `RangeError` for one
 * that nobody ever shipped or published. Not for the transaction that publishes it: that may still be undone.
 */
export async function loadMethodology(trx: Trx, entityId: string, { code, n }: MethodologyKey): Promise<Methodology> {
  const name = `${entityId}:${code}:${n}`
  const found = n === 0 ? METHODOLOGIES.find((one) => one.code === code) : known.get(name)
  if (found) return found
  const row = await trx
    .selectFrom('methodology_version')
    .select('content')
    .where('entity_id', '=', entityId)
    .where('code', '=', code)
    .where('n', '=', n)
    .executeTakeFirst()
  if (!row) throw new RangeError(`no methodology ${methodologyKeyText({ code, n })}`)
  const methodology = row.content as unknown as Methodology
  known.set(name, methodology)
  return methodology
}

export interface MethodologyVersion extends MethodologyKey {
  baseN: number
  reason: string
  position: string
  publishedAt: Date
  contentHash: string
  /** Persons who published it, and whom they did it for. */
  publishers: string[]
}

/** Versions an entity published, of one methodology or of all, the last first. */
export async function listMethodologyVersions(
  trx: Trx,
  entityId: string,
  code?: string,
): Promise<MethodologyVersion[]> {
  return await trx
    .selectFrom('methodology_version as v')
    .innerJoin('position', 'position.id', 'v.published_position')
    .select(['v.code', 'v.n', 'v.base_n as baseN', 'v.reason', 'position.name as position'])
    .select(['v.published_at as publishedAt', 'v.content_hash as contentHash'])
    .select(sql<string[]>`array_remove(array[v.published_by, v.acting_for], null)`.as('publishers'))
    .where('v.entity_id', '=', entityId)
    .$if(code !== undefined, (query) => query.where('v.code', '=', code ?? ''))
    .orderBy('v.code')
    .orderBy('v.n', 'desc')
    .limit(200)
    .execute()
}

/** Everything that new assessments of an entity could use: what ships, then its own versions, the last first. */
export async function listOffered(trx: Trx, entityId: string): Promise<Offered[]> {
  const shipped = METHODOLOGIES.map((methodology) => ({ key: { code: methodology.code, n: 0 }, methodology }))
  const own: Offered[] = []
  for (const { code, n } of await listMethodologyVersions(trx, entityId))
    own.push({ key: { code, n }, methodology: await loadMethodology(trx, entityId, { code, n }) })
  return [...shipped, ...own]
}

interface HeldChoice extends MethodologyChoice {
  reason: string
  position: string
  chosenAt: Date
}

/** The choices that hold: the last of each typology, and the last of the entity. */
export async function listMethodologyChoices(trx: Trx, entityId: string): Promise<HeldChoice[]> {
  const rows = await trx
    .selectFrom('methodology_choice as c')
    .innerJoin('position', 'position.id', 'c.chosen_position')
    .distinctOn('c.typology')
    .select(['c.typology', 'c.methodology as code', 'c.methodology_n as n', 'c.reason', 'position.name as position'])
    .select('c.chosen_at as chosenAt')
    .where('c.entity_id', '=', entityId)
    .orderBy('c.typology')
    .orderBy('c.n', 'desc')
    .execute()
  return rows.map(({ code, n, ...row }) => ({ ...row, key: { code, n } }))
}
