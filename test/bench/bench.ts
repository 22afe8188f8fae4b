/** `npm run bench [-- --only NAME] [--json FILE]`: figures against the naive way measured in the same run; 1 when a target is missed. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { BenchRow } from './figures.ts'

/** Loaded only when asked for; the lightest on the machine first. */
const BENCHES: Record<string, () => Promise<BenchRow[]>> = {
  attach: async () => (await import('./attach.ts')).attach(),
  large: async () => (await import('./attach.ts')).attachLarge(),
  import: async () => (await import('./import.ts')).imports(),
  cross: async () => (await import('./cross.ts')).cross(),
  ask: async () => (await import('./ask.ts')).ask(),
  disclose: async () => (await import('./disclose.ts')).disclose(),
  act: async () => (await import('./act.ts')).act(),
  capture: async () => (await import('./capture.ts')).capture(),
  scope: async () => (await import('./capture.ts')).scope(),
  inbox: async () => (await import('./inbox.ts')).inbox(),
  campaign: async () => (await import('./campaign.ts')).campaign(),
  controls: async () => (await import('./controls.ts')).controls(),
  permit: async () => (await import('./permit.ts')).permit(),
  publish: async () => (await import('./publish.ts')).publish(),
  map: async () => (await import('./map.ts')).map(),
  residual: async () => (await import('./residual.ts')).residual(),
  self: async () => (await import('./self.ts')).self(),
  append: async () => (await import('./append.ts')).append(),
  seal: async () => (await import('./append.ts')).seal(),
  asof: async () => (await import('./asof.ts')).asof(),
  trail: async () => (await import('./trail.ts')).trail(),
  verify: async () => (await import('./verify.ts')).verify(),
  report: async () => (await import('./report.ts')).report(),
  start: async () => (await import('./start.ts')).start(),
}

const { values } = parseArgs({ options: { only: { type: 'string' }, json: { type: 'string' } } })
const names = values.only ? [values.only] : Object.keys(BENCHES)
const unknown = names.find((name) => !BENCHES[name])
if (unknown) {
  console.error(`No existe la medición ${unknown}. Mediciones: ${Object.keys(BENCHES).join(', ')}.`)
  process.exit(2)
}

const rows: BenchRow[] = []
for (const name of names) {
  const load = () => (loadavg()[0] ?? 0).toFixed(1)
  const before = load()
  rows.push(...(names.length === 1 ? await (BENCHES[name]?.() ?? []) : inChild(name)))
  console.log(`${name}: carga de la máquina ${before} antes, ${load()} después`)
}
console.table(Object.fromEntries(rows.map(({ name, ...row }) => [name, row])))
if (values.json) writeFileSync(values.json, `${JSON.stringify(rows, null, 2)}\n`)
process.exit(rows.every((row) => row.ok) ? 0 : 1)

/** Each in a process of its own, so that none measures what another left behind. */
function inChild(name: string): BenchRow[] {
  const folder = mkdtempSync(join(tmpdir(), 'caracteriza-figures-'))
  const json = join(folder, 'rows.json')
  const file = fileURLToPath(import.meta.url)
  const done = spawnSync(process.execPath, [file, '--only', name, '--json', json], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  try {
    if (!existsSync(json)) throw new Error(`${name} ended with ${done.status ?? done.signal}`)
    return JSON.parse(readFileSync(json, 'utf8')) as BenchRow[]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
