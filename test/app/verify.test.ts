import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { AppLoadContext } from '@remix-run/node'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { disseminate } from '../../activities/disseminate.ts'
import { action, loader } from '../../app/routes/public/verify.tsx'
import { type Trx, withActor, withDocumentCode, withEntity, withoutEntity } from '../../db/client.ts'
import { appNow } from '../../db/clock.ts'
import type { IssuedDocument } from '../../db/documents.ts'
import { filePath } from '../../db/files.ts'
import { newId } from '../../db/ids.ts'
import { requireProcedureVersion } from '../../db/procedures.ts'
import { findSummary } from '../../db/summaries.ts'
import { recordAnswer, recordReading } from '../../db/summary-acts.ts'
import { findSummaryActs } from '../../db/summary-pages.ts'
import { codeFrom, parseCode, spacedCode } from '../../domain/verification-codes.ts'
import { reportOf } from '../support/open-data.ts'
import { openSignedWorld, type Person, type SignedWorld, signedCycle, signStep } from '../support/signed-cycle.ts'

let world: SignedWorld
let context: AppLoadContext
let issued: IssuedDocument
let signedVersion: string
let signedCycleId: string
let pdf: Buffer<ArrayBuffer>
beforeAll(async () => {
  world = await openSignedWorld()
  context = { publicDb: world.open, config: {}, requestId: 'prueba' } as unknown as AppLoadContext
  const cycle = await signedCycle(world)
  const report = await reportOf(world, cycle)
  signedVersion = report.stepVersionId
  signedCycleId = cycle.cycleId
  issued = report
  pdf = Buffer.from(readFileSync(filePath(world.dataDir, issued.sha256)))
}, 180_000)
afterAll(() => world?.close())

const read = (codigo: string) => loader({ request: new Request(address()), params: { codigo }, context })

async function documentOf(codigo: string) {
  const { document } = await read(codigo)
  if (!document) throw new Error('no document')
  return { document }
}

/** Codes on the receipts of whoever signed this version, as their receipts print them. */
async function receiptsOf(stepVersionId: string): Promise<string[]> {
  const rows = await withoutEntity(world.owner, (trx) =>
    trx
      .selectFrom('signature')
      .select('receipt_code')
      .where('step_version_id', '=', stepVersionId)
      .orderBy('signed_at')
      .execute(),
  )
  return rows.map((row) => row.receipt_code)
}

const address = () => `http://localhost:3000/verificar/${issued.code}`

async function compare(field: 'archivo' | 'huella', value: Uint8Array<ArrayBuffer> | string) {
  const body = new FormData()
  body.set(field, typeof value === 'string' ? value : new File([value], 'informe.pdf', { type: 'application/pdf' }))
  const request = new Request(address(), { method: 'POST', body })
  const answer = await action({ request, params: { codigo: issued.code }, context })
  return 'result' in answer.data ? answer.data.result : answer.data.errors
}

test('the code says who signed, when, and which content', async () => {
  const { document } = await documentOf(issued.code)
  const { signers, contentHash, sha256, receipt } = document
  expect(signers.map(({ role, name }) => [role, name])).toEqual([
    ['author', 'Profesional OGAC'],
    ['reviewer', 'Profesional SIG'],
    ['approver', 'Jefatura OGAC'],
  ])
  for (const { signedAt } of signers) expect(Date.parse(signedAt)).not.toBeNaN()
  expect([contentHash.length, sha256, receipt]).toEqual([64, issued.sha256, null])
})

test('the code of a receipt printed on it says whose signature it is, over which content, and what was declared', async () => {
  const [, , approval = ''] = await receiptsOf(signedVersion)
  const { document } = await documentOf(parseCode(approval) ?? '')
  expect(document).toMatchObject({ code: issued.code, contentHash: expect.stringMatching(/^[0-9a-f]{64}$/) })
  expect(document.receipt).toEqual({
    ...{ role: 'approver', name: 'Jefatura OGAC', position: 'Jefatura OGAC', tenureKind: 'titular', actingFor: null },
    ...{ receiptCode: approval, signedAt: expect.any(String), statement: expect.any(String) },
    method: expect.any(String),
  })
})

