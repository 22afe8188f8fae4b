/** Builds the web application, and only when something it is made of has changed. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sourcesHash } from '../activities/sources-hash.ts'
import { Explained, run } from './processes.ts'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))
const SOURCES = [
  'app',
  'domain',
  'catalog',
  'documents',
  'db',
  'workflows',
  'verifier',
  'scripts/bundle-verifier.ts',
  'package-lock.json',
  'vite.config.ts',
  'public',
]
const STAMP = join(root, 'build', 'sources.sha256')

/** True when it built, false when what stands is current. Throws `Explained` with the end of the build's output. */
export async function buildWeb(): Promise<boolean> {
  const hash = sourcesHash(root, SOURCES)
  const server = join(root, 'build', 'server', 'index.js')
  if (existsSync(server) && existsSync(STAMP) && readFileSync(STAMP, 'utf8') === hash) return false
  rmSync(STAMP, { force: true })
  const cli = join(root, 'node_modules', '@remix-run', 'dev', 'dist', 'cli.js')
  const env = { ...process.env, NODE_ENV: 'production' as const }
  try {
    await run(process.execPath, [cli, 'vite:build'], { cwd: root, env, maxBuffer: 1 << 26 })
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string }
    const end = `${stdout}\n${stderr}`.trim().split('\n').slice(-25).join('\n')
    throw new Explained(`La aplicación web no compila:\n${end}`)
  }
  mkdirSync(dirname(STAMP), { recursive: true })
  writeFileSync(STAMP, hash)
  return true
}
