import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { AppLoadContext } from '@remix-run/node'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { issueReport } from '../../activities/issue-report.ts'
import { action, loader } from '../../app/routes/public/verify.tsx'
import type { IssuedDocument } from '../../db/documents.ts'
import { filePath } from '../../db/files.ts'
import { openSignedWorld, type SignedWorld, signedCycle, signStep } from '../support/signed-cycle.ts'

let world: SignedWorld
let context: AppLoadContext
let issued: IssuedDocument
let pdf: Buffer<ArrayBuffer>
beforeAll(async () => {
  world = await openSignedWorld()
  context = { publicDb: world.open, config: {}, requestId: 'prueba' } as unknown as AppLoadContext
  const cycle = await signedCycle(world)
  const stepVersionId = await signStep(world, cycle, '6')
  issued = await issueReport(world.tools, { entityId: world.entityId, cycleId: cycle.cycleId, stepVersionId })
  pdf = Buffer.from(readFileSync(filePath(world.dataDir, issued.sha256)))
}, 180_000)
afterAll(() => world?.close())

const address = () => `http://localhost:3000/verificar/${issued.code}`

async function compare(field: 'archivo' | 'huella', value: Uint8Array<ArrayBuffer> | string) {
  const body = new FormData()
  body.set(field, typeof value === 'string' ? value : new File([value], 'informe.pdf', { type: 'application/pdf' }))
  const request = new Request(address(), { method: 'POST', body })
  const answer = await action({ request, params: { codigo: issued.code }, context })
  return 'result' in answer.data ? answer.data.result : answer.data.errors
}

test('the code says who signed, when, and which content', async () => {
  const answer = await loader({ request: new Request(address()), params: { codigo: issued.code }, context })
  const { signers, contentHash, sha256 } = answer.document
  expect(signers.map(({ role, name }) => [role, name])).toEqual([
    ['author', 'Profesional OGAC'],
    ['reviewer', 'Profesional SIG'],
    ['approver', 'Jefatura OGAC'],
  ])
  for (const { signedAt } of signers) expect(Date.parse(signedAt)).not.toBeNaN()
  expect([contentHash.length, sha256]).toEqual([64, issued.sha256])
})

test('the issued file is the signed one, and one with a single changed byte is not', async () => {
  const changed = Buffer.from(pdf)
  changed[changed.length >> 1] = (changed[changed.length >> 1] ?? 0) ^ 1
  expect(await compare('archivo', pdf)).toEqual({ hash: issued.sha256, same: true })
  expect(await compare('archivo', changed)).toMatchObject({ same: false })
  expect(await compare('huella', ` ${issued.sha256.toUpperCase()} `)).toMatchObject({ same: true })
  expect(await compare('huella', createHash('sha256').update(changed).digest('hex'))).toMatchObject({ same: false })
})

test('what is no file and no hash is said beside its field', async () => {
  expect(await compare('huella', '')).toMatchObject([{ field: 'archivo' }])
  expect(await compare('huella', 'abc')).toMatchObject([{ field: 'huella' }])
})

test('a code nobody issued is not found', async () => {
  const params = { codigo: 'ABCDEFGHJKMN' }
  await expect(loader({ request: new Request(address()), params, context })).rejects.toMatchObject({ status: 404 })
})
