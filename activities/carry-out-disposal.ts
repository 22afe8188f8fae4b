import { stat } from 'node:fs/promises'
import path from 'node:path'
import { recordEvent } from '../db/audit.ts'
import { withEntity } from '../db/client.ts'
import { appNow } from '../db/clock.ts'
import { isFileNamed } from '../db/content-names.ts'
import { disposalEvent, findDisposal, holdDisposal, moveDisposal } from '../db/disposals.ts'
import { faultPoint } from '../db/fault-points.ts'
import { filePath, removeFile } from '../db/files.ts'
import { countRemoved, type GoneFile, listGoneFiles, removeContents, whereOf } from '../db/removed-contents.ts'
import { removeSealed, sealedPath } from '../db/sealed-files.ts'
import { holdFiles } from '../db/snapshot-rewrites.ts'
import { removeSnapshot, snapshotPath } from '../db/snapshots.ts'
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
      for (const file of files) {
        signal.throwIfAborted()
        await removeUnnamed(tools, entityId, file)
        faultPoint('worker:disposal-unlinked')
      }
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

/** Removes the file unless a row still names it; held against what changes the files of the entity meanwhile. */
async function removeUnnamed({ database, dataDir, secret }: Tools, entityId: string, file: GoneFile): Promise<void> {
  const { store, sha256 } = file
  await withEntity(database, entityId, async (trx) => {
    await holdFiles(trx, entityId)
    if (await isFileNamed(trx, { ...whereOf(store, entityId), sha256, besides: [] })) return
    const sealed = { dataDir, secret, entityId, sha256 }
    const snapshot = { dir: path.join(dataDir, 'snapshots'), hash: sha256 }
    const at = { files: filePath(dataDir, sha256), originals: sealedPath(sealed), snapshots: snapshotPath(snapshot) }
    await requireAtRest(at[store])
    if (store === 'files') await removeFile(dataDir, sha256)
    else if (store === 'originals') await removeSealed(sealed)
    else await removeSnapshot(snapshot)
  })
}

/** A file is stored before its row is: what was stored within the hour may be of somebody whose row is still to come. */
const AT_REST_MS = 3_600_000

async function requireAtRest(file: string): Promise<void> {
  const found = await stat(file).catch(() => undefined)
  if (found && appNow().getTime() - found.mtimeMs < AT_REST_MS) throw new Error('the file was stored a moment ago')
}
