/** The evidence pack of a cycle that was worked on: exported, unpacked nowhere, and checked in an empty folder. */
import { spawnSync } from 'node:child_process'
import { createHash, randomUUID } from 'node:crypto'
import { createWriteStream, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { AppLoadContext } from '@remix-run/node'
import { Client, Connection } from '@temporalio/client'
import { sql } from 'kysely'
import { extractText, getDocumentProxy } from 'unpdf'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { startSealer } from '../../activities/seal-log.ts'
import { attachFile } from '../../app/commands/attach-file.server.ts'
import { drawSample } from '../../app/commands/draw-sample.server.ts'
import { exportPack } from '../../app/commands/export-pack.server.ts'
import { writePaper } from '../../app/commands/write-paper.server.ts'
import type { AppContext } from '../../app/context.server.ts'
import { fillPack } from '../../app/pages/pack.server.ts'
import * as packRoute from '../../app/routes/audit/pack-file.ts'
import * as verificationRoute from '../../app/routes/audit/verification.tsx'
import { refusalSentence } from '../../app/text/refusals.ts'
import { type Database, openDatabase, withEntity } from '../../db/client.ts'
import { appNow, appToday } from '../../db/clock.ts'
import { filePath, storeFile } from '../../db/files.ts'
import { newId } from '../../db/ids.ts'
import { findCheckpoint, listLogKeys } from '../../db/log-checkpoints.ts'
import { publishLogDay } from '../../db/log-days.ts'
import { listPackDecisions, listPackPapers } from '../../db/pack-decisions.ts'
import { writePack } from '../../db/pack-file.ts'
import { findPackGrowth } from '../../db/pack-growth.ts'
import { roleUrl } from '../../db/roles.ts'
import { listTimeline } from '../../db/timeline.ts'
import { VERIFIER_NAME } from '../../documents/verifier-program.ts'
import { stepOf } from '../../domain/cycle-state.ts'
import type { StepCode } from '../../domain/procedures.ts'
import { bundleVerifier } from '../../scripts/bundle-verifier.ts'
import { type CheckedPack, checkPack } from '../../verifier/check-pack.ts'
import { openPack, PackFault } from '../../verifier/pack-source.ts'
import { linesOfPack } from '../../verifier/pack-texts.ts'
import { EVENTS, MANIFEST, SEAL } from '../../verifier/packs.ts'
import { randomOf } from '../support/random.ts'
import { pageOf } from '../support/route-page.ts'
import { TEST_SECRET } from '../support/services.ts'
import { builtVerifier } from '../support/verifier.ts'
import { complete, openWorld, type World } from '../support/world.ts'

let world: World
let sealing: Database
let sealer: ReturnType<typeof startSealer>
let cycleId: string
let path: string
const LOST = 'perdida 10.234.567.txt'
const ATTACHED = { 'Acta: reunión 1.txt': 'Acta de la reunión.', [LOST]: 'Se pierde.' }
/** What somebody attached to a step that may carry personal data. */
const PERSONAL = { name: 'Cédula de Rosalba Quintero 52345678.txt', content: 'Su historia.' }
vi.mock(import('../../catalog/forms/index.ts'), async (original) => ({
  ...(await original()),
  confidentialForms: () => ['2:1'],
}))
vi.mock(import('../../app/session.server.ts'), async (original) => ({
  ...(await original()),
  requireActor: () => world.actor('control_interno'),
}))
const sha256 = (content: string | Buffer) => createHash('sha256').update(content).digest('hex')
const folder = mkdtempSync(join(tmpdir(), 'paquete-real-'))

beforeAll(async () => {
  await builtVerifier()
  world = await openWorld()
  sealing = openDatabase(roleUrl(world.ownerUrl, TEST_SECRET, 'sealer'), { max: 1 })
  sealer = startSealer(sealing, world.dataDir, () => undefined)
  cycleId = await world.newCycle()
  for (const [name, content] of Object.entries(ATTACHED)) await attached('1', name, content)
  await complete(world, cycleId, '1')
  await attached('2', PERSONAL.name, PERSONAL.content)
  rmSync(filePath(world.dataDir, sha256(ATTACHED[LOST] ?? '')))
  await writtenPaper()
  path = await exported()
}, 300_000)
afterAll(async () => {
  await sealer?.stop()
  await sealing?.close()
  await world?.close()
  rmSync(folder, { recursive: true, force: true })
})

/** As soon as the step is open. */
async function attached(stepCode: StepCode, name: string, content: string): Promise<void> {
  await vi.waitFor(
    async () => expect(stepOf((await world.cycle(cycleId)).state, stepCode).status).toBe('in_progress'),
    60_000,
  )
  const stored = await storeFile(world.dataDir, Buffer.from(content))
  const author = await world.actor('profesional_ogac')
  await attachFile(world.context, author, { cycleId, stepCode }, { ...stored, name, mediaType: 'text/plain' })
}

/** Control interno samples all decisions, and writes of one what no pack may say. */
async function writtenPaper(): Promise<void> {
  const auditor = await world.actor('control_interno')
  const code = await drawSample(world.context, auditor, {
    ...{ sampleId: newId(), population: 'decisions', part: null, from: '2026-01-01', to: '2099-01-01' },
    ...{ method: 'simple', seed: 'Semilla', wanted: 2 },
  })
  await writePaper(
    world.context,
    auditor,
    { code, ordinal: 1 },
    {
      ...{ paperId: newId(), test: 'Se llamó al 300 123 4567.', result: 'nonconforming' },
      ...{ evidence: 'Cédula 52.345.678, ana@correo.gov.co', conclusion: '=SUMA(1;2) no corresponde.' },
    },
  )
}

/** As the request of an auditor gets it. */
async function exported(more: Partial<AppContext> = {}): Promise<string> {
  const context = { ...world.context, requestId: randomUUID(), ...more }
  const { file, bytes } = await exportPack(context, await world.actor('control_interno'), { cycleId })
  const to = join(folder, `${randomUUID()}.zip`)
  await pipeline(file.createReadStream(), createWriteStream(to))
  expect(readFileSync(to)).toHaveLength(bytes)
  return to
}

/** Of the web, in this database. */
async function transactionsUnderWay(): Promise<number> {
  const { rows } = await withEntity(world.owner, world.entityId, (trx) =>
    sql<{ n: number }>`
      select count(*)::int as n from pg_locks l join pg_stat_activity a on a.pid = l.pid
      where l.locktype = 'virtualxid' and a.datname = current_database() and a.usename like '%web%'`.execute(trx),
  )
  return rows[0]?.n ?? 0
}

const keys = () => withEntity(world.owner, world.entityId, (trx) => listLogKeys(trx, world.entityId))

function textIn(zip: string, name: string): string {
  const source = openPack(zip)
  try {
    return Buffer.concat([...source.read(name)]).toString()
  } finally {
    source.close()
  }
}

function checked(zip: string): CheckedPack {
  const source = openPack(zip)
  try {
    return checkPack(source, [])
  } finally {
    source.close()
  }
}

/** Each file of it with what stands there as text: of a PDF, what is printed. */
async function textsIn(zip: string): Promise<[name: string, text: string][]> {
  const source = openPack(zip)
  try {
    return await Promise.all(
      source.parts.map(async ({ name }): Promise<[string, string]> => {
        const content = Buffer.concat([...source.read(name)])
        return [name, name.endsWith('.pdf') ? await printed(content) : content.toString()]
      }),
    )
  } finally {
    source.close()
  }
}

const printed = async (pdf: Buffer) =>
  (await extractText(await getDocumentProxy(new Uint8Array(pdf)), { mergePages: true })).text

describe('the evidence pack of a cycle', () => {
  it('is checked with the program in an empty folder', async () => {
    const empty = mkdtempSync(join(tmpdir(), 'vacia-'))
    writeFileSync(join(empty, VERIFIER_NAME), await bundleVerifier())
    const [key] = await keys()
    const run = spawnSync(process.execPath, [VERIFIER_NAME, '--llave', key ?? '', path], {
      ...{ cwd: empty, env: { NODE_ENV: 'production' }, encoding: 'utf8' },
    })
    rmSync(empty, { recursive: true })
    expect([run.status, run.stderr]).toEqual([0, ''])
    expect(run.stdout).toContain('VÁLIDO: el paquete está completo y es el que se selló.')
    expect(run.stdout).toContain('Ejercicio: Ejercicio de prueba')
  })

  it('holds every event of the cycle, and what was decided on', async () => {
    const manifest = JSON.parse(textIn(path, MANIFEST))
    const lines = textIn(path, EVENTS).trimEnd().split('\n')
    const { rows } = await withEntity(world.owner, world.entityId, (trx) =>
      sql<{ id: string }>`select id from event where cycle_id = ${cycleId}`.execute(trx),
    )
    const ids = lines.map((line) => JSON.parse(JSON.parse(line).linea).id)
    expect(ids.toSorted()).toEqual(rows.map(({ id }) => id).toSorted())
    expect(manifest.hechos).toBe(String(lines.length))
    expect(manifest.contenidos).toMatchObject([
      { paso: '1', version: '1', archivo: 'contenidos/paso-1-version-1.json' },
    ])
    expect(textIn(path, 'contenidos/paso-1-version-1.html')).toContain('<')
  })

  it('has the files of the cycle, and says which it has not', () => {
    expect(textIn(path, 'adjuntos/001-Acta_ reunión 1.txt')).toBe(ATTACHED['Acta: reunión 1.txt'])
    const index = textIn(path, 'indice.html')
    expect(index).toContain(
      `<td>perdida ▮▮▮.txt</td><td>${sha256(ATTACHED[LOST] ?? '')}</td><td>El sistema ya no lo tiene`,
    )
    expect(index).toContain(
      `<td>Archivo del paso 2</td><td>${sha256(PERSONAL.content)}</td><td>Su paso puede llevar datos personales`,
    )
    expect(index).toContain('<h2>Firmas</h2>')
    // What each part is, of those that are there, and of no other.
    const parts = [...index.matchAll(/<tr><td>([a-z./-]+)<\/td><td>[^<]+<\/td><\/tr>/g)].map(([, part = '']) => part)
    const names = [...checked(path).manifest.files.map(({ name }) => name), MANIFEST, SEAL]
    for (const name of names) expect(parts.filter((part) => name.startsWith(part))).toHaveLength(1)
    for (const part of parts)
      expect(
        names.some((name) => name.startsWith(part)),
        part,
      ).toBe(true)
    expect(textIn(path, 'indice.pdf').slice(0, 5)).toBe('%PDF-')
  })

  it('tells who signed, what happened and what control interno found, without values of anybody', async () => {
    const signed = textIn(path, 'decisiones/decisiones.csv').trimEnd().split('\r\n')
    expect(signed).toHaveLength(4)
    expect(signed[0]).toContain('Huella del contenido (SHA-256)')
    const acts = textIn(path, EVENTS)
    for (const line of signed.slice(1)) {
      const act = /,([0-9a-f-]{36}),/.exec(line)?.[1]
      expect(acts).toContain(`\\"act_id\\":\\"${act}\\"`)
    }
    const story = textIn(path, 'historia/linea-de-tiempo.csv')
    expect(story).toContain('aprobó')
    const papers = textIn(path, 'auditoria/muestras-y-papeles.csv')
    expect(papers).toContain('Se llamó al ▮▮▮.')
    expect(papers).toContain('Cédula ▮▮▮, ▮▮▮')
    expect(papers).toContain("'=SUMA")
    for (const [name, text] of await textsIn(path))
      expect(text, name).not.toMatch(/300 123 4567|52\.345\.678|ana@correo/)
  })

  it('names no file of a step that may carry personal data, and says only that it is not there', async () => {
    expect(readFileSync(path).includes('Rosalba')).toBe(false)
    for (const [name, text] of await textsIn(path))
      expect(text, name).not.toMatch(/Rosalba|Quintero|52345678|Su historia/)
  })

  it('is on record with the hash of its manifest, and leaves nothing where it was made', async () => {
    const { rows } = await withEntity(world.owner, world.entityId, (trx) =>
      sql<{ hash: string }>`
        select content_hash as hash from event where type = 'audit.pack_exported' and object_id = ${cycleId}`.execute(
        trx,
      ),
    )
    expect(rows.map(({ hash }) => hash)).toEqual([sha256(textIn(path, MANIFEST))])
    expect(readdirSync(join(world.dataDir, 'packs'))).toEqual([])
  })

  it('takes away what was left half done by a process that died, and nothing else', async () => {
    const [old, young] = ['vieja.part', 'nueva.part'].map((name) => join(world.dataDir, 'packs', name)) as [
      string,
      string,
    ]
    for (const file of [old, young]) writeFileSync(file, 'x')
    utimesSync(old, 0, 0)
    await exported()
    expect(readdirSync(join(world.dataDir, 'packs'))).toEqual(['nueva.part'])
    rmSync(young)
  })

  it('tells the technical history of its workflow, and does without where Temporal is away', async () => {
    const history = textIn(path, 'historia/flujos-de-trabajo.csv')
    for (const code of ['WORKFLOW_EXECUTION_STARTED', 'WORKFLOW_EXECUTION_UPDATE_ACCEPTED'])
      expect(history).toContain(code)
    const { rows } = await withEntity(world.owner, world.entityId, (trx) =>
      sql<{ id: string }>`select id from signature where cycle_id = ${cycleId}`.execute(trx),
    )
    expect(rows.length).toBeGreaterThan(0)
    for (const { id } of rows) expect(history).toContain(id)
    const connection = Connection.lazy({ address: '127.0.0.1:9' })
    const without = await exported({ temporal: new Client({ connection }) })
    await connection.close()
    expect(textIn(without, 'indice.html')).toContain('el motor de flujos no respondió')
    expect(checked(without).manifest.files.map(({ name }) => name)).not.toContain('historia/flujos-de-trabajo.csv')
    expect(textIn(without, 'historia/cuanto-hay-de-cada-flujo.csv')).toContain('el motor de flujos no respondió')
    const [flow, index] = [textIn(path, 'historia/cuanto-hay-de-cada-flujo.csv'), textIn(path, 'indice.html')]
    const events = history.trimEnd().split('\r\n').length - 1
    expect(flow).toContain(`Ejercicio,${events},"Completa, hasta que se preparó el paquete."`)
    expect(index).toContain(`<td>${events}</td><td>Completa, hasta que se preparó el paquete.</td>`)
  })

  it('proves that its log only grew since the day that was published', async () => {
    expect(textIn(path, 'indice.html')).toContain('No hay un día publicado antes de este paquete')
    expect(checked(path).earlier).toBeUndefined()
    const day = await vi.waitFor(
      () =>
        withEntity(world.owner, world.entityId, async (trx) => {
          const published = await publishLogDay(trx, world.entityId, appToday())
          if (typeof published === 'string') throw new Error(published)
          return published
        }),
      30_000,
    )
    const zip = await exported()
    const later = checked(zip)
    expect(later.earlier?.size).toBeGreaterThanOrEqual(BigInt(day.size))
    expect(later.earlier?.size).toBeLessThan(later.checkpoint.size)
    expect(linesOfPack(later).join('\n')).toContain(`de ${later.earlier?.size} hechos, raíz`)
    expect(textIn(zip, 'indice.html')).toContain(
      'La última decisión del ejercicio está dentro de lo publicado ese día.',
    )
  })

  it('begins its growth at the newest day it covers where no day has the last decision yet, and never at itself', async () => {
    const { entityId } = world
    const rolledBack = new Error('rolled back')
    const asked = withEntity(world.owner, entityId, async (trx) => {
      await sql`delete from log_day where entity_id = ${entityId}`.execute(trx)
      // As if the seal had gone on between the first events: where it did is all that is asked here.
      const sizes = [10n, 20n, 30n]
      for (const size of sizes)
        await sql`insert into log_checkpoint (entity_id, size, root, key_id, note) select entity_id, ${String(size)}, root, key_id, note
          from log_checkpoint where entity_id = ${entityId} limit 1`.execute(trx)
      for (const [i, size] of sizes.entries())
        await sql`insert into log_day (entity_id, day, first, size, checkpoint_size)
          values (${entityId}, ${`2026-01-0${i + 1}`}::date, ${String(sizes[i - 1] ?? 0)}, ${String(size)}, ${String(size)})`.execute(
          trx,
        )
      const growthTo = async (n?: bigint) => {
        const checkpoint = await findCheckpoint(trx, entityId, n)
        return checkpoint && (await findPackGrowth(trx, { entityId, cycleId }, checkpoint))
      }
      const [first = 0n, second = 0n] = sizes
      expect(await growthTo()).toMatchObject({ day: '2026-01-03', holdsDecision: false })
      expect((await growthTo(second - 1n))?.day).toBe('2026-01-01')
      expect(await growthTo(first - 1n)).toBeUndefined()
      throw rolledBack
    })
    await expect(asked).rejects.toBe(rolledBack)
  })

  it('never holds with bytes of it changed', () => {
    const whole = readFileSync(path)
    const random = randomOf(5907)
    const to = join(folder, 'cambiado.zip')
    for (let n = 0; n < 150; n++) {
      const [zip, place] = [Buffer.from(whole), Math.floor(random() * whole.length)]
      zip[place] = ((zip[place] ?? 0) + 1 + Math.floor(random() * 255)) & 255
      writeFileSync(to, zip)
      expect(() => {
        const source = openPack(to)
        try {
          checkPack(source, [])
        } finally {
          source.close()
        }
      }, `byte ${place}`).toThrow(PackFault)
    }
  })

  it('is exported by nobody who does not audit, and not once it was given up', async () => {
    const context = { ...world.context, requestId: randomUUID() }
    const other = await world.actor('profesional_tic')
    await expect(exportPack(context, other, { cycleId })).rejects.toMatchObject({ code: 'area_closed' })
    const auditor = await world.actor('control_interno')
    await expect(exportPack(context, auditor, { cycleId: randomUUID() })).rejects.toMatchObject({ code: 'not_visible' })
    await expect(exportPack(context, auditor, { cycleId, signal: AbortSignal.abort() })).rejects.toThrow(/abort/i)
    expect(readdirSync(join(world.dataDir, 'packs'))).toEqual([])
  })

  it('reaches no further than the checkpoint it is proved by', async () => {
    const { entityId } = world
    await withEntity(world.owner, entityId, async (trx) => {
      const placed = await sql<{ n: string; type: string }>`
        select l.n, e.type from log_leaf l join event e on e.id = l.event_id
        where e.cycle_id = ${cycleId} or e.type like 'audit.%' order by l.n`.execute(trx)
      const upTo = (type: string) => ({
        ...{ entityId, cycleId, confidential: [] },
        size: BigInt(placed.rows.find((row) => row.type === type)?.n ?? 0),
      })
      expect(await listPackDecisions(trx, upTo('step.signed'))).toMatchObject([{ verdict: 'submit' }, {}])
      expect(await listPackDecisions(trx, upTo('step.submitted'))).toEqual([])
      expect(await listPackPapers(trx, upTo('audit.sample_drawn'))).toEqual([])
      expect((await listPackPapers(trx, upTo('audit.paper_written'))).map(({ n }) => n)).toEqual([null, null])
      expect((await listPackPapers(trx, upTo('audit.pack_asked'))).map(({ n }) => n)).toEqual([1, null])
      const { size } = upTo('step.signed')
      const story = await listTimeline(trx, { kind: 'cycle', id: cycleId }, { below: size, limit: 200 })
      expect(story.rows.map(({ type }) => type)).not.toContain('step.signed')
      expect(story.rows.length).toBeGreaterThan(3)
    })
  })

  it('copies files and prints its index while it holds nothing of the database', async () => {
    const actor = await world.actor('control_interno')
    const checkpoint = await withEntity(world.owner, world.entityId, (trx) => findCheckpoint(trx, world.entityId))
    if (!checkpoint) throw new Error('nothing is sealed')
    const pack = await writePack(join(folder, 'a-medias'))
    const held: [string, number][] = []
    const add: typeof pack.add = async (name, content) => {
      held.push([name.replace(/\/.*/, ''), await transactionsUnderWay()])
      return await pack.add(name, content)
    }
    const wanted = { context: world.context, actor, cycleId, checkpoint, madeAt: appNow() }
    await fillPack({ ...pack, add }, wanted)
    await pack.close()
    expect(held).toContainEqual(['decisiones', 1])
    const outside = held.filter(([part]) => ['adjuntos', 'verificador', 'indice.pdf'].includes(part))
    expect(outside.map(([, n]) => n)).toEqual([0, 0, 0])
  })

  it('that is not sealed in time is asked for again where it was, and that is on record', async () => {
    const on = (): AppLoadContext & AppContext => ({ ...world.context, requestId: randomUUID() })
    // Each look at the clock is a minute later than the one before.
    let minutes = 0
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => ++minutes * 60_000)
    const asked = new Request(`http://localhost:3000/auditoria/paquete?ejercicio=${cycleId}`)
    const sent = await packRoute.loader({ request: asked, params: {}, context: on() }).catch((thrown) => thrown)
    clock.mockRestore()
    const address = `/auditoria/verificacion?ejercicio=${cycleId}&fallo=sellado`
    expect([sent.status, sent.headers.get('location')]).toEqual([302, `${address}#paquete`])
    const back = new Request(`http://localhost:3000${address}`)
    const html = await (await pageOf(verificationRoute, 'auditoria/verificacion')(back, on())).text()
    expect(html).toContain(refusalSentence('seal_behind'))
    expect(html).toMatch(new RegExp(`<option value="${cycleId}" selected`))
    const { rows } = await withEntity(world.owner, world.entityId, (trx) =>
      sql<{ type: string; code: string | null }>`
        select type, reason_code as code from event where object_id = ${cycleId} and type in ('audit.pack_asked', 'act.refused')
        order by at desc limit 2`.execute(trx),
    )
    expect(rows).toEqual([
      { type: 'act.refused', code: 'seal_behind' },
      { type: 'audit.pack_asked', code: null },
    ])
  })
})
