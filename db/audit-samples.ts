/** Samples of an auditor as they were drawn (features I5, N16). */
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import {
  type PaperResult,
  type Parts,
  type Population,
  type PopulationRule,
  partsOf,
  type SampleInput,
  sampleCode,
} from '../domain/audit-samples.ts'
import { Refused, refuseIf } from '../domain/refusals.ts'
import {
  drawItems,
  objectionToSample,
  type PopulationItem,
  populationText,
  type SampleMethod,
} from '../domain/sampling.ts'
import { type ActingPerson, eventBy } from './administration.ts'
import { recordEvent } from './audit.ts'
import { listPopulation, recordedUntil } from './audit-populations.ts'
import type { Trx } from './client.ts'
import { appToday } from './clock.ts'
import { decodeCursor, type Page, pageOf } from './pages.ts'
import { listTrailEvents } from './timeline.ts'

export const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

/**
 * Draws a sample, numbered, with its event; answers its code, also when the same form comes again. Throws
 * `Refused('body_differs')` where it asks for something else then.
 */
export async function drawSample(
  trx: Trx,
  actor: ActingPerson & { positionId: string },
  { sampleId, ...asked }: SampleInput,
): Promise<string> {
  const { entityId, personId, positionId } = actor
  // Numbers follow one another, and the same sent twice at once finds the first.
  await sql`select pg_advisory_xact_lock(hashtextextended(${entityId}, 72))`.execute(trx)
  const standing = await findDrawn(trx, sampleId, asked)
  if (standing !== undefined) return standing
  const until = await recordedUntil(trx)
  const parts = partsOf(asked)
  const items = await listPopulation(trx, entityId, { ...asked, parts }, until)
  refuseIf(objectionToSample(items, asked))
  const year = Number(appToday().slice(0, 4))
  const n = (await lastNumber(trx, entityId, year)) + 1
  const [code, hash] = [sampleCode(year, n), sha256(populationText(items))]
  const { population, part, method, seed, wanted } = asked
  await trx
    .insertInto('audit_sample')
    .values({
      ...{ id: sampleId, entity_id: entityId, year, n, code, population, part, until, method, seed, wanted },
      ...{ from_day: asked.from, to_day: asked.to, population_count: items.length, population_hash: hash },
      ...{ parts: JSON.stringify(parts), drawn_by: personId, drawn_position: positionId },
    })
    .execute()
  const rows = drawItems(items, asked, sha256).map(({ id, stratum, size }, i) => ({
    ...{ entity_id: entityId, sample_id: sampleId, ordinal: i + 1, event_id: id, stratum, size },
  }))
  await trx.insertInto('audit_sample_item').values(rows).execute()
  await recordEvent(trx, {
    ...{ ...eventBy(actor), type: 'audit.sample_drawn', objectId: sampleId, contentHash: hash },
    changes: [
      { field: 'code', before: null, after: code },
      { field: 'population', before: null, after: population },
      { field: 'items', before: null, after: wanted },
      { field: 'seed_hash', before: null, after: sha256(seed) },
    ],
  })
  return code
}

/** Code of the sample this form drew. Throws `Refused('body_differs')` where the same form asks for something else. */
async function findDrawn(
  trx: Trx,
  sampleId: string,
  asked: Omit<SampleInput, 'sampleId'>,
): Promise<string | undefined> {
  const row = await trx
    .selectFrom('audit_sample')
    .select(['population', 'part', 'from_day as from', 'to_day as to', 'method', 'wanted', 'seed', 'code'])
    .where('id', '=', sampleId)
    .executeTakeFirst()
  if (!row) return undefined
  const { code, ...standing } = row
  if (Object.entries(standing).some(([name, value]) => asked[name as keyof typeof standing] !== value))
    throw new Refused('body_differs')
  return code
}

async function lastNumber(trx: Trx, entityId: string, year: number): Promise<number> {
  const { last } = await trx
    .selectFrom('audit_sample')
    .select(({ fn }) => fn.max('n').as('last'))
    .where('entity_id', '=', entityId)
    .where('year', '=', year)
    .executeTakeFirstOrThrow()
  return last ?? 0
}

export interface Sample extends PopulationRule {
  id: string
  code: string
  /** As they were when it was drawn. */
  parts: Parts
  until: string
  method: SampleMethod
  seed: string
  wanted: number
  count: number
  hash: string
  drawnAt: Date
  drawnBy: string
  drawnIn: string
}

/** Undefined where the entity has none of that code. */
export async function findSample(trx: Trx, entityId: string, code: string): Promise<Sample | undefined> {
  const row = await trx
    .selectFrom('audit_sample as s')
    .innerJoin('person as p', 'p.id', 's.drawn_by')
    .innerJoin('position as o', 'o.id', 's.drawn_position')
    .selectAll('s')
    .select(['p.display_name as drawnBy', 'o.name as drawnIn', sql<string>`s.until::text`.as('untilText')])
    .where('s.entity_id', '=', entityId)
    .where('s.code', '=', code)
    .executeTakeFirst()
  return (
    row && {
      ...{ id: row.id, code: row.code, population: row.population as Population, part: row.part, seed: row.seed },
      ...{ from: row.from_day, to: row.to_day, until: row.untilText, method: row.method as SampleMethod },
      ...{ parts: row.parts as Parts, wanted: row.wanted, count: row.population_count, hash: row.population_hash },
      ...{ drawnAt: row.drawn_at as unknown as Date, drawnBy: row.drawnBy, drawnIn: row.drawnIn },
    }
  )
}

