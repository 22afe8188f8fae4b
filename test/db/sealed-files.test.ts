import { randomUUID } from 'node:crypto'
import { mkdtemp, readdir, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../../db/ids.ts'
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

type Wrong = [line: number, column: string, reason: RejectReason]

/** A sealed reject file of the entity of `owner`, named by two digits. */
async function sealedRejects(owner: { dataDir: string; secret: string; entityId: string }, name: string, all: Wrong[]) {
  const [path, sha256] = [join(dataDir, `${newId()}.csv`), name.repeat(32)]
  const file = new RejectFile(path)
  for (const [line, column, reason] of all) file.add({ line, column, reason, value: 'un; "dato"', isMasked: false })
  await file.close()
  await sealFile({ ...owner, sha256 }, path)
  return { rejectsSha256: sha256 }
}

test('rejected records are told line by line, without what their cells say, and as corrected once a later file brought them', async () => {
  const owner = { dataDir, secret: 'secreto', entityId: randomUUID() }
  const first = await sealedRejects(owner, '11', [
    [7, 'edad', 'not_an_integer'],
    [3, 'edad', 'not_an_integer'],
    [3, 'fecha', 'not_a_date'],
    [9, '', 'broken_quotes'],
  ])
  const second = await sealedRejects(owner, '22', [[9, '', 'broken_quotes']])
  const rows = [
    { line: 3, columns: ['edad', 'fecha'], reasons: ['not_an_integer', 'not_a_date'] },
    { line: 7, columns: ['edad'], reasons: ['not_an_integer'] },
    { line: 9, columns: [], reasons: ['broken_quotes'] },
  ]
  const told = (corrected: number[], shown = rows) => ({
    rows: shown.map((row) => ({ ...row, isCorrected: corrected.includes(row.line) })),
    isCut: shown.length < rows.length,
  })
  expect(await listRejectedRows(owner, first, undefined)).toEqual(told([]))
  expect(await listRejectedRows(owner, first, second)).toEqual(told([3, 7]))
  expect(await listRejectedRows(owner, first, { rejectsSha256: null })).toEqual(told([3, 7, 9]))
  expect(await listRejectedRows(owner, first, undefined, 1)).toEqual(told([], rows.slice(0, 1)))
  expect(await listRejectedRows(owner, first, second, 3)).toEqual(told([3, 7], rows.slice(0, 2)))
  expect(await listRejectedRows(owner, first, undefined, 4)).toEqual(told([]))
})

test('of very many rejected records the first are read, and the file no further than they reach', async () => {
  const owner = { dataDir, secret: 'secreto', entityId: randomUUID() }
  const many = Array.from({ length: 60_000 }, (_, i): Wrong => [i + 2, i % 2 ? 'edad' : 'año', 'not_an_integer'])
  const first = await sealedRejects(owner, '33', many)
  const second = await sealedRejects(owner, '44', many.slice(1))
  for (const { rejectsSha256 } of [first, second]) {
    // A file altered at its end fails whoever reads that far.
    const path = join(dataDir, 'files', 'originals', owner.entityId, `${rejectsSha256}.sealed`)
    const { size } = await stat(path)
    await truncate(path, size - 1)
    const whole = async () => {
      for await (const _ of readSealed({ ...owner, sha256: rejectsSha256 }));
    }
    await expect(whole()).rejects.toThrow()
  }
  const { rows, isCut } = await listRejectedRows(owner, first, second)
  expect([rows.length, isCut, rows.filter(({ isCorrected }) => isCorrected).map(({ line }) => line)]).toEqual([
    20_000,
    true,
    [2],
  ])
  expect(rows.at(-1)).toEqual({ line: 20_001, columns: ['edad'], reasons: ['not_an_integer'], isCorrected: false })
})
