import { randomBytes } from 'node:crypto'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { recordEvent } from '../db/audit.ts'
import { capturedPseudonym } from '../db/captured-table.ts'
import { withEntity } from '../db/client.ts'
import { isFileNamed } from '../db/content-names.ts'
import { entityKey } from '../db/entity-key.ts'
import { type Erasure, findErasure, markSpread, noteLeftovers } from '../db/erasures.ts'
import { faultPoint } from '../db/fault-points.ts'
import { readApart } from '../db/read-apart.ts'
import { sealFile } from '../db/sealed-files.ts'
import {
  changeFile,
  findRewrite,
  holdAsRead,
  holdFiles,
  type KeptFile,
  listCapturedFiles,
  listReadings,
  listRewritten,
  type ReadFile,
  recordRewrite,
  refuseWhileUnderWay,
} from '../db/snapshot-rewrites.ts'
import { leadTo, placeSnapshot } from '../db/snapshots.ts'
import { removeUnnamed } from '../db/unnamed-files.ts'
import { unsealChain } from '../db/unsealed-chain.ts'
import { type ErasureInput, erasureWorkflowId } from '../workflows/messages.ts'
import { listGone } from './gone-list.ts'
import { freshFolder, inTurn, removeLeft } from './import-source.ts'
import { replacePseudonym } from './replace-pseudonym.ts'
import type { Tools } from './tools.ts'
import { withProgress } from './with-progress.ts'

/**
 * Takes who an erased citizen was out of every file their records came into the exercises as, and out of the snapshots made
 * of those (Ley 1581 de 2012, arts. 6 lit. e and 8; decision 0039). The line stays and counts for nobody: another pseudonym,
 * made by chance and kept nowhere, stands where theirs did, so every figure counts as before. Killed at any point it starts
 * again, or goes on from its commit; done twice it finds nothing.
 */
