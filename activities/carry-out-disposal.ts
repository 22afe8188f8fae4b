import { recordEvent } from '../db/audit.ts'
import { withEntity } from '../db/client.ts'
import { appNow } from '../db/clock.ts'
import { isFileNamed, type NamedFile } from '../db/content-names.ts'
import { disposalEvent, findDisposal, holdDisposal, moveDisposal } from '../db/disposals.ts'
import { faultPoint } from '../db/fault-points.ts'
import { countRemoved, listGoneFiles, removeContents } from '../db/removed-contents.ts'
import { holdFiles } from '../db/snapshot-rewrites.ts'
import { removeUnnamed } from '../db/unnamed-files.ts'
import type { DisposalInput } from '../workflows/messages.ts'
import type { Tools } from './tools.ts'
import { withProgress } from './with-progress.ts'

/** Contents that go in one transaction. */
const AT_ONCE = 20

/**
 * Carries out a disposal that has begun: contents leave their rows, each with its tombstone and event, and then the files no row
 * names any more are removed. The tombstones say what is left to do, so that killed at any point it goes on; done twice it finds nothing.
 */
export async function carryOutDisposal(tools: Tools, { entityId, disposalId }: DisposalInput): Promise<void> {
  const read = <T>(work: Parameters<typeof withEntity<T>>[2]) => withEntity(tools.database, entityId, work)
  const begun = await read((trx) => findDisposal(trx, disposalId))
  if (begun?.state.status !== 'running') return
  await withProgress(
    0,
    async () => false,
    async (signal, onProgress) => {
      for (let gone = -1, soFar = 0; gone !== 0; soFar += gone) {
        signal.throwIfAborted()
        gone = await read(async (trx) => {
          const disposal = await holdDisposal(trx, disposalId)
          return disposal.state.status === 'running' ? await removeContents(trx, disposal, AT_ONCE) : 0
        })
        onProgress(soFar + gone)
        faultPoint('worker:disposal-removed')
      }
      faultPoint('worker:disposal-emptied')
      const files = await read((trx) => listGoneFiles(trx, disposalId))
      let fresh = 0
      for (const file of files) {
        signal.throwIfAborted()
        if (await isTooFresh(tools, entityId, file)) fresh += 1
        faultPoint('worker:disposal-unlinked')
      }
      if (fresh > 0) throw new Error(`${fresh} files were stored a moment ago: they go at a later try`)
    },
  )
  await read(async (trx) => {
    const disposal = await holdDisposal(trx, disposalId)
    if (disposal.state.status !== 'running') return
    await moveDisposal(trx, disposal, { status: 'done', at: appNow() })
    const { removed } = await countRemoved(trx, disposalId)
    const event = disposalEvent(disposal, 'disposal.carried_out')
    const changes = [...(event.changes ?? []), { field: 'items', before: removed, after: null }]
    await recordEvent(trx, { ...event, changes })
  })
}

/** A file is stored before its row is: what was stored within the hour may be of somebody whose row is still to come. */
const AT_REST_MS = 3_600_000

/** Held against what changes the files of the entity meanwhile. Answers whether it has to be tried again later. */
async function isTooFresh(tools: Tools, entityId: string, file: NamedFile): Promise<boolean> {
  return await withEntity(tools.database, entityId, async (trx) => {
    await holdFiles(trx, entityId)
    const isNamed = () => isFileNamed(trx, entityId, file)
    return (await removeUnnamed({ ...tools, entityId }, file, { isNamed, restMs: AT_REST_MS })) === 'fresh'
  })
}
