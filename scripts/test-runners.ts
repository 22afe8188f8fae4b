/** Runs the test tools and counts what they report. */
import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { say } from './progress.ts'
import { root } from './web-build.ts'

export interface Tally {
  passed: number
  failed: number
}

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
  numPassedTests: number
  numTotalTests: number
  testResults: { name: string; status: string; assertionResults: unknown[] }[]
}

/** A skipped test counts as failed, and so does a file that could not be read: nothing is left out silently. */
export async function vitestTally(files: string[], reportFile: string): Promise<Tally> {
  const script = join(root, 'node_modules', 'vitest', 'vitest.mjs')
  const code = await runVisibly(script, [
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${reportFile}`,
    ...files,
  ])
  if (!existsSync(reportFile)) return { passed: 0, failed: 1 }
  const report = JSON.parse(readFileSync(reportFile, 'utf8')) as VitestReport
  const broken = report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0)
  const failed = report.numTotalTests - report.numPassedTests + broken.length
  // Vitest also fails for errors outside any test.
  return { passed: report.numPassedTests, failed: failed === 0 && code !== 0 ? 1 : failed }
}

interface PlaywrightReport {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number }
  errors: unknown[]
}

export async function playwrightTally(project: string, reportFile: string): Promise<Tally> {
  const script = join(root, 'node_modules', '@playwright', 'test', 'cli.js')
  const code = await runVisibly(script, ['test', `--project=${project}`], { PLAYWRIGHT_JSON_OUTPUT_NAME: reportFile })
  if (!existsSync(reportFile)) return { passed: 0, failed: 1 }
  const { stats, errors } = JSON.parse(readFileSync(reportFile, 'utf8')) as PlaywrightReport
  const failed = stats.unexpected + stats.flaky + stats.skipped + errors.length
  return { passed: stats.expected, failed: failed === 0 && code !== 0 ? 1 : failed }
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
