import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { extractText, getDocumentProxy } from 'unpdf'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type IssueReport, issueOrTell, issueReport } from '../../activities/issue-report.ts'
import { withDocumentCode, withEntity, withoutEntity } from '../../db/client.ts'
import { findPublicDocument, listDocumentFiles } from '../../db/documents.ts'
import { filePath } from '../../db/files.ts'
import { findFigureGrounds } from '../../db/public-figures.ts'
import { isSamePast, type Past } from '../../db/published-tables.ts'
import { PRODUCT_TEMPLATE } from '../../db/report-templates.ts'
import { addTemplate } from '../../db/template-changes.ts'
import { DEFAULT_LOOK } from '../../domain/report-look.ts'
import {
  eventsOf,
  openSignedWorld,
  type Person,
  type SignedCycle,
  type SignedWorld,
  signedCycle,
  signStep,
} from '../support/signed-cycle.ts'

let world: SignedWorld
let cycle: SignedCycle
let stepVersionId: string

beforeAll(async () => {
  world = await openSignedWorld()
  cycle = await signedCycle(world)
  stepVersionId = await signStep(world, cycle, '6')
  await dressed()
}, 180_000)
afterAll(() => world?.close())

/** The report was submitted with one look; the entity prints with another since. */
async function dressed(): Promise<void> {
  const frozen = {
    look: { ...DEFAULT_LOOK, header: 'Como se envió', colour: '#7a1f1f' },
    shieldHash: null,
    template: null,
  }
  await withEntity(world.owner, world.entityId, async (trx) => {
    await trx
      .updateTable('step_version')
      .set({ look: JSON.stringify(frozen) })
      .where('id', '=', stepVersionId)
      .execute()
    const { personId, positionId } = world.people.profesional_ogac as Person
    const by = { entityId: world.entityId, personId, positionId }
    const look = { ...DEFAULT_LOOK, header: 'Como se imprime hoy' }
    await addTemplate(trx, by, { ...PRODUCT_TEMPLATE, look, name: 'De hoy' })
  })
}

const input = () => ({ entityId: world.entityId, cycleId: cycle.cycleId, stepVersionId })

const filesIn = (dataDir: string) => readdirSync(dataDir, { recursive: true }).map(String).sort()

async function leftOf({ cycleId, stepVersionId }: IssueReport) {
  return await withEntity(world.owner, world.entityId, async (trx) => ({
    documents: (await trx.selectFrom('document').select('id').where('cycle_id', '=', cycleId).execute()).map(
      ({ id }) => id,
    ),
    incidents: (await trx.selectFrom('incident').select('kind').where('object_id', '=', stepVersionId).execute()).map(
      ({ kind }) => kind,
    ),
    told: (
      await trx
        .selectFrom('mail')
        .innerJoin('person', 'person.id', 'mail.person_id')
        .select('person.display_name')
        .where('mail.link', 'like', `%/ejercicios/${cycleId}`)
        .execute()
    ).map((mail) => mail.display_name),
  }))
}

