/** `npm test [-- part …]`: every check of the project on its own PostgreSQL and Temporal, one closing line. */
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { e2eStateFile } from '../test/support/e2e-state.ts'
import { TEST_SECRET } from '../test/support/services.ts'
import { startSystem } from '../test/support/system.ts'
import { findChromium } from './chromium.ts'
import { importMatrixFaults } from './import-matrix.ts'
import { clearPid, Explained, freePort, livePid, onStop, stopOrphan, writePid } from './processes.ts'
import { explain, say } from './progress.ts'
import { startTestServices } from './services.ts'
import { add, browserFaults, playwrightTallies, runVisibly, type Tally, vitestTallies } from './test-runners.ts'
import { buildWeb, root } from './web-build.ts'

type Part = (typeof PARTS)[number]

const PARTS = [
  'format',
  'lint',
  'types',
  'build',
  'unit',
  'database',
  'workflows',
  'replay',
  'e2e',
  'accessibility',
  'faults',
] as const

/** A part without files fails when it stands here. */
const REQUIRED: readonly Part[] = PARTS
const NEEDS_SERVICES: readonly Part[] = ['database', 'workflows', 'replay', 'e2e', 'accessibility', 'faults']

/** Folders of the Vitest parts; what stands in none of them belongs to `database`, so that no file is left out. */
const FOLDERS: Partial<Record<Part, string[]>> = {
  unit: ['test/domain/', 'test/catalog/', 'test/documents/', 'test/text/'],
  workflows: ['test/workflows/'],
  replay: ['test/replay/'],
}

/** Parts that one tool runs as one stage: what waits leaves the processor to what computes. */
const TOGETHER = {
  vitest: ['unit', 'database', 'workflows', 'replay'],
  playwright: ['e2e', 'accessibility'],
} as const satisfies Record<string, readonly Part[]>
type Tool = keyof typeof TOGETHER
const TOOLS = Object.keys(TOGETHER) as Tool[]
const toolOf = (part: Part) => TOOLS.find((name) => (TOGETHER[name] as readonly Part[]).includes(part))
type Alone = Exclude<Part, (typeof TOGETHER)[Tool][number]>
const isAlone = (part: Part): part is Alone => toolOf(part) === undefined

const PASSED: Tally = { passed: 1, failed: 0 }
const FAILED: Tally = { passed: 0, failed: 1 }

const work = mkdtempSync(join(tmpdir(), 'caracteriza-run-'))
const stops: (() => Promise<void>)[] = []

async function tool(file: string, ...args: string[]): Promise<Tally> {
  return (await runVisibly(join(root, 'node_modules', file), args)) === 0 ? PASSED : FAILED
}

function testFiles(part: Part): string[] {
  const all = readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
  const files = all
    .map((file) => `test/${file.replaceAll('\\', '/')}`)
    .filter((file) => file.endsWith('.test.ts'))
    .sort()
  const folders = FOLDERS[part]
  if (folders) return files.filter((file) => folders.some((folder) => file.startsWith(folder)))
  const others = Object.values(FOLDERS).flat()
  return files.filter((file) => !others.some((folder) => file.startsWith(folder)))
}

async function vitest(parts: Part[]): Promise<[Part, Tally][]> {
  // Several files serve the pages at once; none of them may build them meanwhile.
  if (parts.some((part) => NEEDS_SERVICES.includes(part))) await buildWeb()
  const groups = Object.fromEntries(parts.map((part) => [part, testFiles(part)]))
  const tallies = await vitestTallies(groups, join(work, `${parts.join('-')}.json`))
  return parts.map((part) => [part, groups[part]?.length ? (tallies[part] ?? FAILED) : missing(part, 'no hay pruebas')])
}

function missing(part: Part, what: string): Tally {
  say(`${part}: ${what}`)
  return REQUIRED.includes(part) ? FAILED : { passed: 0, failed: 0 }
}

function reported(faults: string[]): Tally {
  for (const fault of faults) say(fault)
  return faults.length === 0 ? PASSED : FAILED
}

/** One browser project for each part, named like it. */
async function playwright(parts: Part[]): Promise<[Part, Tally][]> {
  process.env.CHROMIUM_PATH ??= await findChromium()
  await serveOnce()
  const tallies = await playwrightTallies(parts, join(work, `${parts.join('-')}.json`))
  return parts.map((part) => [part, tallies[part] ?? missing(part, 'no hay pruebas')])
}

let served: Promise<void> | undefined

/** One system for all browser tests. */
function serveOnce(): Promise<void> {
  served ??= (async () => {
    const port = await freePort()
    const system = await startSystem({ port })
    stops.push(system.stop)
    const { url, dataDir, ownerUrl, superuserUrl, temporalAddress, namespace } = system
    writeFileSync(
      e2eStateFile(port),
      JSON.stringify({ url, dataDir, ownerUrl, superuserUrl, temporalAddress, namespace }),
    )
    stops.push(async () => rmSync(e2eStateFile(port), { force: true }))
    Object.assign(process.env, { E2E_PORT: String(port), E2E_SERVED: '1' })
  })()
  return served
}

