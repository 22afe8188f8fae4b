/** The log of an entity, sealed and signed, for the queries that may forget their filter. */
import { sql } from 'kysely'
import { recordEvent } from '../../db/audit.ts'
import { type Database, type Trx, withEntity } from '../../db/client.ts'
import { newId } from '../../db/ids.ts'
import { keepCheckpoint, keepLogKey } from '../../db/log-checkpoints.ts'
import { sealEvents } from '../../db/sealed-log.ts'
import { partsOf } from '../../domain/audit-samples.ts'
import { untilSealable } from '../support/sealable.ts'

/** Answers one event that has its place in the tree. */
export async function sealedRows(
  owner: Database,
  entityId: string,
): Promise<{ sealedEventId: string; sampleId: string }> {
  const sampleId = newId()
  await withEntity(owner, entityId, async (trx) => {
    await recordDecided(trx, entityId)
    await recordEvent(trx, { entityId, type: 'audit.sample_drawn', objectId: sampleId, origin: 'web' })
  })
  await untilSealable(owner, entityId)
  await withEntity(owner, entityId, (trx) => sealEvents(trx, entityId, 10_000))
  return await withEntity(owner, entityId, async (trx) => {
    const { event_id, leaf } = await trx
      .selectFrom('log_leaf')
      .innerJoin('event', 'event.id', 'log_leaf.event_id')
      .select(['log_leaf.event_id', 'log_leaf.leaf'])
      .where('log_leaf.entity_id', '=', entityId)
      .where('event.cycle_id', 'is not', null)
      .limit(1)
      .executeTakeFirstOrThrow()
    await keepLogKey(trx, entityId, '0123abcd', 'x')
    await keepCheckpoint(trx, entityId, { size: 1n, root: leaf, keyId: '0123abcd', note: 'x' })
    const day = { entity_id: entityId, day: '2026-01-01', first: '0', size: '1', checkpoint_size: '1' }
    await trx.insertInto('log_day').values(day).execute()
    const week = { entity_id: entityId, week: '2026-01-05' }
    await trx
      .insertInto('reading_week')
      .values({ ...week, readers: 1, reads: 1 })
      .execute()
    const { id } = await trx
      .selectFrom('person')
      .select('id')
      .where('entity_id', '=', entityId)
      .limit(1)
      .executeTakeFirstOrThrow()
    const reading = { entityId, type: 'capture.read', objectId: id, actorPerson: id, origin: 'web' } as const
    await recordEvent(trx, reading)
    const unusual = { ...week, person_id: id, reads: 1, objects: 1, reasons: ['night'] }
    await trx.insertInto('unusual_reading').values(unusual).execute()
    await insertSample(trx, { entityId, sampleId, eventId: event_id })
    return { sealedEventId: event_id, sampleId }
  })
}

/** That somebody submitted each version, by the acts of whoever signed it. */
async function recordDecided(trx: Trx, entityId: string): Promise<void> {
  const versions = await trx
    .selectFrom('step_version')
    .leftJoin('signature', 'signature.step_version_id', 'step_version.id')
    .select(['step_version.id', 'hash', 'step_version.cycle_id as cycleId', 'step_code as stepCode'])
    .select('signature.id as actId')
    .where('step_version.entity_id', '=', entityId)
    .execute()
  for (const { id, hash, ...place } of versions) {
    const about = { ...place, objectId: id, contentHash: hash }
    await recordEvent(trx, { ...about, entityId, type: 'step.submitted', origin: 'web' })
  }
}

/** A sample of one event, with its paper and the finding of the entity. */
async function insertSample(
  trx: Trx,
  { entityId, sampleId, eventId }: { entityId: string; sampleId: string; eventId: string },
): Promise<void> {
  const item = { entity_id: entityId, sample_id: sampleId, ordinal: 1 }
  const population = 'events'
  const days = { from: '2000-01-01', to: '2998-01-01' }
  const [{ person_id, position_id } = { person_id: '', position_id: '' }] = await trx
    .selectFrom('tenure')
    .select(['person_id', 'position_id'])
    .where('entity_id', '=', entityId)
    .limit(1)
    .execute()
  await trx
    .insertInto('audit_sample')
    .values({
      ...{ id: sampleId, entity_id: entityId, year: 2026, n: 901, code: 'MA-2026-901', population, seed: 'x' },
      ...{ from_day: days.from, to_day: days.to, until: days.to, method: 'simple', wanted: 1 },
      ...{ parts: JSON.stringify(partsOf({ ...days, population, part: null })), population_count: 1 },
      ...{ population_hash: 'a'.repeat(64), drawn_by: person_id, drawn_position: position_id },
    })
    .execute()
  await trx
    .insertInto('audit_sample_item')
    .values({ ...item, event_id: eventId, stratum: 'system', size: 1 })
    .execute()
  const words = { test: 'x', result: 'nonconforming', evidence: 'x', conclusion: 'x' }
  await trx
    .insertInto('audit_paper')
    .values({ ...item, ...words, id: newId(), n: 1, written_by: person_id, written_position: position_id })
    .execute()
  await sql`insert into audit_paper_finding (finding_id, entity_id, sample_id, ordinal)
    select id, entity_id, ${sampleId}, 1 from finding where entity_id = ${entityId} limit 1`.execute(trx)
}