export async function spreadErasure(tools: Tools, input: ErasureInput): Promise<void> {
  const { entityId, erasureId } = input
  const erasure = await withEntity(tools.database, entityId, (trx) => findErasure(trx, erasureId))
  if (!erasure || erasure.isSpread) return
  const { citizenId, erasedAt } = erasure
  await listGone(tools.dataDir, { entityId, citizenId, erasedAt: erasedAt.toISOString() })
  await followRows(tools, erasure)
  await removeLeft(tools, erasureId)
  const folder = await freshFolder(tools, erasureId)
  try {
    await withProgress(
      0,
      async () => false,
      (signal) => rewrite(tools, erasure, folder, signal),
    )
    await followRows(tools, erasure)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
  await withEntity(tools.database, entityId, (trx) => markSpread(trx, erasureId))
}

/**
 * The files follow the rows, never the other way round: names lead to the files the rows say, and then what no row names
 * any more, or not yet where a try was cut off, is removed.
 */
async function followRows({ database, dataDir, secret }: Tools, { entityId, id }: Erasure): Promise<void> {
  const dir = snapshotsIn(dataDir)
  await withEntity(database, entityId, async (trx) => {
    await holdFiles(trx, entityId)
    for (const { snapshotHash: hash, fileHash } of await listRewritten(trx, id)) {
      await leadTo({ dir, hash }, fileHash)
      faultPoint('worker:erasure-led')
    }
    for (const sha256 of (await findErasure(trx, id))?.leftovers ?? [])
      for (const store of ['originals', 'snapshots'] as const) {
        const file = { store, sha256 }
        const isNamed = () => isFileNamed(trx, entityId, file)
        // What was made by a try that was cut off is young; whoever names a file anew holds it (db/received-files.ts).
        const removal = await removeUnnamed({ dataDir, secret, entityId }, file, { isNamed, restMs: 0 })
        if (removal === 'fresh') throw new Error('a file was stored anew while it was removed')
      }
  })
}

const snapshotsIn = (dataDir: string) => path.join(dataDir, 'snapshots')

/** Makes the new files beside the old ones, and then has every row name them at once. */
async function rewrite(tools: Tools, erasure: Erasure, folder: string, signal: AbortSignal): Promise<void> {
  const { database } = tools
  const { entityId } = erasure
  const files = await withEntity(database, entityId, async (trx) => {
    await refuseWhileUnderWay(trx, entityId)
    return await listCapturedFiles(trx, entityId)
  })
  const replaced = await replaceFiles(tools, erasure, { files, folder, signal })
  if (replaced.size === 0) return
  faultPoint('worker:erasure-sealed')
  const readings = await withEntity(database, entityId, (trx) => listReadings(trx, entityId, [...replaced.keys()]))
  const made = new Map<string, string>()
  for (const reading of readings)
    made.set(reading.snapshotHash, await readAgain(tools, erasure, { reading, replaced, signal }))
  faultPoint('worker:erasure-placed')
  await changeRows(tools, erasure, replaced, made)
  faultPoint('worker:erasure-committed')
}

/** Files by the SHA-256 they had, with what stands for each from now on. */
type Replaced = ReadonlyMap<string, KeptFile>

/** `made` are snapshots, each with the SHA-256 of what stands for it from now on. */
async function changeRows(
  { database }: Tools,
  { entityId, id: erasureId }: Erasure,
  replaced: Replaced,
  made: ReadonlyMap<string, string>,
): Promise<void> {
  await withEntity(database, entityId, async (trx) => {
    const read = { files: [...replaced.keys()], snapshots: [...made.keys()] }
    // Begun again from the files as they are now, also where another erasure came first.
    if (!(await holdAsRead(trx, entityId, read))) throw new Error('the files changed while they were read')
    for (const [from, to] of replaced) await changeFile(trx, entityId, from, to)
    const leftovers = read.files
    for (const [snapshotHash, fileHash] of made) {
      const before = await findRewrite(trx, snapshotHash)
      if (before) leftovers.push(before.fileHash)
      await recordRewrite(trx, { entityId, erasureId, snapshotHash, fileHash })
      await recordEvent(trx, {
        ...{ entityId, type: 'citizen.unlinked', objectId: erasureId, contentHash: fileHash },
        changes: [{ field: 'snapshot_hash', before: snapshotHash, after: fileHash }],
        ...{ origin: 'system', workflowId: erasureWorkflowId(erasureId) },
      })
    }
    await noteLeftovers(trx, erasureId, leftovers)
    // Its row was held by an import that began meanwhile with the file as it was.
    await refuseWhileUnderWay(trx, entityId)
  })
}

interface Kept {
  files: string[]
  folder: string
  signal: AbortSignal
}

/** Seals each file anew where the citizen's pseudonym stood in it. */
async function replaceFiles(tools: Tools, erasure: Erasure, { files, folder, signal }: Kept): Promise<Replaced> {
  const { dataDir, secret } = tools
  const { entityId, citizenId } = erasure
  const from = capturedPseudonym({ secret, entityId }, citizenId)
  const names = { from, to: randomBytes(from.length / 2).toString('hex') }
  const replaced = new Map<string, KeptFile>()
  for (const sha256 of files) {
    const owner = { dataDir, secret, entityId }
    const made = await replacePseudonym({ ...owner, sha256 }, names, { folder, signal })
    if (!made) continue
    await note(tools, erasure, made.sha256)
    await sealFile({ ...owner, sha256: made.sha256 }, made.path)
    replaced.set(sha256, { sha256: made.sha256, bytes: made.bytes })
  }
  return replaced
}

/** Before it is made: whatever becomes of this try, it is found again. */
async function note({ database }: Tools, { entityId, id }: Erasure, sha256: string): Promise<void> {
  await withEntity(database, entityId, (trx) => noteLeftovers(trx, id, [sha256]))
}

interface Again {
  reading: ReadFile
  replaced: Replaced
  signal: AbortSignal
}

/** Reads a file without the citizen as it was read with them, into a snapshot beside the one that was. Answers its hash. */
async function readAgain(tools: Tools, erasure: Erasure, { reading, replaced, signal }: Again): Promise<string> {
  const { dataDir, secret } = tools
  const { entityId, id } = erasure
  const now = (sha256: string) => replaced.get(sha256)?.sha256 ?? sha256
  const chain = reading.chain.map((row) => ({
    ...{ ...row, fileSha256: now(row.fileSha256), bytes: replaced.get(row.fileSha256)?.bytes ?? row.bytes },
    rejectsSha256: row.rejectsSha256 && now(row.rejectsSha256),
  }))
  const folder = await freshFolder(tools, id)
  try {
    const unsealed = await unsealChain({ dataDir, secret, entityId }, chain, { folder, signal })
    const options = { mapping: chain.at(-1)?.mapping ?? [], secretKey: entityKey(secret, entityId), outDir: folder }
    const notice = reading.demoNote ?? undefined
    const built = await inTurn(signal, () => readApart({ ...unsealed, ...options, notice, signal }))
    if (!built.ok)
      throw new Error(`the snapshot ${reading.snapshotHash} could not be read again: ${built.refusal.code}`)
    await note(tools, erasure, built.hash)
    await placeSnapshot(snapshotsIn(dataDir), built)
    return built.hash
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
