/** The thread of `protectApart`: linear programs run here, so that nobody's request waits for those of another. */
import { parentPort } from 'node:worker_threads'
import { protectTogether, type Together } from '../domain/disclosure/together.ts'
import { loadSolver } from './solver.ts'

export interface ProtectionTask {
  id: number
  asked: Together
  limits: ProtectionLimits
}

/** Milliseconds after which whole neighbourhoods are hidden, and after which bounds are no longer sharpened. */
export interface ProtectionLimits {
  protecting: number
  attacking: number
}

export type Protected = ReturnType<typeof protectTogether>
export type ProtectionAnswer = { id: number } & ({ done: Protected } | { failure: unknown })

parentPort?.on('message', async ({ id, asked, limits }: ProtectionTask) => {
  const answer = await protectHere(asked, limits).then(
    (done): ProtectionAnswer => ({ id, done }),
    (failure): ProtectionAnswer => ({ id, failure }),
  )
  parentPort?.postMessage(answer)
})

async function protectHere(asked: Together, limits: ProtectionLimits): Promise<Protected> {
  const open = await loadSolver()
  const start = performance.now()
  const past = (limit: number) => () => performance.now() - start > limit
  return protectTogether(asked, open, { protecting: past(limits.protecting), attacking: past(limits.attacking) })
}