describe('the report of an approved step 6', () => {
  test('is issued once, however often and however concurrently it is asked for', async () => {
    const [first, second] = await Promise.all([issueReport(world.tools, input()), issueReport(world.tools, input())])
    const third = await issueReport(world.tools, input())
    expect(second).toEqual(first)
    expect(third).toEqual(first)
    const made = ['improvement.created', 'improvement.created', 'improvement.created']
    expect(await eventsOf(world, cycle.cycleId)).toEqual(['document.issued', ...made])
  })

  test('is stored whole under its own hash and carries figures, signatures and code', async () => {
    const { sha256, code } = await issueReport(world.tools, input())
    const bytes = readFileSync(filePath(world.dataDir, sha256))
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256)
    const { text } = await extractText(await getDocumentProxy(new Uint8Array(bytes)), { mergePages: true })
    const plain = text.replace(/\s+/g, ' ')
    expect(plain).toContain(code.match(/.{4}/g)?.join('-'))
    for (const name of ['Profesional OGAC', 'Profesional SIG', 'Jefatura OGAC']) expect(plain).toContain(name)
    expect(plain).toMatch(/Figura 1:.*Figura 2:/)
    expect(plain).not.toContain('no se calcula')
    expect(plain).toContain('Datos de demostración')
  })

  test('says what its results rest on, though nobody wrote it', async () => {
    const { sha256 } = await issueReport(world.tools, input())
    const bytes = readFileSync(filePath(world.dataDir, sha256))
    const { text } = await extractText(await getDocumentProxy(new Uint8Array(bytes)), { mergePages: true })
    const plain = text.replace(/-\n/g, '').replace(/\s+/g, ' ')
    expect(plain).toContain('Cobertura y representatividad. No hay cifras de personas atendidas')
    expect(plain).toMatch(/Un segmento se describe desde \d+ registros/)
  })

  test('fixes what the page of each prioritized variable shows of the exercise', async () => {
    const { id } = await issueReport(world.tools, input())
    const rows = await withoutEntity(world.owner, (trx) =>
      trx.selectFrom('figure_code').select(['place', 'source_name']).where('document_id', '=', id).execute(),
    )
    const followed = rows.filter(({ place }) => place.startsWith('serie:'))
    expect(followed.map(({ place }) => place)).toContain('serie:zona')
    expect(followed.map(({ place }) => place)).not.toContain('serie:estrato')
    expect(new Set(followed.map((row) => row.source_name))).toEqual(new Set(['PQRSD 2024']))
  })

  test('looks as it was submitted, whatever the entity prints with by now (G1)', async () => {
    const { id } = await issueReport(world.tools, input())
    const files = await withEntity(world.owner, world.entityId, (trx) => listDocumentFiles(trx, id))
    const html = files.find(({ format }) => format === 'html')
    const page = readFileSync(filePath(world.dataDir, html?.sha256 ?? ''), 'utf8')
    expect(page).toContain('--accent: #7a1f1f')
    expect(page).toContain('Como se envió')
    expect(page).not.toContain('Como se imprime hoy')
  })

  test('is not issued beside what became public while it was made, which a second try takes into account', async () => {
    const [one, other] = [await signedCycle(world), await signedCycle(world)]
    const past = (cycleId: string) => withEntity(world.worker, world.entityId, (trx) => findFigureGrounds(trx, cycleId))
    const isStill = (read: Past) => withEntity(world.worker, world.entityId, (trx) => isSamePast(trx, read))
    const read = await past(one.cycleId)
    expect(await isStill(read)).toBe(true)
    const issue = async ({ cycleId }: SignedCycle, version: string) =>
      await issueReport(world.tools, { entityId: world.entityId, cycleId, stepVersionId: version })
    const versions = [await signStep(world, one, '6'), await signStep(world, other, '6')]
    await issue(other, versions[1] ?? '')
    expect(await isStill(read)).toBe(false)
    await issue(one, versions[0] ?? '')
    expect(await isStill(await past(one.cycleId))).toBe(true)
  })

  test('ends in an incident when the time never suffices to judge it: told, nothing half done, and asked for again', async () => {
    const hurried = await signedCycle(world)
    const approved = {
      entityId: world.entityId,
      cycleId: hurried.cycleId,
      stepVersionId: await signStep(world, hurried, '6'),
    }
    const tools = { ...world.tools, judging: { protecting: 0, attacking: 0 } }
    const before = filesIn(world.dataDir)
    const tried = (attempt: number) => issueOrTell(tools, approved, () => attempt)
    for (const attempt of [1, 4]) await expect(tried(attempt)).rejects.toMatchObject({ code: 'release_unproven' })
    expect(await leftOf(approved)).toEqual({ documents: [], incidents: [], told: [] })
    expect([await tried(5), await tried(6)]).toEqual([null, null])
    expect(await leftOf(approved)).toEqual({
      documents: [],
      incidents: ['report_unproven'],
      told: ['Profesional OGAC'],
    })
    expect(await eventsOf(world, hurried.cycleId)).toEqual([])
    expect(filesIn(world.dataDir)).toEqual(before)

    const issued = await issueOrTell(world.tools, approved, () => 1)
    expect((await leftOf(approved)).documents).toEqual([issued?.id])
  })

  test('can be verified by anyone who has the code, and by nobody else', async () => {
    const { code, sha256 } = await issueReport(world.tools, input())
    const found = await withDocumentCode(world.open, code, (trx) => findPublicDocument(trx, code))
    expect(found).toMatchObject({ code, sha256, entity: 'Alcaldía Distrital de Santa Marta' })
    expect(found?.signers.map((signer) => signer.role)).toEqual(['author', 'reviewer', 'approver'])
    const receipt = found?.signers[0]?.receiptCode.replaceAll('-', '') ?? ''
    const bySigner = await withDocumentCode(world.open, receipt, (trx) => findPublicDocument(trx, receipt))
    expect(bySigner).toMatchObject({ code, receipt: { role: 'author' } })
    const guessed = await withDocumentCode(world.open, 'ABCDEFGHJKMN', (trx) => findPublicDocument(trx, code))
    expect(guessed).toBeUndefined()
    const all = await withoutEntity(world.open, (trx) => trx.selectFrom('document').select('id').execute())
    expect(all).toEqual([])
  })
})
