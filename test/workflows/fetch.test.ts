import { X509Certificate } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { GONE_LIST } from '../../activities/gone-list.ts'
import { requestCaptured, requestFetch, stopFetch } from '../../app/commands/fetch-source.server.ts'
import { defineConnection, updateConnection } from '../../app/commands/keep-connections.server.ts'
import { lookOutside } from '../../app/commands/look-outside.server.ts'
import { requestImport } from '../../app/commands/request-import.server.ts'
import { tryConnection } from '../../app/commands/try-connection.server.ts'
import { invalidConnection } from '../../app/pages/connection-forms.server.ts'
import { loadSource, previewOf } from '../../app/pages/source.server.ts'
import type { Actor } from '../../app/session.server.ts'
import { outsideFailure } from '../../app/text/connections.ts'
import { emitAggregates, recountsAsPrinted } from '../../db/aggregates.ts'
import { capturedPseudonym } from '../../db/captured-table.ts'
import { withActor, withEntity, withoutEntity } from '../../db/client.ts'
import { appNow, appToday } from '../../db/clock.ts'
import { findConnection } from '../../db/connections.ts'
import { openConfined } from '../../db/duckdb.ts'
import { dropCitizen, findErasure } from '../../db/erasures.ts'
import { findFetch } from '../../db/fetches.ts'
import { type ImportRow, listImports } from '../../db/imports.ts'
import { readSealed } from '../../db/sealed-files.ts'
import { findRewrite } from '../../db/snapshot-rewrites.ts'
import { hashFile, snapshotPath } from '../../db/snapshots.ts'
import { listObjectEvents } from '../../db/timeline.ts'
import type { OutsideTable } from '../../domain/connections.ts'
import { liveAccesses } from '../../scripts/demonstration/access.ts'
import { liveCaptures } from '../../scripts/demonstration/capture.ts'
import { erasureWorkflowId } from '../../workflows/messages.ts'
import { startErasure } from '../../workflows/tellings.ts'
import { savedId } from '../app/command-stage.ts'
import { AUTHORITY, LOCALHOST } from '../support/certificates.ts'
import { CANARY, type Listening, type OtherDatabase, otherDatabase, webServer } from '../support/outside.ts'
import { attach, cycleWithSource, importRow, type Target } from '../support/sources.ts'
import { eventTypes, openWorld, type World } from '../support/world.ts'

const TABLE = { schema: 'public', name: 'atenciones' }

let world: World
let tic: Actor
let target: Target
let other: OtherDatabase
let web: Listening
let connectionId: string

beforeAll(async () => {
  world = await openWorld()
  tic = await world.actor('profesional_tic')
  other = await otherDatabase(
    (user) => `
    create table atenciones (id int primary key, documento text, canal text, monto numeric(10,3), activo boolean);
    insert into atenciones select n, (1000000 + n)::text, case n % 3 when 0 then 'Web' else 'Presencial' end, n + 0.234, n % 2 = 0
      from generate_series(1, 3000) n;
    grant select on atenciones to ${user};`,
  )
  // Begins, and never ends.
  web = await webServer((_, response) => response.write('canal,n\nweb,1\n'))
  target = await cycleWithSource(world)
  const { host, port, database, user } = other
  const typed = { kind: 'postgresql', name: 'Registro', host, port: String(port), database, user, tls: 'none' }
  connectionId = savedId(await defineConnection(world.context, tic, { ...typed, password: CANARY }))
}, 120_000)
afterAll(async () => {
  await world?.close()
  await Promise.all([other?.drop(), web?.close()])
})

const fetchRow = (id: string) => withActor(world.context.db, tic, (trx) => findFetch(trx, id))

/** Asked for and waited for; answers what became of it. */
async function fetched(where: Target, connectionId: string, table: OutsideTable | null) {
  const id = await requestFetch(world.context, tic, { ...where, connectionId, table })
  await expect.poll(async () => (await fetchRow(id))?.status, { timeout: 30_000 }).not.toMatch(/asked|running/)
  return await fetchRow(id)
}