test('the receipt of a dependencia says what it confirmed, when and by which position, and names nobody', async () => {
  const { entityId, people } = world
  await disseminate(world.tools, { entityId, cycleId: signedCycleId, now: appNow().toISOString() })
  const { personId, positionId } = people.jefatura_ogac as Person
  const head = { entityId, personId, positionId, personName: 'Nombre Propio', positionName: 'Jefatura OGAC' }
  const acting = { ...head, tenureKind: 'titular', requestId: null }
  const codes = await withActor(world.web, acting, async (trx) => {
    const { agency_id: agencyId } = await trx
      .selectFrom('position')
      .select('agency_id')
      .where('id', '=', positionId)
      .executeTakeFirstOrThrow()
    const summary = await findSummary(trx, { cycleId: signedCycleId, agencyId })
    if (!summary) throw new Error('no summary')
    await recordReading(trx, acting, summary)
    const { procedure } = await requireProcedureVersion(trx, summary.procedureVersionId)
    const answer = { summaryId: summary.id, changes: false as const, reason: 'La agenda ya cubre la demanda.' }
    await recordAnswer(trx, acting, { summary, procedure, answer })
    const { reading, answer: answered } = await findSummaryActs(trx, summary.id)
    return [reading?.receiptCode ?? '', answered?.receiptCode ?? '']
  })
  const shown = await Promise.all(codes.map((code) => read(parseCode(code) ?? '')))
  const agency = 'Oficina de Gestión para la Atención al Ciudadano'
  expect(shown).toMatchObject([
    { document: null, receipt: { kind: 'reading', receiptCode: codes[0], agency, position: 'Jefatura OGAC' } },
    { document: null, receipt: { kind: 'answer', receiptCode: codes[1], agency, vigencia: 2026 } },
  ])
  expect(JSON.stringify(shown)).not.toContain('Nombre Propio')
  // Without a code there is nothing to see, and with one no more than it says.
  const seen = (code?: string) => {
    const count = (trx: Trx) => trx.selectFrom('agency').select('name').execute()
    return code ? withDocumentCode(world.open, code, count) : withoutEntity(world.open, count)
  }
  expect(await seen()).toEqual([])
  expect(await seen(parseCode(codes[0] ?? '') ?? '')).toEqual([{ name: agency }])
})

test('the receipts of a step nothing was issued for are as unknown as any other code', async () => {
  const cycle = await signedCycle(world)
  for (const code of await receiptsOf(await signStep(world, cycle, '6')))
    await expect(read(parseCode(code) ?? '')).rejects.toMatchObject({ status: 404 })
})

test('the receipt of an access says what was signed, when and by which position, and names nobody', async () => {
  const { entityId, people } = world
  const { personId: asker, positionId } = people.dependencia as Person
  const { personId: grantee } = people.atencion as Person
  const [grant, receipt] = [newId(), 'ACCE-SSRE-CE22']
  await withEntity(world.owner, entityId, async (trx) => {
    await sql`insert into access_grant (id, entity_id, year, n, code, vigencia, agency_id, point_id, grantee_id, form,
        radicado, radicado_on, reason, starts_on, ends_on, content_hash, asked_by, asked_position)
      select ${grant}, ${entityId}, 2026, 900, 'AD-2026-0900', 2026, agency_id, id, ${grantee}, 'F004', '1', '2026-01-05',
        'Motivo propio', '2026-01-05', '2026-12-31', repeat('c', 64), ${asker}, ${positionId}
      from service_point where name = 'Ventanilla de la Secretaría de Salud'`.execute(trx)
    await sql`insert into act (id, entity_id, grant_id, kind, object_type, object_id, person_id, position_id, duty, body_hash, receipt_code)
      values (${grant}, ${entityId}, ${grant}, 'ask', 'access_grant', ${grant}, ${asker}, ${positionId}, 'dependencia', 'x', ${receipt})`.execute(
      trx,
    )
    await sql`insert into access_signature (id, entity_id, grant_id, kind, person_id, position_id, person_name, position_name,
        tenure_kind, duty, statement, method, content_hash, receipt_code)
      values (${grant}, ${entityId}, ${grant}, 'ask', ${asker}, ${positionId}, 'Nombre Propio', 'Secretaría de Salud', 'titular',
        'dependencia', 'x', 'Su medio', repeat('c', 64), ${receipt})`.execute(trx)
  })
  const shown = await read(parseCode(receipt) ?? '')
  expect(shown).toMatchObject({
    ...{ document: null, receipt: null },
    access: {
      ...{ kind: 'ask', receiptCode: receipt, agency: 'Secretaría de Salud', access: 'AD-2026-0900', vigencia: 2026 },
      ...{ position: 'Secretaría de Salud', at: expect.any(Date), method: 'Su medio', contentHash: 'c'.repeat(64) },
    },
  })
  expect(JSON.stringify(shown)).not.toMatch(/Nombre Propio|Motivo propio/)
  const seen = (trx: Trx) => trx.selectFrom('access_grant').select('code').execute()
  expect(await withoutEntity(world.open, seen)).toEqual([])
})

test('a code is read as people type it, and answered at one address', async () => {
  expect(parseCode('abcd-efgh 2345')).toBe('ABCDEFGH2345')
  expect(parseCode('ABCD-EFGH-1OI2')).toBeNull()
  expect(spacedCode(codeFrom(new Uint8Array(32)))).toBe('2222-2222-2222')
  const [receipt = ''] = await receiptsOf(signedVersion)
  for (const code of [issued.code, receipt]) {
    const typed = code.toLowerCase()
    const elsewhere = await read(typed).catch((answer: Response) => answer.headers.get('Location'))
    expect(elsewhere).toBe(`/verificar/${parseCode(code)}`)
  }
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
  await expect(read('ABCDEFGHJKMN')).rejects.toMatchObject({ status: 404 })
})
