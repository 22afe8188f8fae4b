/**
 * Samples that anybody can draw again (features I5, N16): the same seed over the same population picks the same items, in any
 * language. Everything rests on SHA-256 of text, and on whole numbers.
 */
import { type Objection, objection } from './refusals.ts'

/** By chance; by chance in each part, as many as its share; and the larger, the likelier (monetary-unit sampling). */
export const SAMPLE_METHODS = ['simple', 'stratified', 'by_size'] as const
export type SampleMethod = (typeof SAMPLE_METHODS)[number]

export interface PopulationItem {
  /** Lower case letters, digits and hyphens: sorts the same everywhere. */
  id: string
  stratum: string
  /** Whole, and not below 0; what has none is never picked by size. */
  size: number
}

export interface SamplePlan {
  method: SampleMethod
  seed: string
  wanted: number
}

/** SHA-256 of a text in UTF-8, in lower-case hexadecimal. */
export type Digest = (text: string) => string

/** What the population was, in one text whose hash is kept with the sample: a line an item, by id. */
export function populationText(items: readonly PopulationItem[]): string {
  return [...items]
    .sort((one, other) => compare(one.id, other.id))
    .map(({ id, stratum, size }) => `${id}\t${stratum}\t${size}\n`)
    .join('')
}

/** Why no such sample can be drawn of it; null when it can. */
export function objectionToSample(items: readonly PopulationItem[], { method, wanted }: SamplePlan): Objection | null {
  if (items.length === 0) return objection('population_empty')
  const eligible = method === 'by_size' ? items.filter(({ size }) => size > 0) : items
  if (wanted <= eligible.length) return null
  return objection('sample_beyond', { wanted, population: eligible.length })
}

/** The items picked, in the order they are looked at. Only where `objectionToSample` has none. */
export function drawItems(items: readonly PopulationItem[], plan: SamplePlan, digest: Digest): PopulationItem[] {
  const shuffled = shuffle(items, plan.seed, digest)
  if (plan.method === 'simple') return shuffled.slice(0, plan.wanted)
  return plan.method === 'stratified' ? pickByStratum(shuffled, plan.wanted) : pickBySize(shuffled, plan, digest)
}

/** By the hash of seed and id: an order nobody chose. */
function shuffle(items: readonly PopulationItem[], seed: string, digest: Digest): PopulationItem[] {
  return items
    .map((item) => ({ item, rank: digest(`${seed}\n${item.id}`) }))
    .sort((one, other) => compare(one.rank, other.rank) || compare(one.item.id, other.item.id))
    .map(({ item }) => item)
}

function pickByStratum(shuffled: readonly PopulationItem[], wanted: number): PopulationItem[] {
  const strata = Map.groupBy(shuffled, ({ stratum }) => stratum)
  const counts = [...strata].map(([stratum, { length }]) => ({ stratum, count: length }))
  const quotas = quotasOf(counts, wanted)
  return [...strata.keys()].sort(compare).flatMap((one) => strata.get(one)?.slice(0, quotas.get(one) ?? 0) ?? [])
}

/** As many of each as its share; what is left over goes to the largest remainders, the first by name among equals. */
function quotasOf(strata: readonly { stratum: string; count: number }[], wanted: number): ReadonlyMap<string, number> {
  const total = strata.reduce((sum, { count }) => sum + count, 0)
  const shares = strata.map(({ stratum, count }) => {
    const whole = Math.floor((wanted * count) / total)
    return { stratum, whole, remainder: wanted * count - whole * total }
  })
  const left = wanted - shares.reduce((sum, { whole }) => sum + whole, 0)
  const next = [...shares].sort((one, other) => other.remainder - one.remainder || compare(one.stratum, other.stratum))
  const raised = new Set(next.slice(0, left).map(({ stratum }) => stratum))
  return new Map(shares.map(({ stratum, whole }) => [stratum, whole + (raised.has(stratum) ? 1 : 0)]))
}

/**
 * What is as large as the interval or larger is picked for certain, the largest first; of the rest, in the seed's order, whoever
 * holds each of the equally spaced points. The first point comes from the seed.
 */
function pickBySize(
  shuffled: readonly PopulationItem[],
  { seed, wanted }: SamplePlan,
  digest: Digest,
): PopulationItem[] {
  const sized = shuffled.filter(({ size }) => size > 0)
  const largest = [...sized].sort((one, other) => other.size - one.size || compare(one.id, other.id))
  let total = sized.reduce((sum, { size }) => sum + BigInt(size), 0n)
  const certain = new Set<PopulationItem>()
  for (const item of largest) {
    if (certain.size === wanted || BigInt(item.size) * BigInt(wanted - certain.size) < total) break
    certain.add(item)
    total -= BigInt(item.size)
  }
  const rest = sized.filter((item) => !certain.has(item))
  return [...certain, ...atPoints(rest, { total, points: wanted - certain.size, start: digest(`${seed}\ninicio`) })]
}

interface Points {
  total: bigint
  points: number
  /** Hexadecimal. */
  start: string
}

/** Counted in parts of a unit, as many as there are points, so that every number is whole. */
function atPoints(items: readonly PopulationItem[], { total, points, start }: Points): PopulationItem[] {
  if (points === 0) return []
  const picked: PopulationItem[] = []
  let point = BigInt(`0x${start}`) % total
  let reached = 0n
  for (const item of items) {
    reached += BigInt(item.size) * BigInt(points)
    if (point >= reached) continue
    picked.push(item)
    point += total
  }
  return picked
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}
