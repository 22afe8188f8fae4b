import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { Context } from '@temporalio/activity'
import { ApplicationFailure } from '@temporalio/common'
import { recordEvent } from '../db/audit.ts'
import { type Trx, withEntity } from '../db/client.ts'
import { isDiskFull } from '../db/disk-full.ts'
import { entityKey } from '../db/entity-key.ts'
import { faultPoint } from '../db/fault-points.ts'
import { type ImportProgress, markRunning, noteProgress, settleImport } from '../db/import-changes.ts'
import { findImport, type ImportRow, importChain } from '../db/imports.ts'
import type { BuildResult, Progress } from '../db/ingest.ts'
import { keepProfileApart } from '../db/profile-apart.ts'
import { readApart } from '../db/read-apart.ts'
import { isSealed, sealFile } from '../db/sealed-files.ts'
import { holdFiles } from '../db/snapshot-rewrites.ts'
import { placeSnapshot } from '../db/snapshots.ts'
import { findSource, type SourceRow } from '../db/sources.ts'
import { holdStepOpen } from '../db/step-hold.ts'
import { unsealChain } from '../db/unsealed-chain.ts'
import type { ImportInput } from '../workflows/messages.ts'
import { tellOfImport } from './tell-of-import.ts'
import type { Tools } from './tools.ts'
import { withProgress } from './with-progress.ts'

/**
 * Reads one received file into a snapshot and puts it to use in one transaction (procedure step 3). Killed at any
 * point it starts again from the stored file; done twice it changes nothing.
 */