async function faultsRun(): Promise<Tally> {
  const file = join(root, 'test', 'faults', 'faults.ts')
  if (!existsSync(file)) return missing('faults', 'no hay pruebas')
  await buildWeb()
  return (await runVisibly(file, ['--short'])) === 0 ? PASSED : FAILED
}

const RUN_TOGETHER: Record<Tool, (parts: Part[]) => Promise<[Part, Tally][]>> = { vitest, playwright }

const RUN: Record<Alone, () => Promise<Tally>> = {
  format: () => tool('@biomejs/biome/bin/biome', 'format', '.'),
  lint: async () => add(await tool('@biomejs/biome/bin/biome', 'lint', '.'), reported(importMatrixFaults())),
  types: () => tool('typescript/bin/tsc', '--noEmit'),
  build: async () => {
    await buildWeb()
    return reported(browserFaults(join(root, 'build', 'client')))
  },
  faults: faultsRun,
}

function chosenParts(args: string[]): Part[] {
  const unknown = args.filter((name) => !(PARTS as readonly string[]).includes(name))
  if (unknown.length > 0) throw new Explained(`No existe la parte ${unknown.join(', ')}. Partes: ${PARTS.join(', ')}.`)
  return args.length === 0 ? [...PARTS] : PARTS.filter((part) => args.includes(part))
}

/** What a run that was killed left in the temporary folder: its servers are stopped, its data removed. */
async function sweep(): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith('caracteriza-run-'))) {
    const folder = join(tmpdir(), name)
    if (folder === work || livePid(join(folder, 'run'), 'supervisor') || !existsSync(join(folder, 'run'))) continue
    await stopOrphan(join(folder, 'run'), 'temporal')
    await stopOrphan(join(folder, 'run'), 'postgres', 'SIGINT')
    rmSync(folder, { recursive: true, force: true })
  }
}

async function startServices(): Promise<void> {
  await sweep()
  writePid(join(work, 'run'), 'supervisor')
  const start = performance.now()
  const services = await startTestServices(work, TEST_SECRET, say)
  stops.push(services.stop)
  if (services.postgres.started.child.pid) writePid(join(work, 'run'), 'postgres', services.postgres.started.child.pid)
  process.env.TEST_POSTGRES_URL = services.postgres.superuserUrl()
  process.env.TEST_TEMPORAL_ADDRESS = services.temporal.address
  say(`PostgreSQL y Temporal de las pruebas: listos en ${((performance.now() - start) / 1000).toFixed(1)} s`)
}

/** Parts in their order; those of one tool are one stage, at the place of the first of them. */
function stagesOf(parts: Part[]): Part[][] {
  return [...Map.groupBy(parts, (part) => toolOf(part) ?? part).values()]
}

async function runStage(parts: Part[]): Promise<Tally> {
  const start = performance.now()
  say(`\n── ${parts.join(', ')}`)
  const tallies = await talliesOf(parts).catch((error: Error) => {
    say(error instanceof Explained ? error.message : (error.stack ?? String(error)))
    return parts.map((part): [Part, Tally] => [part, FAILED])
  })
  const seconds = ((performance.now() - start) / 1000).toFixed(0)
  for (const [part, { passed, failed }] of tallies) say(`── ${part}: ${passed} passed, ${failed} failed (${seconds} s)`)
  return tallies
    .map(([part, tally]) => (tally.failed > 0 && !tally.faults?.length ? { ...tally, faults: [part] } : tally))
    .reduce(add)
}

async function talliesOf(parts: Part[]): Promise<[Part, Tally][]> {
  const together = parts[0] && toolOf(parts[0])
  if (together) return RUN_TOGETHER[together](parts)
  return Promise.all(parts.filter(isAlone).map(async (part): Promise<[Part, Tally]> => [part, await RUN[part]()]))
}

async function stopAll(): Promise<void> {
  for (const stop of stops.splice(0).reverse()) await stop().catch((error: Error) => say(error.message))
  clearPid(join(work, 'run'), 'supervisor')
  rmSync(work, { recursive: true, force: true })
}

async function main(): Promise<void> {
  const parts = chosenParts(process.argv.slice(2))
  if (parts.some((part) => NEEDS_SERVICES.includes(part))) await startServices()
  let total: Tally = { passed: 0, failed: 0 }
  for (const stage of stagesOf(parts)) total = add(total, await runStage(stage))
  await stopAll()
  // Once more at the end, where whoever reads only that finds it.
  for (const fault of total.faults ?? []) say(`falló: ${fault}`)
  say(`\n${total.passed} passed, ${total.failed} failed`)
  process.exit(total.failed > 0 || total.passed === 0 ? 1 : 0)
}

onStop(stopAll, 130)

main().catch(async (error) => {
  await stopAll()
  explain(error)
  say('\n0 passed, 1 failed')
  process.exit(1)
})
