/** Reviews of accesses whose close is carried out while parts are killed with -9: no end twice, none left, each proved. */
import { setTimeout as sleep } from 'node:timers/promises'
import * as acts from '../../scripts/demonstration/acts.ts'
import { eventually } from '../../scripts/processes.ts'
import { openProduct, type Product } from '../support/lived-in.ts'
import { manyAccesses, startDelegations } from '../support/many-accesses.ts'
import { answerLists, cameOut, countUnproved, listsTold, mustHaveEndedOnce, openReview } from '../support/reviews.ts'
import type { Part } from '../support/system.ts'
import { type Bench, read, visitorOf } from './bench.ts'
import { untilSettled } from './invariants.ts'
import type { Chance } from './random.ts'

const EVERYTHING: Part[] = ['web', 'worker', 'temporal', 'postgres']
/** Who dies in each review, in turn. */
const DYING: Part[][] = [['worker'], ['web'], ['temporal'], ['postgres'], EVERYTHING]
const AGENCIES = 4
/** Half are retired, a quarter each confirmed and shortened. */
const VERDICTS = ['retire', 'confirm', 'retire', 'modify'] as const
/** Carrying a close out takes about as long. */
const WHILE_CLOSING_MS = 4_000

export interface Closed {
  reviews: number
  grants: number
  ended: number
  shortened: number
  kills: number
  faults: string[]
}

export async function runCampaigns(bench: Bench, chance: Chance, reviews: number, grants: number): Promise<Closed> {
  const figures: Closed = { reviews, grants, ended: 0, shortened: 0, kills: 0, faults: [] }
  const heads: string[] = []
  const product = openProduct({ ...bench.system })
  try {
    for (let n = 0; n < reviews; n++)
      await runOne(bench, product, chance, { n, grants, figures, heads }).catch(
        (error: Error) => void figures.faults.push(`review ${n}: ${error.message}`),
      )
    await untilSettled(bench, 120).catch((error: Error) => void figures.faults.push(error.message))
    figures.faults.push(...(await faultsOfReviews(bench)))
    return figures
  } finally {
    await product.close()
  }
}

interface Turn {
  n: number
  grants: number
  figures: Closed
  /** Of all reviews so far: what went on is under review again. */
  heads: string[]
}

async function runOne(
  bench: Bench,
  { context }: Product,
  chance: Chance,
  { n, grants, figures, heads }: Turn,
): Promise<void> {
  const { owner, entityId } = bench
  const many = await manyAccesses(owner, entityId, { agencies: AGENCIES, grants, alone: 0 }, `cierre ${n}`)
  await startDelegations(bench.client, bench, many.reviewed)
  const lead = await acts.actorOf(context, entityId, 'jefatura_ogac')
  const campaignId = await openReview(context, lead, 'retire')
  await eventually(() => listsTold(bench, campaignId, many.reviewed), 120)
  const reviewing = { owner, context, entityId }
  heads.push(...many.heads)
  await answerLists(reviewing, campaignId, heads, verdictOf)
  const dying = DYING[n % DYING.length] ?? EVERYTHING
  await Promise.all([closeOnPage(bench, campaignId), kill(bench, chance, dying)])
  figures.kills += dying.length
  await eventually(async () => {
    const status = await statusOf(bench, campaignId)
    const unproved = await countUnproved(bench, campaignId)
    if (status !== 'closed' || unproved > 0) throw new Error(`the review is ${status}, ${unproved} ends are not proved`)
  }, 420)
  for (const one of await cameOut(bench, campaignId, many.reviewed)) {
    mustHaveEndedOnce(one)
    if (!one.executed || one.shortened !== (one.outcome === 'changed' ? 1 : 0))
      throw new Error(`${one.grantId}: ${one.outcome}, shortened ${one.shortened} times`)
    if (one.status !== (one.outcome === 'retired' ? 'retired' : 'granted'))
      throw new Error(`${one.grantId} is ${one.status} after ${one.outcome}`)
    figures.ended += one.ends
    figures.shortened += one.shortened
  }
}

const verdictOf = (n: number) => VERDICTS[n % VERDICTS.length] ?? 'retire'

/** As the person would: again until the page says that it is closed. */
async function closeOnPage({ people, ...bench }: Bench, campaignId: string): Promise<void> {
  const lead = visitorOf(people, 'jefatura_ogac')
  await eventually(async () => {
    const status = await statusOf({ people, ...bench }, campaignId)
    if (status !== 'open') return
    await lead.fillIn(`/accesos/campanas/${campaignId}`, 'formulario', {}).catch(() => {})
    throw new Error('the review is open still')
  }, 240)
}

async function kill(bench: Bench, chance: Chance, dying: readonly Part[]): Promise<void> {
  await sleep(chance.whole(WHILE_CLOSING_MS))
  await Promise.all(dying.map((part) => bench.system.kill(part)))
  await sleep(chance.whole(500))
  await bench.start(dying)
}

async function statusOf(bench: Bench, campaignId: string): Promise<string | undefined> {
  return await read(bench, async (trx) => {
    const row = await trx.selectFrom('access_campaign').select('status').where('id', '=', campaignId).executeTakeFirst()
    return row?.status
  })
}

/** Every act of a review has its end and, where that is no refusal, its signature; and no control failed. */
async function faultsOfReviews(bench: Bench): Promise<string[]> {
  const {
    acts: all,
    signed,
    incidents,
  } = await read(bench, async (trx) => ({
    acts: await trx
      .selectFrom('act')
      .select(['id', 'kind', 'status'])
      .where('kind', 'in', ['open', 'answer', 'close'])
      .execute(),
    signed: await trx.selectFrom('review_signature').select('id').execute(),
    incidents: await trx
      .selectFrom('incident')
      .select(['kind', 'object_id'])
      .where('kind', '<>', 'review_hasty')
      .execute(),
  }))
  const known = new Set(signed.map(({ id }) => id))
  const unsigned = all.filter(({ id, status }) => known.has(id) !== (status === 'confirmed'))
  return [
    ...unsigned.map(({ id, kind, status }) => `${kind} ${id} is ${status}, signed: ${known.has(id)}`),
    ...incidents.map(({ kind, object_id }) => `incident ${kind} on ${object_id}`),
  ]
}