/** Its population as the record tells it now, and whether population and selection are what they were. */
export async function repeatSample(trx: Trx, entityId: string, sample: Sample) {
  const items = await listPopulation(trx, entityId, sample, sample.until)
  const isSamePopulation = items.length === sample.count && sha256(populationText(items)) === sample.hash
  const drawn = isSamePopulation ? drawItems(items, sample, sha256) : []
  return { items, isSamePopulation, isSameSelection: isSamePopulation && (await areDrawn(trx, sample.id, drawn)) }
}

async function areDrawn(trx: Trx, sampleId: string, drawn: readonly PopulationItem[]): Promise<boolean> {
  const kept = await trx
    .selectFrom('audit_sample_item')
    .select('event_id')
    .where('sample_id', '=', sampleId)
    .orderBy('ordinal')
    .execute()
  return kept.length === drawn.length && kept.every(({ event_id }, i) => event_id === drawn[i]?.id)
}

export interface ListedSample {
  code: string
  population: Population
  from: string
  to: string
  method: SampleMethod
  wanted: number
  count: number
  drawnAt: Date
  drawnBy: string
  /** Items with a paper, and those whose last one says something was not as it should be. */
  written: number
  nonconforming: number
}

/** Samples of an entity, the last first. */
export async function listSamples(
  trx: Trx,
  entityId: string,
  { cursor, limit }: { cursor: string | null; limit: number },
): Promise<Page<ListedSample>> {
  const after = decodeCursor(cursor, ['number', 'number'])
  const { rows } = await sql<ListedSample & { year: number; n: number }>`
    select s.code, s.population, s.from_day as "from", s.to_day as "to", s.method, s.wanted, s.population_count as count,
      s.drawn_at as "drawnAt", p.display_name as "drawnBy", s.year, s.n,
      w.written, w.nonconforming
    from audit_sample s join person p on p.id = s.drawn_by
      left join lateral (select count(*)::integer as written,
        count(*) filter (where l.result = 'nonconforming')::integer as nonconforming
        from (select distinct on (a.ordinal) a.result from audit_paper a where a.sample_id = s.id
          order by a.ordinal, a.n desc) l) w on true
    where s.entity_id = ${entityId} ${after ? sql`and (s.year, s.n) < (${after[0]}::integer, ${after[1]}::integer)` : sql``}
    order by s.year desc, s.n desc limit ${limit + 1}`.execute(trx)
  const page = pageOf(rows, limit, ({ year, n }) => [String(year), String(n)])
  return { next: page.next, rows: page.rows.map(({ year: _year, n: _n, ...row }) => row) }
}

/** The entity's sample of that code; throws `Refused` where there is none. */
export async function requireSample(trx: Trx, entityId: string, code: string): Promise<Sample> {
  const sample = await findSample(trx, entityId, code)
  if (!sample) throw new Refused('not_visible')
  return sample
}

export interface SampleLine {
  ordinal: number
  eventId: string
  stratum: string
  size: number
  result: PaperResult | null
  /** Codes of the findings its papers led to. */
  findings: string[]
}

/** What is looked at, in the order it was drawn; one of them where `ordinal` says which. */
export async function listSampleItems(
  trx: Trx,
  sampleId: string,
  { cursor, limit, ordinal }: { cursor?: string | null; limit: number; ordinal?: number },
): Promise<Page<SampleLine>> {
  const after = decodeCursor(cursor, ['number'])
  const { rows } = await sql<SampleLine>`
    select i.ordinal, i.event_id as "eventId", i.stratum, i.size::float8 as size,
      (select a.result from audit_paper a where a.sample_id = i.sample_id and a.ordinal = i.ordinal
        order by a.n desc limit 1) as result,
      array(select f.code from audit_paper_finding l join finding f on f.id = l.finding_id
        where l.sample_id = i.sample_id and l.ordinal = i.ordinal order by f.code) as findings
    from audit_sample_item i
    where i.sample_id = ${sampleId} ${after ? sql`and i.ordinal > ${after[0]}::integer` : sql``}
      ${ordinal === undefined ? sql`` : sql`and i.ordinal = ${ordinal}`}
    order by i.ordinal limit ${limit + 1}`.execute(trx)
  return pageOf(rows, limit, (row) => [String(row.ordinal)])
}

/** Items of a sample with the event each of them is. */
export async function withEvents(trx: Trx, entityId: string, lines: readonly SampleLine[]) {
  const events = await listTrailEvents(
    trx,
    entityId,
    lines.map(({ eventId }) => eventId),
  )
  const known = new Map(events.map((event) => [event.id, event]))
  return lines.flatMap((line) => {
    const event = known.get(line.eventId)
    return event ? [{ ...line, event }] : []
  })
}
