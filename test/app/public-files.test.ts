import { createHash, randomBytes } from 'node:crypto'
import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { AppLoadContext } from '@remix-run/node'
import { parse } from 'csv-parse/sync'
import { unzipSync } from 'fflate'
import { Parser } from 'n3'
import { extractText, getDocumentProxy } from 'unpdf'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type IssueReport, issueOrTell, issueReport } from '../../activities/issue-report.ts'
import { publishRelease } from '../../activities/publish-release.ts'
import { decideStep } from '../../app/commands/decide-step.server.ts'
import { prepareFiles } from '../../app/commands/prepare-release.server.ts'
import { submitStep } from '../../app/commands/submit-step.server.ts'
import { loader as catalogue } from '../../app/routes/public/catalogue.ts'
import { loader as datasetPage } from '../../app/routes/public/dataset.tsx'
import { loader as dictionary } from '../../app/routes/public/dictionary.tsx'
import { loader as news } from '../../app/routes/public/news.ts'
import { loader as openData } from '../../app/routes/public/open-data.tsx'
import { loader as releaseFile } from '../../app/routes/public/release-file.ts'
import { loader as cyclePage } from '../../app/routes/work/cycle.tsx'
import { loader as reviewPage } from '../../app/routes/work/step-answers.tsx'
import { requireActor } from '../../app/session.server.ts'
import { refusalSentence } from '../../app/text/refusals.ts'
import { completeAnswers } from '../../catalog/demo/answers.ts'
import { formDefinition } from '../../catalog/forms/index.ts'
import { withActor, withEntity } from '../../db/client.ts'
import { appNow } from '../../db/clock.ts'
import { findUnissuedReport } from '../../db/cycle-pages.ts'
import { insertDocument } from '../../db/documents.ts'
import { openConfined } from '../../db/duckdb.ts'
import { filePath } from '../../db/files.ts'
import { newId } from '../../db/ids.ts'
import { buildSnapshot } from '../../db/ingest.ts'
import { moveReleaseHour } from '../../db/release-hours.ts'
import { withdrawRelease } from '../../db/releases.ts'
import { releaseInputHashes } from '../../db/waiting-drafts.ts'
import { printable, spelledOut } from '../../documents/typst.ts'
import { Refused } from '../../domain/refusals.ts'
import { codeFrom } from '../../domain/verification-codes.ts'
import { attack } from '../attack/attacker.ts'
import { ENTITY_KEY, requireBuilt, requireSniffed } from '../db/city-snapshot.ts'
import { plain } from '../support/html-forms.ts'
import { cookieOf, openProduct } from '../support/lived-in.ts'
import { saying } from '../support/naughty-answers.ts'
import { approveFiles, preparedCycle, prepareFrom, publisherOf, reportOf } from '../support/open-data.ts'
import {
  openSignedWorld,
  type Person,
  type SignedCycle,
  type SignedWorld,
  signedCycle,
  signStep,
} from '../support/signed-cycle.ts'

let world: SignedWorld
let context: AppLoadContext
beforeAll(async () => {
  world = await openSignedWorld()
  const config = { DATA_DIR: world.dataDir, PUBLIC_URL: 'http://localhost:3000' }
  context = { publicDb: world.open, config, requestId: 'prueba' } as unknown as AppLoadContext
}, 180_000)
afterAll(() => world?.close())

const publish = async (cycle: SignedCycle) => publishRelease(world.tools, await approveFiles(world, cycle))

/** What anyone gets at an address of open data. */
async function get(conjunto: string, version?: string, archivo?: string, headers: Record<string, string> = {}) {
  const url = ['http://localhost:3000/datos-abiertos', conjunto, version, archivo].filter(Boolean).join('/')
  const args = { request: new Request(url, { headers }), params: { conjunto, version, archivo }, context }
  try {
    if (archivo !== undefined) return await releaseFile(args)
    return Response.json(await datasetPage(args))
  } catch (thrown) {
    if (thrown instanceof Response) return thrown
    throw thrown
  }
}

const statusOf = async (...address: Parameters<typeof get>) => (await get(...address)).status

