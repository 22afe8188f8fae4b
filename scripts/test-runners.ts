/** Runs the test tools and counts what they report. */
import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { say } from './progress.ts'
import { root } from './web-build.ts'

export interface Tally {
  passed: number
  failed: number
  /** What failed, by file and name. */
  faults?: string[]
}

export const add = (a: Tally, b: Tally): Tally => ({
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
  faults: [...(a.faults ?? []), ...(b.faults ?? [])],
})

/** Runs a script on this Node with its output shown; answers the exit code. */
export function runVisibly(script: string, args: string[], env: Record<string, string> = {}): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [script, ...args], {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: 'inherit',
    })
    child.once('exit', (code) => resolve(code ?? 1))
    child.once('error', () => resolve(1))
  })
}

interface VitestReport {
  testResults: { name: string; status: string; assertionResults: { status: string; fullName: string }[] }[]
}

/**
 * Runs all files at once and answers one tally for each named group of them. A skipped test counts as failed, and so
 * does a file that could not be read: nothing is left out silently.
 */
export async function vitestTallies<Name extends string>(
  groups: Record<Name, string[]>,
  reportFile: string,
): Promise<Record<Name, Tally>> {
  const script = join(root, 'node_modules', 'vitest', 'vitest.mjs')
  const files = Object.values<string[]>(groups).flat()
  const code = await runVisibly(script, [
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${reportFile}`,
    ...files,
  ])
  const report = existsSync(reportFile) ? (JSON.parse(readFileSync(reportFile, 'utf8')) as VitestReport) : null
  const found = new Map(report?.testResults.map((result) => [relative(root, result.name), fileTally(result)]))
  const tallies = Object.entries<string[]>(groups).map(([name, members]) => {
    const each = members.map((file) => found.get(file) ?? { passed: 0, failed: 1, faults: [file] })
    return [name, each.reduce(add, { passed: 0, failed: 0 })] as [Name, Tally]
  })
  // Vitest also fails for errors outside any test.
  const [first] = tallies
  if (first && code !== 0 && tallies.every(([, { failed }]) => failed === 0)) first[1].failed = 1
  return Object.fromEntries(tallies) as Record<Name, Tally>
}

function fileTally({ name, status, assertionResults }: VitestReport['testResults'][number]): Tally {
  const file = relative(root, name)
  const failed = assertionResults.filter((test) => test.status !== 'passed')
  const passed = assertionResults.length - failed.length
  if (failed.length === 0 && (status === 'failed' || passed === 0)) return { passed, failed: 1, faults: [file] }
  return { passed, failed: failed.length, faults: failed.map((test) => `${file}: ${test.fullName}`) }
}

interface PlaywrightSuite {
  suites?: PlaywrightSuite[]
  specs?: {
    file: string
    title: string
    tests: { projectName: string; status: 'expected' | 'unexpected' | 'flaky' | 'skipped' }[]
  }[]
}

/** Runs the projects at once and answers one tally for each that ran; what they depend on is counted when it fails. */
export async function playwrightTallies(projects: string[], reportFile: string): Promise<Record<string, Tally>> {
  const script = join(root, 'node_modules', '@playwright', 'test', 'cli.js')
  const chosen = projects.map((name) => `--project=${name}`)
  const code = await runVisibly(script, ['test', ...chosen], { PLAYWRIGHT_JSON_OUTPUT_NAME: reportFile })
  const tallies: Record<string, Tally> = {}
  const [first = ''] = projects
  if (existsSync(reportFile)) {
    const { suites } = JSON.parse(readFileSync(reportFile, 'utf8')) as { suites: PlaywrightSuite[] }
    for (const { projectName, status, name } of suites.flatMap(testsOf)) {
      const one = status === 'expected' ? { passed: 1, failed: 0 } : { passed: 0, failed: 1, faults: [name] }
      if (projects.includes(projectName)) tallies[projectName] = add(tallies[projectName] ?? NONE, one)
    }
  }
  // It also fails for errors outside any test, and for what a project depends on.
  if (code !== 0 && Object.values(tallies).every(({ failed }) => failed === 0))
    tallies[first] = add(tallies[first] ?? NONE, { passed: 0, failed: 1 })
  return tallies
}

const NONE: Tally = { passed: 0, failed: 0 }

function testsOf({
  suites = [],
  specs = [],
}: PlaywrightSuite): { projectName: string; status: string; name: string }[] {
  const own = specs.flatMap(({ file, title, tests }) => tests.map((test) => ({ ...test, name: `${file}: ${title}` })))
  return [...own, ...suites.flatMap(testsOf)]
}

const SERVER_ONLY = ['kysely', '@temporalio', 'pg-protocol', 'better-auth/node', 'node:fs']

/** Browser chunks that hold something of the server (design: build check behind the import matrix). */
export function browserFaults(client: string): string[] {
  const chunks = readdirSync(client, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.js'))
  if (chunks.length === 0) return ['la compilación no dejó archivos para el navegador']
  const faults = chunks.flatMap((file) => {
    const text = readFileSync(join(client, file), 'utf8')
    return SERVER_ONLY.filter((word) => text.includes(word)).map((word) => `${file} contiene ${word}`)
  })
  if (faults.length > 0) say('El código del servidor llegó al navegador:')
  return faults
}
