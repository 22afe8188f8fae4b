/** Bundles the workflows in a process of its own: the bundler leaves some 100 MB behind in whichever runs it. */
import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker'

const SELF = fileURLToPath(import.meta.url)

/** The code of `workflows/index.ts`, as `Worker.create` takes it. Throws when the bundler failed; its log says why. */
export function bundledWorkflows(): Promise<{ code: string }> {
  const bundler = fork(SELF, [], { execArgv: [] })
  return new Promise((resolve, reject) => {
    bundler.once('message', (code: string) => {
      resolve({ code })
      bundler.disconnect()
    })
    bundler.once('error', reject)
    bundler.once('exit', (code, signal) => reject(new Error(`the bundler ended with ${signal ?? code}`)))
  })
}

if (process.argv[1] === SELF) {
  process.once('disconnect', () => process.exit())
  const workflowsPath = fileURLToPath(new URL('../workflows/index.ts', import.meta.url))
  const { code } = await bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('WARN') })
  process.send?.(code)
}
