import { eventBy } from '../../db/administration.ts'
import { recordEvent } from '../../db/audit.ts'
import { listPapers } from '../../db/audit-papers.ts'
import {
  listSampleItems,
  listSamples,
  repeatSample,
  requireSample,
  type Sample,
  withEvents,
} from '../../db/audit-samples.ts'
import type { Trx } from '../../db/client.ts'
import { Refused } from '../../domain/refusals.ts'
import { populationText } from '../../domain/sampling.ts'
import type { AppContext } from '../context.server.ts'
import { recordingRefusals } from '../refusal.server.ts'
import type { Actor } from '../session.server.ts'
import { auditing, requireAuditor } from './consult-trail.server.ts'
import type { SamplePlace } from './write-paper.server.ts'

const PAGE = 25

/** Samples of the entity for an auditor, whose own reading is on record (I5). */
export async function consultSamples(context: AppContext, actor: Actor, search: URLSearchParams) {
  const { entityId } = actor
  return await auditing(context, actor, { objectId: entityId, type: 'audit.samples_consulted' }, (trx) =>
    listSamples(trx, entityId, { cursor: search.get('desde'), limit: PAGE }),
  )
}

/** One sample with a page of its items. */
export async function readSample(context: AppContext, actor: Actor, code: string, search: URLSearchParams) {
  return await ofSample(context, actor, { code, type: 'audit.sample_read' }, async (trx, sample) => {
    const page = await listSampleItems(trx, sample.id, { cursor: search.get('desde'), limit: PAGE })
    return { sample, next: page.next, items: await withEvents(trx, actor.entityId, page.rows) }
  })
}

/** One item with every version of its paper. */
export async function readSampleItem(context: AppContext, actor: Actor, { code, ordinal }: SamplePlace) {
  return await ofSample(context, actor, { code, ordinal, type: 'audit.sample_read' }, async (trx, sample) => {
    const { rows } = await listSampleItems(trx, sample.id, { ordinal, limit: 1 })
    const [item] = await withEvents(trx, actor.entityId, rows)
    if (!item) throw new Refused('not_visible')
    return { sample, item, papers: await listPapers(trx, sample.id, ordinal) }
  })
}

/** Draws the sample again from the record as it is now: whether it is the same, and the population anybody may draw from. */
export async function redrawSample(context: AppContext, actor: Actor, code: string) {
  return await ofSample(context, actor, { code, type: 'audit.sample_repeated' }, async (trx, sample) => {
    const { items, ...verdict } = await repeatSample(trx, actor.entityId, sample)
    return { ...verdict, text: populationText(items) }
  })
}

interface Reading {
  code: string
  ordinal?: number
  type: 'audit.sample_read' | 'audit.sample_repeated'
}

async function ofSample<T>(
  context: AppContext,
  actor: Actor,
  { code, ordinal, type }: Reading,
  work: (trx: Trx, sample: Sample) => Promise<T>,
): Promise<T> {
  const { entityId } = actor
  return await recordingRefusals(context, actor, { objectId: entityId }, async (trx, by) => {
    requireAuditor(actor)
    const sample = await requireSample(trx, entityId, code)
    const read = await work(trx, sample)
    const changes = [
      { field: 'code', before: null, after: code },
      ...(ordinal === undefined ? [] : [{ field: 'item', before: null, after: ordinal }]),
    ]
    await recordEvent(trx, { ...eventBy(by), type, objectId: sample.id, changes })
    return read
  })
}
