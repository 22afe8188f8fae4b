/** Cycles driven over HTTP while parts are killed with -9 at random instants, alone and all at once. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Part } from '../support/system.ts'
import type { Bench } from './bench.ts'
import { driveCycle, type Journey, newJourney } from './driver.ts'
import { faultsOfLog, faultsOfRecord, mustAgree, untilSettled } from './invariants.ts'
import type { Chance } from './random.ts'

export type Kills = Record<'worker' | 'web' | 'postgres' | 'temporal' | 'all', number>

export interface Figures {
  cycles: number
  /** Those of them that went through all seven steps to a published release; the others are cancelled on the way. */
  published: number
  acts: number
  acknowledged: number
  refused: number
  /** Requests that got no answer or an error page, and were looked into again by the person. */
  lost: number
  kills: Kills
  /** Parts that ended although nobody killed them. */
  endedByThemselves: number
  faults: string[]
}

const AT_ONCE = 4
/** Of so many cycles one is taken to its publication. */
const ONE_PUBLISHED_IN = 2
/** Fewer than a cycle ever has, so that the kills are over before the last one ends. */
const ACTS_OF: Record<Journey['ends'], number> = { cancelled: 8, published: 24 }
const EVERYTHING: Part[] = ['web', 'worker', 'temporal', 'postgres']

export async function runCycles(bench: Bench, chance: Chance, cycles: number, kills: Kills): Promise<Figures> {
  const journeys = Array.from({ length: cycles }, (_, i) =>
    newJourney(chance, i % ONE_PUBLISHED_IN === 0 ? 'published' : 'cancelled'),
  )
  const over = new AbortController()
  const faults: string[] = []
  const killing = killAtRandom(bench, chance, journeys, kills, over.signal).catch((error: Error) => {
    faults.push(`the killing ended early: ${error.message}`)
    return { kills: { worker: 0, web: 0, postgres: 0, temporal: 0, all: 0 }, endedByThemselves: 0 }
  })
  const queue = [...journeys]
  const drive = async () => {
    for (let one = queue.shift(); one; one = queue.shift()) await driveCycle(bench, one)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, drive))
  over.abort()
  const killed = await killing
  faults.push(...journeys.flatMap((journey) => journey.faults))
  await untilSettled(bench, 120).catch((error: Error) => void faults.push(error.message))
  const acknowledged = journeys.flatMap((journey) => [...journey.acknowledged])
  faults.push(...(await faultsOfRecord(bench, acknowledged)), ...(await faultsOfLog(bench)))
  for (const { cycleId } of journeys)
    if (cycleId) await mustAgree(bench, cycleId).catch((error: Error) => void faults.push(error.message))
  return {
    ...{ cycles, published: journeys.filter((one) => one.ends === 'published').length },
    ...{ acts: sum(journeys, (one) => one.acts), acknowledged: acknowledged.length },
    ...{ refused: sum(journeys, (one) => one.refused), lost: sum(journeys, (one) => one.lost) },
    ...{ kills: killed.kills, endedByThemselves: killed.endedByThemselves, faults },
  }
}

function sum(journeys: Journey[], of: (journey: Journey) => number): number {
  return journeys.reduce((total, one) => total + of(one), 0)
}

/** Spreads the kills over the acts, each at a random instant; starts again whatever is down. */
async function killAtRandom(bench: Bench, chance: Chance, journeys: Journey[], wanted: Kills, over: AbortSignal) {
  const kills: Kills = { worker: 0, web: 0, postgres: 0, temporal: 0, all: 0 }
  const names = Object.keys(kills) as (keyof Kills)[]
  const order = chance.shuffled(names.flatMap((name) => Array.from({ length: wanted[name] }, () => name)))
  const apart = sum(journeys, (one) => ACTS_OF[one.ends]) / Math.max(1, order.length)
  let endedByThemselves = 0
  for (const [i, name] of order.entries()) {
    while (!over.aborted && sum(journeys, (one) => one.acts) < i * apart) {
      endedByThemselves += await startWhatEnded(bench)
      await sleep(100)
    }
    if (over.aborted) break
    await sleep(chance.whole(1_500))
    const dying: Part[] = name === 'all' ? EVERYTHING : [name]
    await Promise.all(dying.map((part) => bench.system.kill(part)))
    kills[name] += 1
    await sleep(chance.whole(500))
    await bench.start(dying)
  }
  while (!over.aborted) {
    endedByThemselves += await startWhatEnded(bench)
    await sleep(200)
  }
  return { kills, endedByThemselves }
}

async function startWhatEnded(bench: Bench): Promise<number> {
  const ended = (['temporal', 'worker', 'web'] as const).filter((part) => !bench.isAlive(part))
  if (ended.length > 0) await bench.start(ended)
  return ended.length
}