test('a draft answers 404 under every address, guessed ones included; published, withdrawn and corrected as they must', async () => {
  const first = await preparedCycle(world)
  const { slug, files } = first.draft
  const names = files.map((file) => file.name)
  const guesses = [...names, ...files.map((file) => file.sha256), '../../files', `${names[0]}%00`, '']
  for (const version of ['1', '0', '01', '2', '-1', '1e0', 'ultima', first.draft.id]) {
    expect(await statusOf(slug, version)).toBe(404)
    for (const name of guesses)
      expect([version, name, await statusOf(slug, version, name)]).toEqual([version, name, 404])
  }
  expect(await statusOf(slug)).toBe(404)

  await publish(first.cycle)
  expect(await statusOf(slug)).toBe(200)
  for (const { name, sha256, bytes } of files) {
    const answer = await get(slug, '1', name)
    const body = Buffer.from(await answer.arrayBuffer())
    expect([body.length, createHash('sha256').update(body).digest('hex')]).toEqual([bytes, sha256])
    expect(answer.headers.get('Cache-Control')).toBe('public, no-cache')
    expect(await statusOf(slug, '1', name, { 'If-None-Match': `"${sha256}"` })).toBe(304)
  }

  const [alone, zipped] = [await wholeCatalogue(), await wholeCatalogue({ 'Accept-Encoding': 'gzip' })]
  expect(alone.text).toContain(`/${slug}/1/`)
  expect([zipped.headers.get('Content-Encoding'), zipped.text]).toEqual(['gzip', alone.text])
  expect((await wholeCatalogue({ 'If-None-Match': alone.tag })).status).toBe(304)

  const second = await preparedCycle(world)
  expect([second.draft.slug, second.draft.version]).toEqual([slug, 2])
  expect(await statusOf(slug, '2')).toBe(404)
  for (const { name } of second.draft.files) expect(await statusOf(slug, '2', name)).toBe(404)
  await publish(second.cycle)
  expect(await (await get(slug, '1')).json()).toMatchObject({ release: { status: 'corrected' } })
  const both = await wholeCatalogue({ 'If-None-Match': alone.tag })
  expect([both.status, ...statesIn(both.text, slug)]).toEqual([200, '1 DEPRECATED 8', '2 COMPLETED 8'])
  expect(await statusOf(slug, '1', names[0])).toBe(200)

  const reason = 'Se publicó con un periodo equivocado.'
  const actor = publisherOf(world)
  await withActor(world.web, actor, (trx) => withdrawRelease(trx, actor, { releaseId: second.draft.id, reason }))
  const after = await wholeCatalogue({ 'If-None-Match': both.tag })
  expect(statesIn(after.text, slug)).toEqual(['1 DEPRECATED 8', '2 WITHDRAWN 0'])
  expect(after.text).toContain(`Motivo: ${reason}`)
  const page = await get(slug, '2')
  expect(page.status).toBe(200)
  expect(await page.json()).toMatchObject({
    release: { status: 'withdrawn', withdrawnReason: reason, files: [] },
    preview: null,
  })
  for (const { name, sha256 } of second.draft.files)
    expect(await statusOf(slug, '2', name, { 'If-None-Match': `"${sha256}"` })).toBe(410)
  expect(await statusOf(slug, '1', names[0])).toBe(200)
}, 180_000)

interface Described {
  '@id': string
  'adms:status'?: { '@id': string }
  'dcat:version'?: { '@value': string }
  'dcat:distribution'?: unknown[]
}

/** Of each version of a dataset its number, its state and how many files it offers, as the catalogue tells it. */
function statesIn(text: string, slug: string): string[] {
  const nodes = (JSON.parse(text) as { '@graph': Described[] })['@graph']
  const versions = nodes.filter((node) => node['@id'].includes(`/${slug}`) && node['dcat:version'])
  return versions
    .map((node) => {
      const state = node['adms:status']?.['@id'].split('/').at(-1)
      return `${node['dcat:version']?.['@value']} ${state} ${node['dcat:distribution']?.length ?? 0}`
    })
    .sort()
}

