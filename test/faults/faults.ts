/**
 * `npm run faults [-- --short | --long] [--only WORDS] [--seed N] [--cycles N] [--state FOLDER] [--resume]`: acts interrupted
 * at their named points; cycles, closes of reviews and runs of controls under random `kill -9`; a thousand approvals of one
 * step. `--only`: the stages whose name holds these words. Ends with 1 when anything does not hold.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { onStop } from '../../scripts/processes.ts'
import { type Bench, openBench } from './bench.ts'
import { runCampaigns } from './campaign-close.ts'
import { runControls } from './control-runs.ts'
import { allCases, type Case, nameOf, runCase } from './kill-points.ts'
import { runRace } from './one-winner.ts'
import { chanceOf } from './random.ts'
import { type Figures, type Kills, runCycles } from './random-kills.ts'

const { values: options } = parseArgs({
  options: {
    short: { type: 'boolean', default: false },
    long: { type: 'boolean', default: false },
    seed: { type: 'string', default: '1' },
    cycles: { type: 'string', default: '100' },
    state: { type: 'string', default: join(tmpdir(), 'caracteriza-faults') },
    resume: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
  },
})

interface Stage {
  name: string
  run: (bench: Bench) => Promise<object>
}

const NO_KILLS: Kills = { worker: 0, web: 0, postgres: 0, temporal: 0, all: 0 }
/** Kills of a whole long run, spread over its stages. */
const LONG_KILLS: Kills = { worker: 50, web: 50, postgres: 20, temporal: 20, all: 5 }
const CYCLES_A_STAGE = 10
const CASES_A_STAGE = 24

const seed = Number(options.seed)
const say = (sentence: string) => process.stdout.write(`${sentence}\n`)

function shortStages(): Stage[] {
  const kills = { ...NO_KILLS, worker: 1, web: 1, postgres: 1, temporal: 1, all: 1 }
  // On one system: most of a short run would be starting.
  const run = async (bench: Bench) => {
    const raced = await runRace(bench, { people: 10, each: 10 })
    return { raced, ...(await runCycles(bench, chanceOf(seed), 2, kills)) }
  }
  return [{ name: '100 aprobaciones a la vez y 2 ejercicios', run }]
}

function middleStages(): Stage[] {
  const kills = { ...NO_KILLS, worker: 5, web: 5, postgres: 2, temporal: 2, all: 1 }
  return [race(20, 50), underFire('10 ejercicios', 10, seed, kills), closing(5, 24), running(60)]
}

function longStages(): Stage[] {
  const cycles = Number(options.cycles)
  const stages = Math.ceil(cycles / CYCLES_A_STAGE)
  const share = (total: number, i: number) => Math.floor(((i + 1) * total) / stages) - Math.floor((i * total) / stages)
  const fire = Array.from({ length: stages }, (_, i) => {
    const kills = Object.fromEntries(
      Object.entries(LONG_KILLS).map(([name, total]) => [name, share(total, i)]),
    ) as Kills
    return underFire(`ejercicios ${i + 1}/${stages}`, share(cycles, i), seed + i, kills)
  })
  const cases = chanceOf(seed).shuffled(allCases())
  const points = Array.from({ length: Math.ceil(cases.length / CASES_A_STAGE) }, (_, i) =>
    atPoints(`puntos ${i + 1}`, cases.slice(i * CASES_A_STAGE, (i + 1) * CASES_A_STAGE)),
  )
  return [race(20, 50), ...fire, closing(20, 100), running(500), ...points]
}

function race(people: number, each: number): Stage {
  return { name: `${people * each} aprobaciones a la vez`, run: (bench) => runRace(bench, { people, each }) }
}

function underFire(name: string, cycles: number, own: number, kills: Kills): Stage {
  return { name, run: (bench) => runCycles(bench, chanceOf(own), cycles, kills) }
}

function closing(reviews: number, grants: number): Stage {
  const run = (bench: Bench) => runCampaigns(bench, chanceOf(seed), reviews, grants)
  return { name: `${reviews} cierres de revisiones de accesos`, run }
}

function running(count: number): Stage {
  const run = (bench: Bench) => runControls(bench, chanceOf(seed), count)
  return { name: `${count} ejecuciones de controles`, run }
}

function atPoints(name: string, cases: Case[]): Stage {
  return {
    name,
    run: async (bench) => {
      const faults: string[] = []
      for (const one of cases) {
        await runCase(bench, one).catch(async (error: Error) => {
          faults.push(`${nameOf(one)}: ${error.message}`)
          bench.disarm()
          await bench.start((['temporal', 'worker', 'web'] as const).filter((part) => !bench.isAlive(part)))
        })
      }
      return { cases: cases.length, faults }
    },
  }
}

/** What earlier runs of the same seed finished: stage name → its figures. */
type Done = Record<string, object>

const stateFile = () => join(options.state, `faults-${seed}-${options.cycles}.json`)

function doneBefore(): Done {
  return options.resume && existsSync(stateFile()) ? JSON.parse(readFileSync(stateFile(), 'utf8')) : {}
}

function keep(done: Done): void {
  if (!options.long) return
  mkdirSync(options.state, { recursive: true })
  writeFileSync(stateFile(), JSON.stringify(done, null, 2))
}

let standing: Bench | undefined

async function runStage(stage: Stage): Promise<object> {
  const bench = await openBench()
  standing = bench
  try {
    return await stage.run(bench)
  } catch (error) {
    return { faults: [(error as Error).message] }
  } finally {
    standing = undefined
    await bench.close()
  }
}

const faultsIn = (figures: object) => (figures as Partial<Figures>).faults ?? []

async function main(): Promise<void> {
  const all = options.short ? shortStages() : options.long ? longStages() : middleStages()
  const stages = all.filter(({ name }) => name.includes(options.only))
  const done = doneBefore()
  say(`semilla ${seed}; ${stages.length} etapas, ${Object.keys(done).length} ya hechas`)
  const failed: string[] = []
  for (const stage of stages) {
    const start = performance.now()
    const figures = done[stage.name] ?? (await runStage(stage))
    say(`${stage.name} (${((performance.now() - start) / 1000).toFixed(0)} s): ${JSON.stringify(figures)}`)
    if (faultsIn(figures).length > 0) failed.push(stage.name)
    // A stage that failed is run again by --resume.
    else keep(Object.assign(done, { [stage.name]: figures }))
  }
  say(failed.length === 0 ? 'todo se cumple' : `no se cumple en: ${failed.join(', ')} (semilla ${seed})`)
  process.exit(failed.length === 0 ? 0 : 1)
}

onStop(async () => await standing?.close(), 130)

await main()
