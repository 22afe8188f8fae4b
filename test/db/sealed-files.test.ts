import { randomUUID } from 'node:crypto'
import { mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { RejectFile } from '../../db/ingest/rejects.ts'
import { listRejectedRows } from '../../db/rejected-rows.ts'
import { isSealed, readSealed, sealFile, unsealFile } from '../../db/sealed-files.ts'
import type { RejectReason } from '../../domain/sources.ts'

let dataDir: string
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'caracteriza-sealed-'))
})
afterAll(() => rm(dataDir, { recursive: true, force: true }))

test('a sealed file gives back what was sealed, and nothing half sealed stays', async () => {
  const plain = join(dataDir, 'original.csv')
  await writeFile(plain, 'a;b\n1;2\n')
  const ref = { dataDir, secret: 'secreto', entityId: randomUUID(), sha256: 'ab'.repeat(32) }
  await sealFile(ref, plain)
  const folder = join(dataDir, 'files', 'originals', ref.entityId)
  await writeFile(join(folder, `muerto.part`), 'x')
  await utimes(join(folder, 'muerto.part'), 0, 0)
  await expect(sealFile({ ...ref, sha256: 'cd'.repeat(32) }, join(dataDir, 'no-existe.csv'))).rejects.toThrow('ENOENT')
  expect(await readdir(folder)).toEqual([`${ref.sha256}.sealed`])
  const chunks: Buffer[] = []
  for await (const chunk of readSealed(ref)) chunks.push(chunk)
  expect(Buffer.concat(chunks).toString()).toBe('a;b\n1;2\n')
})

test('opening a sealed file ends when nobody wants it any more', async () => {
  const [plain, target] = [join(dataDir, 'grande.csv'), join(dataDir, 'abierto.csv')]
  await writeFile(plain, Buffer.alloc(3 << 20, 'x'))
  const ref = { dataDir, secret: 'secreto', entityId: randomUUID(), sha256: 'ef'.repeat(32) }
  await sealFile(ref, plain)
  const unwanted = AbortSignal.abort(new Error('cancelled'))
  await expect(unsealFile(ref, target, unwanted)).rejects.toThrow('cancelled')
  expect((await stat(target)).size).toBe(0)
  const pieces: number[] = []
  await unsealFile(ref, `${target}.otra`, undefined, (bytes) => pieces.push(bytes))
  expect(pieces).toEqual([1 << 20, 1 << 20, 1 << 20])
  expect([await isSealed(ref), await isSealed({ ...ref, sha256: '00'.repeat(32) })]).toEqual([true, false])
})

test('rejected records are told line by line, without what their cells say, and as corrected once a later file brought them', async () => {
  const owner = { dataDir, secret: 'secreto', entityId: randomUUID() }
  const sealed = async (sha256: string, rejects: [line: number, column: string, reason: RejectReason][]) => {
    const path = join(dataDir, `${sha256.slice(0, 2)}.csv`)
    const file = new RejectFile(path)
    for (const [line, column, reason] of rejects) file.add({ line, column, reason, value: 'un dato', isMasked: false })
    await file.close()
    await sealFile({ ...owner, sha256 }, path)
    return { rejectsSha256: sha256 }
  }
  const first = await sealed('11'.repeat(32), [
    [7, 'edad', 'not_an_integer'],
    [3, 'edad', 'not_an_integer'],
    [3, 'fecha', 'not_a_date'],
    [9, '', 'broken_quotes'],
  ])
  const second = await sealed('22'.repeat(32), [[9, '', 'broken_quotes']])
  const rows = [
    { line: 3, columns: ['edad', 'fecha'], reasons: ['not_an_integer', 'not_a_date'] },
    { line: 7, columns: ['edad'], reasons: ['not_an_integer'] },
    { line: 9, columns: [], reasons: ['broken_quotes'] },
  ]
  const told = (corrected: number[]) => rows.map((row) => ({ ...row, isCorrected: corrected.includes(row.line) }))
  expect(await listRejectedRows(owner, first, undefined)).toEqual(told([]))
  expect(await listRejectedRows(owner, first, second)).toEqual(told([3, 7]))
  expect(await listRejectedRows(owner, first, { rejectsSha256: null })).toEqual(told([3, 7, 9]))
  expect(await readdir(join(dataDir, 'imports'))).toEqual([])
})