/** The catalogue of everything as anyone gets it, unzipped. */
async function wholeCatalogue(headers: Record<string, string> = {}) {
  const request = new Request('http://localhost:3000/datos-abiertos/catalogo.jsonld', { headers })
  const answer = await catalogue({ request, params: {}, context } as never)
  const body = Buffer.from(await answer.arrayBuffer())
  const isZipped = answer.headers.get('Content-Encoding') === 'gzip'
  const text = (isZipped ? gunzipSync(body) : body).toString('utf8')
  return { status: answer.status, headers: answer.headers, tag: answer.headers.get('ETag') ?? '', text }
}

/** Everything open data says to anyone, in one text: lists, pages, catalogue in both forms, feed. */
async function crawl(slug: string, versions: string[], names: string[]): Promise<string> {
  const said: string[] = []
  const ask = async (loader: (args: never) => Promise<unknown>, path: string, params: Record<string, string> = {}) => {
    const request = new Request(`http://localhost:3000/datos-abiertos${path}`)
    const answer = await loader({ request, params, context } as never).catch((thrown) => thrown)
    if (answer instanceof Response) said.push(`${path} ${answer.status} ${answer.ok ? await answer.text() : ''}`)
    else said.push(`${path} 200 ${JSON.stringify(answer)}`)
  }
  await ask(openData, '')
  await ask(news, '/novedades.atom')
  for (const form of ['jsonld', 'ttl']) {
    await ask(catalogue, `/catalogo.${form}`)
    await ask(catalogue, `/${slug}/catalogo.${form}`, { conjunto: slug })
  }
  await ask(datasetPage, `/${slug}`, { conjunto: slug })
  for (const version of versions) {
    await ask(datasetPage, `/${slug}/${version}`, { conjunto: slug, version })
    await ask(dictionary, `/${slug}/${version}/diccionario`, { conjunto: slug, version })
    for (const archivo of names)
      await ask(releaseFile, `/${slug}/${version}/${archivo}`, { conjunto: slug, version, archivo })
  }
  return said.join('\n')
}

test('prepared or waiting for its hour, nothing anywhere tells of a release; a minute later everything does', async () => {
  const answers = completeAnswers('7')
  const conjunto = { ...answers.conjunto, titulo: 'Conjunto con embargo' }
  const cycle = await signedCycle(world)
  await reportOf(world, cycle)
  const draft = await prepareFrom(world, cycle, { ...answers, conjunto })
  const { slug } = draft
  const names = draft.files.map((file) => file.name)
  const before = await crawl('nada-con-este-nombre', ['1'], names)
  const secret = async () => (await crawl(slug, ['1', '2'], names)).replaceAll(slug, 'nada-con-este-nombre')
  const hidden = async () => {
    const said = await secret()
    expect(said).not.toContain('Conjunto con embargo')
    expect(said).not.toContain(draft.releaseHash)
    expect(said.split('\n').filter((line) => / 200 /.test(line)).length).toBe(
      before.split('\n').filter((line) => / 200 /.test(line)).length,
    )
  }
  await hidden()
  const approved = await approveFiles(world, cycle)
  const general = { ...publisherOf(world), ...(world.people.secretaria_general as Person) }
  const moveTo = (hour: Date | 'now' | null) =>
    withActor(world.web, general, (trx) => moveReleaseHour(trx, general, { releaseId: draft.id, hour }))
  await moveTo(new Date(appNow().getTime() + 86_400_000))
  expect(await publishRelease(world.tools, approved)).toMatchObject({ waits: { until: expect.any(String) } })
  await hidden()
  await moveTo(null)
  expect(await publishRelease(world.tools, approved)).toMatchObject({ waits: { until: null } })
  await hidden()
  await moveTo('now')
  expect(await publishRelease(world.tools, approved)).toEqual({ releaseId: draft.id })
  const said = await crawl(slug, ['1'], names)
  expect(said.split('\n').filter((line) => /^\/\S* (404|410) /.test(line))).toEqual([])
  for (const path of ['/novedades.atom', '/catalogo.ttl', '/catalogo.jsonld', ''])
    expect(said).toMatch(new RegExp(`(^|\\n)${path} 200 [^]*Conjunto con embargo`))
})

