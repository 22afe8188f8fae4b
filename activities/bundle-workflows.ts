/** Bundles the workflows in a process of its own: the bundler leaves some 100 MB behind in whichever runs it. */
import { fork } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker'
import { sourcesHash } from './sources-hash.ts'

const SELF = fileURLToPath(import.meta.url)
const ROOT = dirname(dirname(SELF))
/** What a workflow may import (design.md §4), and the packages it comes with. */
const SOURCES = ['workflows', 'domain', 'catalog', 'package-lock.json']
const KEPT = join(ROOT, 'build', 'workflows')

/**
 * The code of `workflows/index.ts`, as `Worker.create` takes it. It is kept under the hash of what it is made of: a
 * worker that comes back after a fall need not wait for the bundler. Throws when the bundler failed; its log says why.
 */
export async function bundledWorkflows(): Promise<{ code: string }> {
  const kept = join(KEPT, `${sourcesHash(ROOT, SOURCES)}.js`)
  const code = read(kept) ?? (await bundle())
  keep(kept, code)
  return { code }
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

function bundle(): Promise<string> {
  const bundler = fork(SELF, [], { execArgv: [] })
  return new Promise((resolve, reject) => {
    bundler.once('message', (code: string) => {
      resolve(code)
      bundler.disconnect()
    })
    bundler.once('error', reject)
    bundler.once('exit', (code, signal) => reject(new Error(`the bundler ended with ${signal ?? code}`)))
  })
}

/** In place of earlier ones; other workers may be writing the same file. */
function keep(file: string, code: string): void {
  if (existsSync(file)) return
  try {
    mkdirSync(KEPT, { recursive: true })
    for (const name of readdirSync(KEPT)) if (name.endsWith('.js')) rmSync(join(KEPT, name), { force: true })
    writeFileSync(`${file}.${process.pid}`, code)
    renameSync(`${file}.${process.pid}`, file)
  } catch (error) {
    // A folder that nobody may write to only costs the time of the next start.
    if (!['EACCES', 'EROFS', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error
  }
}

if (process.argv[1] === SELF) {
  process.once('disconnect', () => process.exit())
  const workflowsPath = join(ROOT, 'workflows', 'index.ts')
  const { code } = await bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('WARN') })
  process.send?.(code)
}
