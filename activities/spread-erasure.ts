import { createHash, randomBytes } from 'node:crypto'
import { open, rm } from 'node:fs/promises'
import path from 'node:path'
import { recordEvent } from '../db/audit.ts'
import { capturedPseudonym } from '../db/captured-table.ts'
import { withEntity } from '../db/client.ts'
import { entityKey } from '../db/entity-key.ts'
import { type Erasure, findErasure, markSpread, noteLeftovers } from '../db/erasures.ts'
import { faultPoint } from '../db/fault-points.ts'
import { readApart } from '../db/read-apart.ts'
import { readSealed, removeSealed, sealFile } from '../db/sealed-files.ts'
import {
  changeFile,
  findRewrite,
  holdAsRead,
  holdFiles,
  isNamed,
  listCapturedFiles,
  listReadings,
  listRewritten,
  type ReadFile,
  recordRewrite,
  refuseWhileUnderWay,
} from '../db/snapshot-rewrites.ts'
import { leadTo, placeSnapshot, removeSnapshot } from '../db/snapshots.ts'
import { unsealChain } from '../db/unsealed-chain.ts'
import { type ErasureInput, erasureWorkflowId } from '../workflows/messages.ts'
import { listErasure } from './erasure-list.ts'
import { freshFolder, inTurn, removeLeft } from './import-source.ts'
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
  await listErasure(tools.dataDir, erasure)
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
    for (const sha256 of (await findErasure(trx, id))?.leftovers ?? []) {
      if (await isNamed(trx, entityId, sha256)) continue
      await removeSealed({ dataDir, secret, entityId, sha256 })
      await removeSnapshot({ dir, hash: sha256 })
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

type Changed = ReadonlyMap<string, string>

/** `replaced` are files and `made` snapshots, each with the SHA-256 of what stands for it from now on. */
async function changeRows(
  { database }: Tools,
  { entityId, id: erasureId }: Erasure,
  replaced: Changed,
  made: Changed,
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

/** Seals each file anew where the citizen's pseudonym stood in it; answers old and new SHA-256. */
async function replaceFiles(
  tools: Tools,
  erasure: Erasure,
  { files, folder, signal }: Kept,
): Promise<Map<string, string>> {
  const { dataDir, secret } = tools
  const { entityId, citizenId } = erasure
  const from = Buffer.from(capturedPseudonym({ secret, entityId }, citizenId))
  const to = Buffer.from(randomBytes(from.length / 2).toString('hex'))
  const replaced = new Map<string, string>()
  for (const sha256 of files) {
    const owner = { dataDir, secret, entityId }
    const plain = path.join(folder, 'sin-identidad')
    const written = await writeReplaced(readSealed({ ...owner, sha256 }), plain, { from, to, signal })
    if (written) {
      await note(tools, erasure, written)
      await sealFile({ ...owner, sha256: written }, plain)
      replaced.set(sha256, written)
    }
    await rm(plain, { force: true })
  }
  return replaced
}

/** Before it is made: whatever becomes of this try, it is found again. */
async function note({ database }: Tools, { entityId, id }: Erasure, sha256: string): Promise<void> {
  await withEntity(database, entityId, (trx) => noteLeftovers(trx, id, [sha256]))
}

/** Writes the pieces with every `from` as the equally long `to`; answers the SHA-256 of it, or null where there was none. */
async function writeReplaced(
  pieces: AsyncIterable<Buffer>,
  target: string,
  { from, to, signal }: { from: Buffer; to: Buffer; signal: AbortSignal },
): Promise<string | null> {
  const [hash, file] = [createHash('sha256'), await open(target, 'wx', 0o600)]
  let [held, isFound] = [Buffer.alloc(0), false]
  const write = async (bytes: Buffer) => {
    hash.update(bytes)
    await file.write(bytes)
  }
  try {
    for await (const piece of pieces) {
      signal.throwIfAborted()
      const text = Buffer.concat([held, piece])
      for (let at = text.indexOf(from); at >= 0; at = text.indexOf(from, at + from.length)) {
        to.copy(text, at)
        isFound = true
      }
      // The last bytes may be the beginning of another one.
      const whole = Math.max(0, text.length - from.length + 1)
      await write(text.subarray(0, whole))
      held = text.subarray(whole)
    }
    await write(held)
    return isFound ? hash.digest('hex') : null
  } finally {
    await file.close()
  }
}

interface Again {
  reading: ReadFile
  replaced: Changed
  signal: AbortSignal
}

/** Reads a file without the citizen as it was read with them, into a snapshot beside the one that was. Answers its hash. */
async function readAgain(tools: Tools, erasure: Erasure, { reading, replaced, signal }: Again): Promise<string> {
  const { dataDir, secret } = tools
  const { entityId, id } = erasure
  const now = (sha256: string) => replaced.get(sha256) ?? sha256
  const chain = reading.chain.map((row) => ({
    ...{ ...row, fileSha256: now(row.fileSha256) },
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