const KIND =
  'Ñ “cita” =2+5 <script>alert(1)</script> "><img src=x> \\ &lt; {{7*7}} 👩‍👧 مرحبا \u202Etxt\u202C Z\u0351 \u0001 fin'
const letters = (printed: string) => printed.normalize('NFKC').replace(/[\s\u00ad\u2010-]/g, '')

/** A cycle whose people wrote nothing but `KIND`, published. */
async function publishHostile(): Promise<{ slug: string; version: string; files: Map<string, Buffer> }> {
  const { entityId } = world
  const cycle = await signedCycle(world)
  const { cycleId } = cycle
  const answersOf = (code: '4' | '6' | '7') => saying(formDefinition(code), completeAnswers(code), KIND)
  await signStep(world, cycle, '4', { answers: answersOf('4'), inputs: [world.snapshotHash] })
  const report = await signStep(world, cycle, '6', { answers: answersOf('6') })
  await issueReport(world.tools, { entityId, cycleId, stepVersionId: report })
  const answers = answersOf('7')
  const { slug, version, files } = await prepareFrom(world, cycle, answers)
  const inputs = await withActor(world.web, publisherOf(world), (trx) => releaseInputHashes(trx, cycleId))
  const stepVersionId = await signStep(world, cycle, '7', { answers, inputs })
  await publishRelease(world.tools, { entityId, cycleId, stepVersionId })
  const read = files.map(async ({ kind, name }): Promise<[string, Buffer]> => {
    return [kind, Buffer.from(await (await get(slug, String(version), name)).arrayBuffer())]
  })
  return { slug, version: String(version), files: new Map(await Promise.all(read)) }
}

test('strings of any kind go out in every file and on every page as they were typed', async () => {
  const { slug, version, files } = await publishHostile()
  const textIn = (kind: string) => (files.get(kind) ?? Buffer.alloc(0)).toString('utf8')
  const rows: Record<string, string>[] = parse(textIn('csv'), { columns: true, bom: true, delimiter: [',', ';'] })
  expect(new Set(rows.map(({ titulo }) => titulo))).toEqual(new Set([KIND]))
  expect(JSON.stringify(JSON.parse(textIn('json')))).toContain(JSON.stringify(KIND))
  const book = unzipSync(new Uint8Array(files.get('xlsx') ?? []))
  const shared = Buffer.from(book['xl/sharedStrings.xml'] ?? []).toString('utf8')
  expect(plain(shared.replaceAll('_x0001_', '\u0001'))).toContain(KIND)
  const folder = join(world.dataDir, 'hostil')
  await mkdir(folder)
  await writeFile(join(folder, 'datos.parquet'), files.get('parquet') ?? '')
  const engine = await openConfined(folder)
  const titles = await engine.rows(`select distinct titulo from read_parquet('${join(folder, 'datos.parquet')}')`)
  engine.close()
  expect(titles).toEqual([[KIND]])
  expect(plain(textIn('html'))).toContain(KIND)
  expect(textIn('html')).not.toMatch(/<script>alert|<img src=x/)
  const words = Buffer.from(unzipSync(new Uint8Array(files.get('docx') ?? []))['word/document.xml'] ?? []).toString(
    'utf8',
  )
  expect(plain(words.replace(/<[^>]+>/g, ''))).toContain(printable(KIND))
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(files.get('pdf') ?? [])), {
    mergePages: true,
  })
  expect(letters(text)).toContain(letters(spelledOut(printable(KIND))))

  expect(await (await get(slug, version)).text()).toContain(JSON.stringify(KIND).slice(1, -1))
  expect((await wholeCatalogue()).text).toContain(JSON.stringify(KIND).slice(1, -1))
  const said = await crawl(slug, [version], [])
  const [, turtle = ''] = /\n\/catalogo\.ttl 200 ([\s\S]*?)\n\//.exec(said) ?? []
  expect(new Parser().parse(turtle).map(({ object }) => object.value)).toContain(KIND)
  expect(plain(said)).toContain(KIND.replace('\u0001', ''))
}, 180_000)