describe('a source behind a connection', () => {
  it('answers its trial, shows its first records, and comes as a received file that is read like any other', async () => {
    expect(await tryConnection(world.context, tic, connectionId)).toBeNull()
    const looked = await lookOutside(world.context, tic, { ...target, connectionId }, TABLE)
    expect(looked).toMatchObject({ ok: true, found: { header: ['id', 'documento', 'canal', 'monto', 'activo'] } })
    expect(looked.ok && looked.found.rows).toHaveLength(50)

    const done = await fetched(target, connectionId, TABLE)
    expect(done).toMatchObject({ status: 'done', failureCode: null })
    const page = await loadSource(world.context, tic, target.cycleId, target.sourceId)
    expect(page.source.origin).toMatchObject({ name: 'Registro', table: TABLE })
    const [row] = page.imports
    expect(row).toMatchObject({ id: done?.importId, fileName: 'public.atenciones.csv', status: 'received' })
    const preview = row && (await previewOf(world.context, tic, page, row))
    // A numeric is written with a point, whatever its first records look like.
    expect(preview?.mapping.map(({ code, type, role, decimalMark }) => [code, type, role, decimalMark])).toEqual([
      ['id', 'integer', 'variable', '.'],
      ['documento', 'text', 'person_key', '.'],
      ['canal', 'category', 'variable', '.'],
      ['monto', 'decimal', 'variable', '.'],
      ['activo', 'boolean', 'variable', '.'],
    ])
    const importId = row?.id ?? ''
    await requestImport(world.context, tic, { ...target, importId, mapping: preview?.mapping ?? [] })
    await expect.poll(async () => (await importRow(world, importId)).status, { timeout: 30_000 }).toBe('done')
    expect(await importRow(world, importId)).toMatchObject({ rows: 3000, rejects: 0 })
  }, 60_000)

  it('brought again with the same records adds nothing, with a new one it is a new file', async () => {
    expect(await fetched(target, connectionId, TABLE)).toMatchObject({ status: 'same' })
    await other.client.query(`insert into atenciones values (0, '99', 'Web', 1, true)`)
    const more = await fetched(target, connectionId, TABLE)
    expect(more).toMatchObject({ status: 'done' })
    const files = await withActor(world.context.db, tic, (trx) => listImports(trx, target.sourceId))
    expect(files.map(({ status }) => status)).toEqual(['received', 'done'])
  }, 60_000)

  it('of captured records comes as a received file with a pseudonym for each person, or says that there are none', async () => {
    const where = { ...target, sourceId: await attach(world, target.cycleId) }
    const { granted } = await liveAccesses(world.context, world.entityId)
    await liveCaptures(world.context, world.entityId, granted)
    const bring = async (form: 'F004' | 'F006') => {
      const captured = { form, vigencia: Number(appToday().slice(0, 4)) }
      const id = await requestCaptured(world.context, tic, { ...where, captured })
      await expect.poll(async () => (await fetchRow(id))?.status, { timeout: 30_000 }).not.toMatch(/asked|running/)
      return await fetchRow(id)
    }
    expect(await bring('F006')).toMatchObject({ status: 'failed', failureCode: 'no_records' })
    expect(await bring('F004')).toMatchObject({ status: 'done' })
    const page = await loadSource(world.context, tic, where.cycleId, where.sourceId)
    expect(page.captured).toEqual([expect.objectContaining({ form: 'F004', records: 8 })])
    const [row] = page.imports
    const preview = row && (await previewOf(world.context, tic, page, row))
    expect(preview?.mapping.slice(0, 3).map(({ code, role }) => [code, role])).toEqual([
      ['seudonimo', 'person_key'],
      ['punto_atencion', 'variable'],
      ['mes', 'variable'],
    ])
    expect(preview?.header).not.toContain('numero_documento')
    await requestImport(world.context, tic, { ...where, importId: row?.id ?? '', mapping: preview?.mapping ?? [] })
    await expect.poll(async () => (await importRow(world, row?.id ?? '')).status, { timeout: 30_000 }).toBe('done')
    expect(await importRow(world, row?.id ?? '')).toMatchObject({ rows: 8, rejects: 0 })
    await erasedFrom(where.sourceId, row?.id ?? '')
  }, 60_000)

  /** Whoever was captured and is erased afterwards is in no file any more, and what was counted before still counts the same. */
  async function erasedFrom(sourceId: string, importId: string) {
    const { entityId, dataDir, owner } = world
    const secret = world.context.config.APP_SECRET
    const [snapshots, originals] = [path.join(dataDir, 'snapshots'), path.join(dataDir, 'files', 'originals', entityId)]
    const inEntity = <T>(work: Parameters<typeof withEntity<T>>[2]) => withEntity(owner, entityId, work)
    const { snapshotHash: hash, fileSha256 } = (await importRow(world, importId)) as ImportRow
    const source = { dir: snapshots, hash: hash ?? '' }
    const printed = await emitAggregates('interno', { kind: 'cross', rows: 'sexo', columns: 'zona' }, source)
    const citizen = await inEntity((trx) =>
      trx.selectFrom('capture_record').select('citizen_id as id').executeTakeFirstOrThrow(),
    )
    const pseudonym = capturedPseudonym({ secret, entityId }, citizen.id)
    const filesWithIt = async () => {
      const found: string[] = []
      for (const name of readdirSync(originals)) {
        const sha256 = name.replace('.sealed', '')
        for await (const piece of readSealed({ dataDir, secret, entityId, sha256 }))
          if (piece.includes(pseudonym)) found.push(sha256)
      }
      return found
    }
    const keysIn = async () => {
      const database = await openConfined(snapshots)
      const rows = await database.rows(`SELECT seudonimo::VARCHAR FROM read_parquet('${snapshotPath(source)}')`)
      database.close()
      return rows.map(([key]) => key)
    }
    expect(await filesWithIt()).toEqual([fileSha256])
    const before = await keysIn()

    const erasureId =
      (await inEntity((trx) => dropCitizen(trx, citizen.id, { entityId, cause: null, at: appNow() }))) ?? ''
    for (const _ of ['once', 'again'])
      await startErasure(world.temporal.client, { entityId, erasureId }).then(() =>
        world.temporal.client.workflow.getHandle(erasureWorkflowId(erasureId)).result(),
      )

    expect(await filesWithIt()).toEqual([])
    expect(await inEntity(async (trx) => (await findErasure(trx, erasureId))?.isSpread)).toBe(true)
    const after = await keysIn()
    expect(after.filter((key) => !before.includes(key))).toHaveLength(1)
    expect(after).toHaveLength(8)
    expect(await recountsAsPrinted(printed, snapshots)).toBe(true)
    const rewrite = await inEntity((trx) => findRewrite(trx, source.hash))
    expect(rewrite).toMatchObject({ times: 1, fileHash: await hashFile(snapshotPath(source)) })
    expect(await importRow(world, importId)).toMatchObject({ snapshotHash: source.hash, rows: 8 })
    const events = await inEntity((trx) =>
      trx.selectFrom('event').select('type').where('object_id', '=', erasureId).execute(),
    )
    expect(events).toEqual([{ type: 'citizen.unlinked' }])
    expect((await loadSource(world.context, tic, target.cycleId, sourceId)).rewrite).toMatchObject({ times: 1 })
    expect(readFileSync(path.join(dataDir, GONE_LIST), 'utf8').trim().split('\n')).toHaveLength(1)
  }

  it('that cannot be reached ends with one sentence, and leaves nothing behind', async () => {
    const where = { ...target, sourceId: await attach(world, target.cycleId) }
    const nameless = { ...where, connectionId, table: { schema: 'public', name: 'a\u0000b' } }
    await expect(requestFetch(world.context, tic, nameless)).rejects.toMatchObject({ code: 'out_of_date' })
    const failed = await fetched(where, connectionId, { schema: 'public', name: 'no_existe' })
    expect(failed).toMatchObject({ status: 'failed', failureCode: 'table_missing' })
    expect(outsideFailure(failed?.failureCode ?? null)).toBe(
      'La base de datos no tiene esa tabla o vista, o ese usuario no la puede ver.',
    )
    const { host, port, database, user } = other
    const typed = { id: connectionId, kind: 'postgresql', name: 'Registro', host, port: String(port), database, user }
    // What is sealed for one server is sent to no other.
    const redirected = { ...typed, host: 'otro.gov.co', tls: 'none', password: '' }
    expect(await updateConnection(world.context, tic, redirected)).toEqual({
      ok: false,
      problems: [{ field: 'password', code: 'secret_needed' }],
    })
    savedId(await updateConnection(world.context, tic, { ...typed, tls: 'none', password: 'equivocada' }))
    expect(await tryConnection(world.context, tic, connectionId)).toMatchObject({ code: 'wrong_password' })
    expect(await fetched(where, connectionId, TABLE)).toMatchObject({ failureCode: 'wrong_password' })
    expect(readdirSync(path.join(world.dataDir, 'imports'))).toEqual([])
  }, 60_000)

  it('trusts another authority only for whom the secret is typed again, and the record tells which one', async () => {
    const { host, port, database, user } = other
    const place = { kind: 'postgresql', name: 'Cifrada', host, port: String(port), database, user, tls: 'verified' }
    const id = savedId(await defineConnection(world.context, tic, { ...place, password: CANARY }))
    const trust = (authority: string, password: string) =>
      updateConnection(world.context, tic, { ...place, id, authority, password })
    const refused = (field: string, code: string) => ({ ok: false, problems: [{ field, code }] })
    expect(await trust(AUTHORITY, '')).toEqual(refused('password', 'secret_needed'))
    expect(await trust(LOCALHOST.key, CANARY)).toEqual(refused('authority', 'is_a_key'))
    const answer = invalidConnection([{ field: 'authority', code: 'is_a_key' }], { authority: LOCALHOST.key })
    expect(JSON.stringify(answer)).not.toContain('PRIVATE KEY')
    expect(await trust('MIIBozCCAUm', CANARY)).toEqual(refused('authority', 'not_a_certificate'))
    const broken = AUTHORITY.replace(/MII.{12}/, '')
    expect(await trust(broken, CANARY)).toEqual(refused('authority', 'not_a_certificate'))
    savedId(await trust(`Autoridad:\r\n${AUTHORITY.replaceAll('\n', '\r\n')}\r\n`, CANARY))
    const [kept, event] = await withActor(world.context.db, tic, async (trx) => [
      await findConnection(trx, id),
      (await listObjectEvents(trx, id, 1))[0],
    ])
    expect(kept?.authority).toBe(AUTHORITY)
    const fingerprint = new X509Certificate(AUTHORITY).fingerprint256
    expect(event?.changes).toContainEqual({ field: 'authority', before: null, after: fingerprint })
    expect(await tryConnection(world.context, tic, id)).toMatchObject({ code: 'tls_absent' })
  })

  it('that stalls can be cancelled, and is over within moments', async () => {
    const where = { ...target, sourceId: await attach(world, target.cycleId) }
    const url = `http://127.0.0.1:${web.port}/datos.csv?clave=${CANARY}`
    const typed = { kind: 'http', name: 'Portal', url, headerName: 'X-Api-Key', headerValue: CANARY }
    const http = savedId(await defineConnection(world.context, tic, typed))
    const fetchId = await requestFetch(world.context, tic, { ...where, connectionId: http, table: null })
    await expect.poll(async () => (await fetchRow(fetchId))?.status, { timeout: 10_000 }).toBe('running')
    await expect(requestFetch(world.context, tic, { ...where, connectionId: http, table: null })).rejects.toMatchObject(
      {
        code: 'import_running',
      },
    )
    await stopFetch(world.context, tic, { ...where, fetchId })
    await expect.poll(async () => (await fetchRow(fetchId))?.status, { timeout: 8_000 }).toBe('cancelled')
    expect(readdirSync(path.join(world.dataDir, 'imports'))).toEqual([])
  }, 30_000)

  it('tells what opens it to nobody: no table, no history of a workflow', async () => {
    const { rows: tables } = await withoutEntity(world.owner, (trx) =>
      sql<{ name: string }>`select relname as name from pg_class c join pg_namespace n on n.oid = relnamespace
        where n.nspname = 'public' and relkind = 'r'`.execute(trx),
    )
    expect(tables.length).toBeGreaterThan(40)
    for (const { name } of tables) {
      const { rows } = await withoutEntity(world.owner, (trx) =>
        sql<{ n: number }>`select count(*)::int as n from ${sql.table(name)} t
          where t::text like ${`%${CANARY}%`} or t::text like ${`%${Buffer.from(CANARY).toString('hex')}%`}`.execute(
          trx,
        ),
      )
      expect(rows, name).toEqual([{ n: 0 }])
    }
    const { rows: readers } = await withoutEntity(world.owner, (trx) =>
      sql<{ role: string }>`select rolname as role from pg_roles where rolname like 'caracteriza\_%'
        and rolname <> 'caracteriza_owner' and has_column_privilege(rolname, 'connection', 'secret', 'select')
        order by 1`.execute(trx),
    )
    expect(readers.map(({ role }) => role)).toEqual(['caracteriza_web', 'caracteriza_worker'])
    const histories = await textOfFetches()
    expect(histories.length).toBeGreaterThanOrEqual(5)
    expect(histories.filter((text) => text.includes(CANARY))).toEqual([])
    expect(await eventTypes(world, target.cycleId)).toEqual(
      expect.arrayContaining([
        'connection.used',
        'fetch.requested',
        'fetch.failed',
        'fetch.cancelled',
        'source.changed',
      ]),
    )
  })
})

/** Every event of every fetch, payloads decoded. */
async function textOfFetches(): Promise<string[]> {
  const { workflow } = world.temporal.client
  const texts: string[] = []
  for await (const { workflowId } of workflow.list({ query: `WorkflowType = 'fetchData'` })) {
    const history = await workflow.getHandle(workflowId).fetchHistory()
    texts.push(
      JSON.stringify(history, (_key, value) => {
        const isBytes = value?.type === 'Buffer' || value instanceof Uint8Array
        return isBytes ? Buffer.from(value.data ?? value).toString('utf8') : value
      }),
    )
  }
  return texts
}
