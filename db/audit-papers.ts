/** Working papers of a sample (features I5, N16): each version is added, the last one counts. */
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { objectionToRaising, type PaperInput, type PaperResult } from '../domain/audit-samples.ts'
import { Refused, refuseIf } from '../domain/refusals.ts'
import { type ActingPerson, eventBy } from './administration.ts'
import { recordEvent } from './audit.ts'
import type { Sample } from './audit-samples.ts'
import type { Trx } from './client.ts'

export interface Paper {
  n: number
  test: string
  result: PaperResult
  evidence: string
  conclusion: string
  writtenAt: Date
  writtenBy: string
  writtenIn: string
}

/** An item of a sample: what a paper is about. */
export interface PaperPlace {
  sample: Pick<Sample, 'id' | 'code'>
  ordinal: number
}

/** Versions of the paper of an item, the last first. */
export async function listPapers(trx: Trx, sampleId: string, ordinal: number): Promise<Paper[]> {
  const { rows } = await sql<Paper>`
    select a.n, a.test, a.result, a.evidence, a.conclusion, a.written_at as "writtenAt", p.display_name as "writtenBy",
      o.name as "writtenIn"
    from audit_paper a join person p on p.id = a.written_by join position o on o.id = a.written_position
    where a.sample_id = ${sampleId} and a.ordinal = ${ordinal} order by a.n desc`.execute(trx)
  return rows
}

/**
 * Adds a version, with its event; the same form sent again adds nothing. Throws `Refused`: `body_differs` where it says something
 * else then, `not_visible` where the sample has no such item.
 */
export async function writePaper(
  trx: Trx,
  actor: ActingPerson & { positionId: string },
  { sample, ordinal }: PaperPlace,
  { paperId, ...paper }: PaperInput,
): Promise<void> {
  const { entityId, personId, positionId } = actor
  await sql`select pg_advisory_xact_lock(hashtextextended(${sample.id}, 72))`.execute(trx)
  await requireItem(trx, sample.id, ordinal)
  if (await isWritten(trx, paperId, { ...paper, sample_id: sample.id, ordinal })) return
  const [last] = await listPapers(trx, sample.id, ordinal)
  const n = (last?.n ?? 0) + 1
  await trx
    .insertInto('audit_paper')
    .values({
      ...{ ...paper, id: paperId, entity_id: entityId, sample_id: sample.id, ordinal, n },
      ...{ written_by: personId, written_position: positionId },
    })
    .execute()
  const words = [paper.test, paper.evidence, paper.conclusion]
  await recordEvent(trx, {
    ...{ ...eventBy(actor), type: 'audit.paper_written', objectId: sample.id, objectVersion: null },
    changes: [
      { field: 'code', before: null, after: sample.code },
      { field: 'item', before: null, after: ordinal },
      { field: 'result', before: last?.result ?? null, after: paper.result },
      { field: 'body_hash', before: null, after: createHash('sha256').update(words.join('\u0000')).digest('hex') },
    ],
  })
}

/** Whether this version stands already. Throws `Refused('body_differs')` where the same form says something else, or of another item. */
async function isWritten(
  trx: Trx,
  paperId: string,
  asked: Omit<PaperInput, 'paperId'> & { sample_id: string; ordinal: number },
): Promise<boolean> {
  const standing = await trx
    .selectFrom('audit_paper')
    .select(['test', 'result', 'evidence', 'conclusion', 'sample_id', 'ordinal'])
    .where('id', '=', paperId)
    .executeTakeFirst()
  if (standing && Object.entries(standing).some(([name, value]) => asked[name as keyof typeof asked] !== value))
    throw new Refused('body_differs')
  return standing !== undefined
}

/** Links a finding to the paper that led to it; its event is that of the finding. Throws `Refused` where the paper leads to none. */
export async function linkFinding(
  trx: Trx,
  entityId: string,
  { sample, ordinal }: PaperPlace,
  findingId: string,
): Promise<void> {
  const [paper] = await listPapers(trx, sample.id, ordinal)
  if (!paper) throw new Refused('not_visible')
  refuseIf(objectionToRaising(paper))
  await trx
    .insertInto('audit_paper_finding')
    .values({ finding_id: findingId, entity_id: entityId, sample_id: sample.id, ordinal })
    .execute()
}

/** The sample item a finding came from, as its address says it; undefined where it came from none. */
export async function findPaperOf(trx: Trx, findingId: string): Promise<{ code: string; ordinal: number } | undefined> {
  return await trx
    .selectFrom('audit_paper_finding as l')
    .innerJoin('audit_sample as s', 's.id', 'l.sample_id')
    .select(['s.code', 'l.ordinal'])
    .where('l.finding_id', '=', findingId)
    .executeTakeFirst()
}

async function requireItem(trx: Trx, sampleId: string, ordinal: number): Promise<void> {
  const item = await trx
    .selectFrom('audit_sample_item')
    .select('ordinal')
    .where('sample_id', '=', sampleId)
    .where('ordinal', '=', ordinal)
    .executeTakeFirst()
  if (!item) throw new Refused('not_visible')
}