/** Of semesters everybody knows which quarters they have. */
const SEMESTERS = { variable: 'semestre', by: 'trimestre', values: { S1: ['T1', 'T2'], S2: ['T3', 'T4'] } }

test('whoever has every file that was ever public, and a solver, works out no hidden count', async () => {
  const files = await withEntity(world.owner, world.entityId, (trx) =>
    trx
      .selectFrom('release_file')
      .innerJoin('release', 'release.id', 'release_file.release_id')
      .select('release_file.sha256')
      .where('release_file.kind', '=', 'json')
      .where('release.published_at', 'is not', null)
      .execute(),
  )
  expect(files.length).toBeGreaterThan(3)
  const texts = files.map(({ sha256 }) => readFile(filePath(world.dataDir, sha256), 'utf8'))
  const found = await attack(await Promise.all(texts), [SEMESTERS])
  expect(found.length).toBeGreaterThan(10)
  expect(found.filter(({ low, high }) => high - low < 1)).toEqual([])
})

/** The snapshot of the world with one communication more: its last line again, under another number. */
async function oneMore(): Promise<string> {
  const file = `${world.dataDir}/ciudad.csv`
  const last = (await readFile(file, 'utf8')).trim().split('\n').at(-1) ?? ''
  const [, ...others] = last.split(';')
  await appendFile(file, `${['una-mas', ...others].join(';')}\n`)
  const outDir = `${world.dataDir}/snapshots`
  const sniff = await requireSniffed(file)
  return requireBuilt(await buildSnapshot({ file, sniff, mapping: world.mapping, secretKey: ENTITY_KEY, outDir })).hash
}

/** Opens a step with its form filled in, as the workflow and its author would. */
async function openStep({ cycleId, stepIds }: SignedCycle, code: '6' | '7'): Promise<void> {
  const [stepId, attemptId] = [stepIds[code] ?? '', newId()]
  const place = { entity_id: world.entityId, step_id: stepId }
  await withEntity(world.owner, world.entityId, async (trx) => {
    const attempt = { ...place, id: attemptId, cycle_id: cycleId, n: 1, form_version: 1, opened_at: appNow() }
    await trx.insertInto('attempt').values(attempt).execute()
    const answers = JSON.stringify(completeAnswers(code))
    await trx
      .insertInto('step_draft')
      .values({ ...place, answers, saved_by: world.people.profesional_ogac?.personId })
      .execute()
    const opened = { status: 'in_progress', attempt_n: 1, attempt_id: attemptId }
    await trx.updateTable('step').set(opened).where('id', '=', stepId).execute()
  })
}

