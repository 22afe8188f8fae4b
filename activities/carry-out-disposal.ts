import { recordEvent } from '../db/audit.ts'
import { withEntity } from '../db/client.ts'
import { appNow } from '../db/clock.ts'
import { isFileNamed, type NamedFile, STORE_OF } from '../db/content-names.ts'
import { disposalEvent, findDisposal, holdDisposal, moveDisposal } from '../db/disposals.ts'
import { type ListedDisposal, listedDisposal, takeUpAgain } from '../db/disposals-again.ts'
import { faultPoint } from '../db/fault-points.ts'
import { countRemoved, listGoneFiles, removeContents } from '../db/removed-contents.ts'
import { holdFiles } from '../db/snapshot-rewrites.ts'
import { isToRemove, removeUnnamed } from '../db/unnamed-files.ts'
import type { DisposalInput } from '../workflows/messages.ts'
import { listGone } from './gone-list.ts'
import type { Tools } from './tools.ts'
import { withProgress } from './with-progress.ts'

/** Contents that go in one transaction. */
const AT_ONCE = 20

/** A file is stored before its row is: what was stored within the hour may be of somebody whose row is still to come. */
const AT_REST_MS = 3_600_000

type Keeping = Pick<Tools, 'database' | 'dataDir' | 'secret'>

interface Going {
  signal?: AbortSignal
  onProgress?: (removed: number) => void
  /** How long ago a file was stored at least. */
  restMs: number
}

/**
 * Carries out a disposal that has begun: contents leave their rows, each with its tombstone and event, and then the files no row
 * names any more are removed. The tombstones say what is left to do, so that killed at any point it goes on; done twice it finds nothing.
 */
export async function carryOutDisposal(tools: Tools, input: DisposalInput): Promise<void> {
  await withProgress(
    0,
    async () => false,
    (signal, onProgress) => carryOutBegun(tools, input, { signal, onProgress, restMs: AT_REST_MS }),
  )
}

/** The list outside the database has it before anything goes. */
export async function carryOutBegun(keeping: Keeping, input: DisposalInput, going: Going): Promise<void> {
  const { entityId, disposalId } = input
  const { begun, listed } = await withEntity(keeping.database, entityId, async (trx) => ({
    begun: await findDisposal(trx, disposalId),
    listed: await listedDisposal(trx, disposalId),
  }))
  if (begun?.state.status !== 'running') return
  if (listed) await listGone(keeping.dataDir, listed)
  await carryOut(keeping, input, going)
}

/** In a copy that was restored from before it. */
export async function disposeAgain(keeping: Keeping, listed: ListedDisposal): Promise<void> {
  await withEntity(keeping.database, listed.entityId, (trx) => takeUpAgain(trx, listed))
  await finishAgain(keeping, listed)
}

/** What was taken up again, where nobody stores anything yet: rows first, and the files that lie there without them. */
export async function finishAgain(keeping: Keeping, listed: ListedDisposal): Promise<void> {
  const { entityId, disposalId, items } = listed
  const known = await withEntity(keeping.database, entityId, (trx) => findDisposal(trx, disposalId))
  if (known && ['running', 'done'].includes(known.state.status))
    await carryOut(keeping, { entityId, disposalId }, { restMs: 0 })
  // Files of a copy may be older than its rows.
  const files = items.flatMap(({ kind, sha256 }) => {
    const store = STORE_OF[kind]
    return store ? [{ store, sha256 }] : []
  })
  await removeFiles(keeping, entityId, files, { restMs: 0 })
}

async function carryOut(keeping: Keeping, { entityId, disposalId }: DisposalInput, going: Going): Promise<void> {
  const read = <T>(work: Parameters<typeof withEntity<T>>[2]) => withEntity(keeping.database, entityId, work)
  for (let gone = -1, soFar = 0; gone !== 0; soFar += gone) {
    going.signal?.throwIfAborted()
    gone = await read(async (trx) => {
      const disposal = await holdDisposal(trx, disposalId)
      return disposal.state.status === 'running' ? await removeContents(trx, disposal, AT_ONCE) : 0
    })
    going.onProgress?.(soFar + gone)
    faultPoint('worker:disposal-removed')
  }
  await removeFiles(keeping, entityId, await read((trx) => listGoneFiles(trx, disposalId)), going)
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

async function removeFiles(
  keeping: Keeping,
  entityId: string,
  files: readonly NamedFile[],
  { signal, restMs }: Going,
): Promise<void> {
  const keeper = { ...keeping, entityId }
  let fresh = 0
  for (const file of files) {
    signal?.throwIfAborted()
    if (!(await isToRemove(keeper, file))) continue
    const removal = await withEntity(keeping.database, entityId, async (trx) => {
      // Held against what changes the files of the entity meanwhile.
      await holdFiles(trx, entityId)
      return await removeUnnamed(keeper, file, { isNamed: () => isFileNamed(trx, entityId, file), restMs })
    })
    if (removal === 'fresh') fresh += 1
    faultPoint('worker:disposal-unlinked')
  }
  if (fresh > 0) throw new Error(`${fresh} files were stored a moment ago: they go at a later try`)
}