export async function importSource(tools: Tools, input: ImportInput): Promise<void> {
  await removeLeft(tools, input.importId)
  const begun = await begin(tools, input)
  if (!begun) return
  const folder = await freshFolder(tools, input.importId)
  try {
    const note = (now: ImportProgress) =>
      withEntity(tools.database, input.entityId, (trx) => noteProgress(trx, input.importId, now))
    const built = await withProgress(NOT_BEGUN, note, async (signal, onProgress) => {
      const told = (now: ImportProgress) => {
        onProgress(now)
        if (now.phase !== 'opening') faultPoint('worker:import-reading')
      }
      const reading = async () => {
        await note(OPENING)
        return await build(tools, begun, folder, signal, told)
      }
      const read = await inTurn(signal, reading).catch(withoutRoom)
      if (read.ok) await keep(tools, begun, read, signal)
      return signal.aborted ? CANCELLED : read
    })
    if (!built.ok) throw await failureOf(tools, input, built)
    faultPoint('worker:import-kept')
    await settle(tools, input, begun, built)
    faultPoint('worker:import-settled')
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const NOT_BEGUN: ImportProgress = { phase: 'waiting', bytes: 0, rows: 0 }
const OPENING: ImportProgress = { ...NOT_BEGUN, phase: 'opening' }

interface Begun {
  row: ImportRow
  /** The file itself, then the corrections of its rejects in their order; the last one is `row`. */
  chain: ImportRow[]
  source: SourceRow
  entityId: string
}
type Built = Extract<BuildResult, { ok: true }>

async function begin({ database }: Tools, { entityId, importId }: ImportInput): Promise<Begun | undefined> {
  return await withEntity(database, entityId, async (trx) => {
    const row = await findImport(trx, importId)
    if (!row) throw ApplicationFailure.nonRetryable('the import has no row', 'not_visible')
    if (!(await markRunning(trx, importId))) return undefined
    if (row.cancelAskedAt) throw ApplicationFailure.nonRetryable('cancelled', 'cancelled')
    const source = await findSource(trx, row.cycleId, row.sourceId)
    if (!source) throw ApplicationFailure.nonRetryable('the source was detached', 'detached')
    return { row, chain: await importChain(trx, importId), source, entityId }
  })
}

/** A folder of its own for every try; the original lies in it in plain text while it is read. */
export async function freshFolder({ dataDir }: Tools, importId: string): Promise<string> {
  const root = path.join(dataDir, 'imports')
  await mkdir(root, { recursive: true, mode: 0o700 })
  return await mkdtemp(path.join(root, `${importId}-`))
}

/** What a killed worker left of an import, the plain original included. */
export async function removeLeft({ dataDir }: Pick<Tools, 'dataDir'>, importId: string): Promise<void> {
  const root = path.join(dataDir, 'imports')
  const left = (await readdir(root).catch(() => [])).filter((name) => name.startsWith(`${importId}-`))
  await Promise.all(left.map((name) => rm(path.join(root, name), { recursive: true, force: true })))
}

let lastTurn: Promise<unknown> = Promise.resolve()

const CANCELLED: BuildResult = { ok: false, refusal: { code: 'cancelled' } }

/** One file at a time for each worker: its readers together would not fit where one does. Who no longer wants to waits no more. */
export async function inTurn(signal: AbortSignal, work: () => Promise<BuildResult>): Promise<BuildResult> {
  let isBegun = false
  const turn = lastTurn.then(() => {
    isBegun = true
    return signal.aborted ? CANCELLED : work()
  })
  lastTurn = turn.catch(() => undefined)
  let giveUp: () => void = () => undefined
  const givenUp = new Promise<BuildResult>((resolve) => {
    giveUp = () => !isBegun && resolve(CANCELLED)
  })
  signal.addEventListener('abort', giveUp)
  return await Promise.race([turn, givenUp]).finally(() => signal.removeEventListener('abort', giveUp))
}

/** A full disk is told to the person; a later try would meet it too. */
function withoutRoom(failure: unknown): BuildResult {
  if (!isDiskFull(failure)) throw failure
  return { ok: false, refusal: { code: 'disk_full' } }
}

async function build(
  { dataDir, secret }: Tools,
  { row, chain, source, entityId }: Begun,
  folder: string,
  signal: AbortSignal,
  onProgress: (now: ImportProgress) => void,
): Promise<BuildResult> {
  let bytes = 0
  const onPiece = (more: number) => {
    bytes += more
    onProgress({ phase: 'opening', bytes, rows: 0 })
  }
  const unsealed = await unsealChain({ dataDir, secret, entityId }, chain, { folder, signal, onPiece }).catch(
    (failure) => {
      if (signal.aborted) return undefined
      throw failure
    },
  )
  if (!unsealed) return CANCELLED
  return await readApart({
    ...unsealed,
    mapping: row.mapping,
    secretKey: entityKey(secret, entityId),
    outDir: folder,
    notice: source.demoNote ?? undefined,
    signal,
    onProgress: (progress) => onProgress({ phase: phaseOf(progress), bytes, rows: progress.records }),
  })
}

/** Of a workbook, the texts come before the first record; after the last byte, what was read is put together. */
function phaseOf({ records, bytes, totalBytes }: Progress): ImportProgress['phase'] {
  if (bytes >= totalBytes) return 'closing'
  return records === 0 ? 'opening' : 'reading'
}

/** A worker that is shut down stops too, but that is no wish of anybody: the next one starts the import again. */
async function failureOf(
  { database }: Tools,
  { entityId, importId }: ImportInput,
  { refusal }: Extract<BuildResult, { ok: false }>,
): Promise<ApplicationFailure> {
  const { code, ...facts } = refusal
  if (code !== 'cancelled') return ApplicationFailure.nonRetryable(code, code, facts)
  const row = await withEntity(database, entityId, (trx) => findImport(trx, importId))
  const isWanted = Context.current().cancellationDetails?.cancelRequested || row?.cancelAskedAt
  return isWanted ? ApplicationFailure.nonRetryable(code, code) : ApplicationFailure.retryable('stopped', 'stopped')
}

/**
 * Gives snapshot, its profile and the sealed reject file their lasting places; all are named by their content, so again
 * is the same.
 */
async function keep({ dataDir, secret }: Tools, { entityId }: Begun, built: Built, signal: AbortSignal): Promise<void> {
  const dir = path.join(dataDir, 'snapshots')
  await mkdir(dir, { recursive: true })
  await placeSnapshot(dir, built)
  await keepProfileApart({ ref: { dir, hash: built.hash }, rejects: built.rejects?.path ?? null }, signal)
  if (built.rejects) await sealFile({ dataDir, secret, entityId, sha256: built.rejects.hash }, built.rejects.path)
}

async function settle(tools: Tools, input: ImportInput, { row, source }: Begun, built: Built): Promise<void> {
  const { entityId, importId } = input
  const { dataDir, secret } = tools
  await withEntity(tools.database, entityId, async (trx) => {
    // Nobody removes what was kept from here on; where an erasure did so since, it is read again.
    await holdFiles(trx, entityId)
    const rejects = built.rejects && { dataDir, secret, entityId, sha256: built.rejects.hash }
    if (rejects && !(await isSealed(rejects))) throw new Error('the reject file was removed while it had no row')
    // Somebody may have submitted the step meanwhile; its content names the snapshot it was submitted with.
    if (!(await holdStepOpen(trx, row.cycleId, '3'))) throw ApplicationFailure.nonRetryable('step closed', 'not_open')
    const settled = await settleImport(
      trx,
      { id: source.id, entityId },
      {
        importId,
        hash: built.hash,
        bytes: built.bytes,
        rows: built.counts.accepted,
        rejects: built.counts.rejected,
        rejectsByReason: built.counts.byReason,
        rejectsSha256: built.rejects?.hash ?? null,
        mapping: row.mapping,
        demoNote: source.demoNote,
      },
    )
    if (!settled) return await whyNotSettled(trx, importId)
    await recordEvent(trx, {
      entityId,
      type: 'import.done',
      objectId: importId,
      objectVersion: source.id,
      contentHash: built.hash,
      changes: [{ field: 'snapshot_hash', before: source.snapshotHash, after: built.hash }],
      cycleId: row.cycleId,
      stepCode: '3',
      origin: 'system',
      workflowId: `import:${importId}`,
    })
    await tellOfImport(trx, tools, entityId, row, { rows: built.counts.accepted, rejects: built.counts.rejected })
  })
}

/** Recorded by an earlier try, or cancelled at the last moment. */
async function whyNotSettled(trx: Trx, importId: string): Promise<void> {
  const row = await findImport(trx, importId)
  if (row?.status === 'running') throw ApplicationFailure.nonRetryable('cancelled', 'cancelled')
}