/** Of the people of a published release and one more: what each who signs or releases it is told. */
test('the report and the release of the same people and one more are refused, with the cells by name', async () => {
  const published = await preparedCycle(world)
  await publish(published.cycle)
  const cycle = await signedCycle({ ...world, snapshotHash: await oneMore() })
  const { cycleId } = cycle
  const product = openProduct({
    ...{ ownerUrl: world.ownerUrl, dataDir: world.dataDir, url: 'http://localhost:3000' },
    ...{ temporalAddress: 'localhost:1', namespace: 'default' },
  })
  const actorOf = async (duty: string) => {
    const headers = { cookie: await cookieOf(product.context, duty) }
    // What was read of a session stays with its context.
    return await requireActor(new Request('http://localhost:3000', { headers }), { ...product.context })
  }
  const refused = async (act: Promise<unknown>) => {
    const failure = await act.then(
      () => undefined,
      (thrown: unknown) => thrown,
    )
    if (!(failure instanceof Refused)) throw failure ?? new Error('nothing was refused')
    expect([failure.code, failure.status]).toEqual(['release_unsafe', 409])
    const told = refusalSentence(failure.code, failure.facts)
    expect(told).toMatch(/dejaría ver a menos personas que el umbral en estas casillas: .*Canal/)
  }
  try {
    const author = await actorOf('profesional_ogac')
    for (const code of ['1', '3'] as const) await signStep(world, cycle, code)
    await openStep(cycle, '6')
    const asking = async (duty: string) => ({
      request: new Request('http://localhost:3000', { headers: { cookie: await cookieOf(product.context, duty) } }),
      params: { ejercicio: cycleId, paso: '6' },
      context: { ...product.context } as AppLoadContext,
    })
    const review = await reviewPage(await asking('profesional_ogac'))
    expect(review.unsafe).toMatch(/dejaría ver a menos personas que el umbral en estas casillas/)
    await refused(submitStep(product.context, author, { cycleId, stepCode: '6', draftRev: 0 }))

    // Signed all the same, as it could be before: the activity issues nothing, and is not tried again.
    const versionId = await signStep(world, cycle, '6')
    const { contentHash } = await versionOf(versionId)
    const approved = { entityId: world.entityId, cycleId, stepVersionId: versionId }
    expect([await issueOrTell(world.tools, approved), await issueOrTell(world.tools, approved)]).toEqual([null, null])
    expect(await standingOf(cycleId, versionId)).toEqual({ documents: 0, incidents: 1, unissued: 'report_refused' })

    expect(await cyclePage(await asking('profesional_ogac'))).toMatchObject({ unissued: 'report_refused' })

    await bringBack(cycle, versionId)
    const verdict = { verdict: 'approve' as const, role: 'reviewer' as const, observations: [], readTyped: true }
    const at = { cycleId, stepCode: '6', versionId, contentHash } as const
    await refused(decideStep(product.context, await actorOf('profesional_sig'), { ...at, ...verdict }))

    await issuedBefore(approved, cycle)
    await openStep(cycle, '7')
    await refused(prepareFiles(product.context, author, cycleId))
    const { refusals, releases } = await withEntity(world.owner, world.entityId, async (trx) => ({
      refusals: await trx
        .selectFrom('event')
        .select(['step_code', 'reason_code'])
        .where('request_id', '=', product.context.requestId)
        .where('reason_code', '=', 'release_unsafe')
        .orderBy('at')
        .execute(),
      releases: await trx.selectFrom('release').select('id').where('cycle_id', '=', cycleId).execute(),
    }))
    expect(refusals.map((one) => one.step_code)).toEqual(['6', '6', '7'])
    expect(releases).toEqual([])
  } finally {
    await product.close()
  }
}, 180_000)

const versionOf = (id: string) =>
  withEntity(world.owner, world.entityId, (trx) =>
    trx.selectFrom('step_version').select('hash as contentHash').where('id', '=', id).executeTakeFirstOrThrow(),
  )

const standingOf = (cycleId: string, versionId: string) =>
  withEntity(world.owner, world.entityId, async (trx) => ({
    documents: (await trx.selectFrom('document').select('id').where('cycle_id', '=', cycleId).execute()).length,
    incidents: (await trx.selectFrom('incident').select('id').where('object_id', '=', versionId).execute()).length,
    unissued: await findUnissuedReport(trx, cycleId),
  }))

/** Puts a signed step 6 before its reviewer, unsigned. */
async function bringBack({ stepIds }: SignedCycle, versionId: string): Promise<void> {
  await withEntity(world.owner, world.entityId, async (trx) => {
    await trx.deleteFrom('signature').where('step_version_id', '=', versionId).execute()
    await trx
      .updateTable('step')
      .set({ status: 'in_review' })
      .where('id', '=', stepIds['6'] ?? '')
      .execute()
  })
}

/** A report that was issued before anything looked at what it shows. */
async function issuedBefore(approved: IssueReport, { stepIds }: SignedCycle): Promise<void> {
  await withEntity(world.owner, world.entityId, async (trx) => {
    const signed = { status: 'approved', version_id: approved.stepVersionId }
    await trx
      .updateTable('step')
      .set(signed)
      .where('id', '=', stepIds['6'] ?? '')
      .execute()
    const file = { sha256: 'ef'.repeat(32), bytes: 1 }
    await insertDocument(trx, {
      ...{ ...approved, ...file, id: newId(), code: codeFrom(randomBytes(12)), title: 'Informe', contentHash: 'a' },
      ...{ signers: [], otherForms: [{ format: 'html', ...file }], figures: [], said: [], workflowId: 'cycle:a' },
    })
  })
}
