/**
 * A lived-in entity goes to another installation, with another PostgreSQL, secret and folder, and from there into a second archive: what
 * both hold is equal row by row, opens, verifies and goes on (feature J5, decision 0065).
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sealNow } from '../../activities/seal-log.ts'
import { findCaptureRecord, openAnswers } from '../../db/capture-records.ts'
import { openKey } from '../../db/citizens.ts'
import { type Database, openDatabase, withActor, withEntity } from '../../db/client.ts'
import { appNow } from '../../db/clock.ts'
import { dropCitizen } from '../../db/erasures.ts'
import { newId } from '../../db/ids.ts'
import { auditLog } from '../../db/log-audit.ts'
import { RESUMED } from '../../db/resumed-work.ts'
import { followSecret, isFollowSecret } from '../../db/rights-secrets.ts'
import { roleUrl } from '../../db/roles.ts'
import { demoEntityId } from '../../db/seed.ts'
import { stepOf } from '../../domain/cycle-state.ts'
import { startOurs } from '../../scripts/application.ts'
import * as acts from '../../scripts/demonstration/acts.ts'
import { exportEntity } from '../../scripts/entity-archive/export.ts'
import { importEntity } from '../../scripts/entity-archive/import.ts'
import { openKeyring, readTransferKey, unsealedPieces } from '../../scripts/entity-archive/transfer-key.ts'
import { eventually } from '../../scripts/processes.ts'
import { linesIn, manifestOf, type Parts, partsOf, rowsIn } from '../support/archives.ts'
import { rowsOf } from '../support/database.ts'
import { type OtherInstallation, otherInstallation } from '../support/installations.ts'
import { type Life, liveIn, openProduct } from '../support/lived-in.ts'
import { TEST_SECRET } from '../support/services.ts'
import { testTemporal } from '../support/temporal.ts'
import { builtVerifier } from '../support/verifier.ts'
import { openWorld, type World } from '../support/world.ts'

const entity = { id: demoEntityId('santamarta'), name: 'Santa Marta' }
const neighbour = demoEntityId('cali')
const folder = mkdtempSync(join(tmpdir(), 'caracteriza-archive-'))
const [first, second] = [join(folder, 'primera.zip'), join(folder, 'segunda.zip')]
let world: World
let other: OtherInstallation
let owner: Database
let life: Life
let erased: string
let before: Parts
let after: Parts
/** How the tables of the other installation stood before anything came. */
let guards: unknown[]

beforeAll(async () => {
  await builtVerifier()
  world = await openWorld({ workerProcess: {} })
  const { ownerUrl, dataDir, temporal } = world
  const product = openProduct({
    ownerUrl,
    dataDir,
    temporalAddress: temporal.address,
    namespace: temporal.namespace,
    url: 'http://localhost:3000',
  })
  try {
    life = await eventually(() => liveIn(product, 'santamarta'), 200)
    await eventually(() => liveIn(product, 'cali'), 200)
  } finally {
    await product.close()
  }
  erased = await eraseOne()
  await exportEntity({ databaseUrl: ownerUrl, secret: TEST_SECRET, dataDir, entity, file: first })
  other = await otherInstallation('destino')
  guards = await guardsOf(other.superuserUrl)
  owner = openDatabase(other.databaseUrl, { max: 4 })
  await importEntity({ ...other, file: first, keyFile: `${first}.llave`, isProduction: false })
  await exportEntity({ ...other, entity, file: second })
  ;[before, after] = [partsOf(first), partsOf(second)]
}, 500_000)

afterAll(async () => {
  await owner?.close()
  await other?.close()
  await world?.close()
  rmSync(folder, { recursive: true, force: true })
}, 90_000)

/** A citizen of whom nothing is asked any more. */
async function eraseOne(): Promise<string> {
  return await withEntity(world.owner, entity.id, async (trx) => {
    const { id } = await trx
      .selectFrom('citizen')
      .select('id')
      .where('entity_id', '=', entity.id)
      .where('key_state', '=', 'active')
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('capture_record')
              .select('id')
              .where('id', '=', life.record)
              .whereRef('citizen_id', '=', 'citizen.id'),
          ),
        ),
      )
      .orderBy('id')
      .executeTakeFirstOrThrow()
    await dropCitizen(trx, id, { entityId: entity.id, cause: null, at: appNow() })
    return id
  })
}

const guardsOf = (url: string) =>
  rowsOf(
    url,
    `select c.relname, t.tgname as name, t.tgenabled::text as state from pg_trigger t join pg_class c on c.oid = t.tgrelid where not tgisinternal
      union all select conrelid::regclass::text, conname, condeferrable::text || condeferred::text || convalidated::text from pg_constraint
        where connamespace = 'public'::regnamespace
      union all select tablename, policyname, cmd || coalesce(qual, '') from pg_policies
      union all select relname, 'rls', relrowsecurity::text || relforcerowsecurity::text from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace
      order by 1, 2`,
  )

/** Tables of the log, which went on. */
const GREW = ['event', 'log_leaf', 'log_subtree', 'log_checkpoint', 'log_key']

describe('after export, import and export again', () => {
  test('it is an entity that has lived: most kinds of rows, files of every store, and a log', () => {
    const { tables, files, events } = manifestOf(before)
    expect(tables.filter(({ rows }) => rows > 0).length).toBeGreaterThan(70)
    for (const store of ['archivos', 'originales', 'cortes'])
      expect(
        files.some(({ name }) => name.startsWith(`${store}/`)),
        store,
      ).toBe(true)
    expect(events).toBeGreaterThan(150)
  })

  test('every table has the same rows in the same order, but for the log and the wishes of what goes on', () => {
    expect(manifestOf(after).tables.map(({ name }) => name)).toEqual(manifestOf(before).tables.map(({ name }) => name))
    for (const { name } of manifestOf(before).tables) {
      if (GREW.includes(name)) continue
      if (name in RESUMED)
        expect(rowsIn(after, name).map(still(name)), name).toEqual(rowsIn(before, name).map(still(name)))
      else expect(linesIn(after, name), name).toEqual(linesIn(before, name))
    }
  })

  test('the log is the same and went on: what came, then the coming, then the links and the second export', () => {
    for (const name of GREW) {
      if (name === 'log_subtree') continue
      const lines = linesIn(after, name)
      const came = linesIn(before, name)
      expect(new Set(lines).size, name).toBeGreaterThan(came.length)
      for (const line of came) expect(lines, name).toContain(line)
    }
    expect(linesIn(after, 'event').slice(0, linesIn(before, 'event').length)).toEqual(linesIn(before, 'event'))
    const types = rowsIn(after, 'event')
      .slice(linesIn(before, 'event').length)
      .map(({ type }) => type)
    expect(types).toEqual(['entity.imported', 'account.link_made', 'entity.export_asked'])
    const keys = rowsIn(after, 'log_key').map(({ key_id: id }) => id)
    expect(keys).toHaveLength(2)
    const [old] = rowsIn(before, 'log_key').map(({ key_id: id }) => id)
    const signers = rowsIn(after, 'log_checkpoint').map(({ key_id: id }) => id)
    expect(signers[0]).toBe(old)
    expect(signers.at(-1), 'another key signs from here on').not.toBe(old)
  })

  test('the files are the same, sealed ones say the same, and so are the keys', () => {
    const [keyBefore, keyAfter] = [first, second].map((file) =>
      readTransferKey(entity.id, readFileSync(`${file}.llave`, 'utf8')),
    ) as [Buffer, Buffer]
    expect(keyBefore.equals(keyAfter)).toBe(false)
    const opened = (parts: Parts, key: Buffer, name: string) =>
      name.startsWith('cortes/')
        ? Buffer.concat([...unsealedPieces(key, name, [parts.get(name) as Buffer])])
        : (parts.get(name) as Buffer)
    const names = (parts: Parts) => [...parts.keys()].filter((name) => /^(archivos|originales|cortes)\//.test(name))
    expect(names(after)).toEqual(names(before))
    for (const name of names(before))
      expect(opened(after, keyAfter, name).equals(opened(before, keyBefore, name)), name).toBe(true)
    expect(manifestOf(after).links).toEqual(manifestOf(before).links)
    expect(openKeyring(keyAfter, entity.id, String(after.get('llaves.json')))).toEqual(
      openKeyring(keyBefore, entity.id, String(before.get('llaves.json'))),
    )
  })
})

/** A row without what a resumption moves. */
const still = (table: string) => (row: Record<string, unknown>) => {
  const moved: readonly string[] = RESUMED[table as keyof typeof RESUMED]
  return Object.fromEntries(Object.entries(row).filter(([column]) => !moved.includes(column)))
}

describe('a stranger with nothing but Node', () => {
  const run = (parts: Parts, file: string, ...more: string[]) => {
    const empty = mkdtempSync(join(folder, 'vacia-'))
    writeFileSync(join(empty, 'v.mjs'), parts.get('caracteriza-verificador.mjs') ?? '')
    return spawnSync(process.execPath, ['v.mjs', file, ...more], {
      cwd: empty,
      encoding: 'utf8',
      env: { NODE_ENV: 'production' },
    })
  }

  test('verifies both archives with the verifier inside, also by the key that signed the last checkpoint', () => {
    for (const [parts, file] of [
      [before, first],
      [after, second],
    ] as const) {
      const { status, stdout } = run(parts, file)
      expect(stdout).toMatch(/^SIN CONFIRMAR: la exportación de la entidad está completa/)
      expect(status).toBe(3)
      const key = String(
        rowsIn(parts, 'log_key').find(({ key_id: id }) => id === rowsIn(parts, 'log_checkpoint').at(-1)?.key_id)
          ?.verifier_key,
      )
      const known = run(parts, file, '--llave', key)
      expect(known.stdout).toMatch(/^VÁLIDO: la exportación de la entidad está completa/)
      expect(known.status).toBe(0)
    }
    const [old] = rowsIn(before, 'log_key').map(({ verifier_key: key }) => String(key))
    expect(run(after, second, '--llave', String(old)).status, 'the old key signs nothing any more').toBe(1)
  })

  test('sees an event that is another', () => {
    const unpacked = join(folder, 'abierta')
    for (const [name, content] of before) {
      mkdirSync(join(unpacked, name, '..'), { recursive: true })
      writeFileSync(join(unpacked, name), content)
    }
    expect(run(before, unpacked).status).toBe(3)
    writeFileSync(join(unpacked, 'tablas/event.jsonl'), `${linesIn(before, 'event').slice(1).join('\n')}\n`)
    const { status, stdout } = run(before, unpacked)
    expect(stdout).toContain('NO VÁLIDO: el archivo «tablas/event.jsonl» no es el que se selló')
    expect(status).toBe(1)
  })
})

describe('the archive alone', () => {
  test('shows nothing of another entity', async () => {
    const [zip, url] = [readFileSync(first), new URL(world.ownerUrl)]
    const superuser = (await import('../support/services.ts')).testServices()
    url.username = 'postgres'
    url.password = new URL((await superuser).postgresUrl).password
    const foreign = await rowsOf<{ value: string }>(
      url.toString(),
      `select id::text as value from entity where id = $1 union all select email from account where entity_id = $1
        union all select id::text from person where entity_id = $1 union all select id::text from cycle where entity_id = $1
        union all select encode(leaf, 'hex') from log_leaf where entity_id = $1 union all select wrapped_key::text from citizen where entity_id = $1 and wrapped_key is not null`,
      [neighbour],
    )
    expect(foreign.length).toBeGreaterThan(100)
    for (const { value } of foreign) expect(zip.includes(value), value).toBe(false)
  })

  test('shows nothing that a citizen said, no key, and of an erased citizen no key at all', async () => {
    const zip = readFileSync(first)
    const said = Object.values((await answersOf(life.record)) ?? {}).flatMap((group) =>
      Object.values(group as Record<string, unknown>),
    )
    const texts = said.filter(
      (value): value is string => typeof value === 'string' && /^(?=.*\d)\d{6,}$|\p{L}+ \p{L}+/u.test(value),
    )
    expect(texts.length).toBeGreaterThan(0)
    for (const text of texts) expect(zip.includes(text), text).toBe(false)
    const transfer = readTransferKey(entity.id, readFileSync(`${first}.llave`, 'utf8'))
    for (const key of Object.values(openKeyring(transfer, entity.id, String(before.get('llaves.json')))))
      for (const form of [key, key.toString('base64'), key.toString('hex')]) expect(zip.includes(form)).toBe(false)
    expect(zip.includes(TEST_SECRET)).toBe(false)
    expect(rowsIn(before, 'citizen').find(({ id }) => id === erased)).toMatchObject({
      key_state: 'destroyed',
      wrapped_key: null,
    })
  })

  test('has no password, session, private key or second factor', () => {
    const names = [...before.keys()].join(' ')
    for (const word of ['account_credential', 'session', 'account_factor', 'recovery', 'auth_', 'setup_link', '.pem'])
      expect(names).not.toContain(word)
    expect(readFileSync(first).includes('$argon2')).toBe(false)
    expect(readFileSync(first).includes('PRIVATE KEY')).toBe(false)
  })
})

/** Opened where it came to, under the other secret. */
const answersOf = (recordId: string) =>
  withEntity(owner, entity.id, async (trx) => {
    const record = await findCaptureRecord(trx, entity.id, recordId)
    return record && (await openAnswers(trx, { secret: other.secret, entityId: entity.id }, record))
  })

describe('in the other installation', () => {
  test("a citizen's record opens, an erased one does not, and requests are followed by the secret that was given", async () => {
    expect(Object.keys((await answersOf(life.record)) ?? {}).length).toBeGreaterThan(1)
    const ring = { secret: other.secret, entityId: entity.id }
    await expect(withEntity(owner, entity.id, (trx) => openKey(trx, ring, erased))).rejects.toMatchObject({
      code: 'citizen_erased',
    })
    const given = followSecret({ secret: TEST_SECRET, entityId: entity.id }, life.rights.id)
    expect(isFollowSecret(ring, life.rights.id, given)).toBe(true)
    expect(isFollowSecret({ ...ring, entityId: neighbour }, life.rights.id, given)).toBe(false)
  })

  test('every trigger, constraint and policy stands as it stood', async () => {
    expect(guards.length).toBeGreaterThan(1_000)
    expect(await guardsOf(other.superuserUrl)).toEqual(guards)
  })

  test('nobody rewrites an event, and nobody of another entity sees a row', async () => {
    const web = openDatabase(roleUrl(other.databaseUrl, other.secret, 'web'), { max: 1 })
    try {
      const rewrite = withEntity(web, entity.id, (trx) =>
        trx.updateTable('event').set({ type: 'entity.changed' }).execute(),
      )
      await expect(rewrite).rejects.toThrow(/permission denied/)
      const stranger = { entityId: newId(), personId: newId() }
      for (const table of ['cycle', 'person', 'event', 'citizen', 'release'] as const) {
        const seen = await withActor(web, stranger, (trx) => trx.selectFrom(table).select('id').limit(1).execute())
        expect(seen, table).toEqual([])
      }
    } finally {
      await web.close()
    }
  })

  test('every row that came has its trace, in the transaction of the event that says so', async () => {
    const { writeWithoutEvent } = await import('../../db/automatic-checks/write-without-event.ts')
    const worker = openDatabase(roleUrl(other.databaseUrl, other.secret, 'worker'), { max: 1 })
    try {
      const found = () =>
        withEntity(worker, entity.id, (trx) => writeWithoutEvent(trx, { entityId: entity.id } as never))
      const { found: none, lookedAt } = await found()
      expect(none).toBe(0)
      expect(lookedAt).toBeGreaterThan(300)
      await rowsOf(other.superuserUrl, `update person set display_name = display_name || '.' where id = $1`, [
        life.person,
      ])
      expect((await found()).found, 'a silent write is still found').toBe(1)
    } finally {
      await worker.close()
    }
  })

  test('the log holds, and goes on under the transactions of another cluster', async () => {
    const sealer = openDatabase(roleUrl(other.databaseUrl, other.secret, 'sealer'), { max: 1 })
    try {
      const places = await rowsOf<{ xid: string }>(
        other.superuserUrl,
        'select xid::text from log_leaf where entity_id = $1 order by n',
        [entity.id],
      )
      const xids = places.map(({ xid }) => Number(xid))
      const came = linesIn(before, 'event').length
      expect(Math.max(...xids.slice(came)), 'this cluster counts from less').toBeLessThan(
        Math.min(...xids.slice(0, came)),
      )
      await sealNow(sealer, other.dataDir, entity.id)
      const audit = await withEntity(owner, entity.id, (trx) => auditLog(trx, entity.id))
      expect(audit.faults).toEqual([])
      expect(audit.waiting).toBe(0)
      expect(audit.checkpoints).toBeGreaterThan(2)
      const hidden = newId()
      await rowsOf(
        other.superuserUrl,
        `insert into event (id, entity_id, type, object_type, object_id, origin, xid) values ($1, $2, 'entity.changed', 'entity', $2, 'system', '3'::xid8)`,
        [hidden, entity.id],
      )
      const { faults } = await withEntity(owner, entity.id, (trx) => auditLog(trx, entity.id))
      expect(faults, 'what somebody puts behind is found').toEqual([{ code: 'event_unsealed', eventId: hidden }])
      await rowsOf(other.superuserUrl, 'delete from event where id = $1', [hidden])
    } finally {
      await sealer.close()
    }
  })

  test('what was under way goes on: the open cycle is approved, and every act is confirmed', async () => {
    const temporal = await testTemporal()
    const worker = await startOurs(
      'worker',
      'activities/worker.ts',
      {
        ...{ DATABASE_URL: other.databaseUrl, APP_SECRET: other.secret, DATA_DIR: other.dataDir, LOG_LEVEL: 'warn' },
        ...{ TEMPORAL_ADDRESS: temporal.address, TEMPORAL_NAMESPACE: temporal.namespace, INSTALLATION: 'demo' },
      },
      other.dataDir,
    )
    const { context, close } = openProduct({
      ...{ ownerUrl: other.databaseUrl, dataDir: other.dataDir, url: 'http://localhost:3000' },
      ...{ temporalAddress: temporal.address, namespace: temporal.namespace, secret: other.secret },
    })
    try {
      const state = async () => stepOf((await acts.requireCycle(context, entity.id, life.waiting)).state, '3')
      await eventually(async () => {
        const acted = await rowsOf<{ n: string }>(
          other.superuserUrl,
          `select count(*) as n from act where status = 'done'`,
        )
        expect(Number(acted[0]?.n)).toBe(0)
      }, 120)
      expect((await state()).status).toBe('in_approval')
      await acts.signAll(context, entity.id, life.waiting, '3')
      await eventually(async () => {
        const { status } = stepOf((await acts.requireCycle(context, entity.id, life.waiting)).state, '4')
        expect((await state()).status).toBe('approved')
        expect(status).toBe('in_progress')
      }, 60)
      const open = await rowsOf<{ n: string }>(
        other.superuserUrl,
        `select count(*) as n from act where status in ('stored', 'done')`,
      )
      expect(Number(open[0]?.n)).toBe(0)
      const astray = await rowsOf(other.superuserUrl, `select * from incident where kind = 'record_without_workflow'`)
      expect(astray).toEqual([])
    } finally {
      await close()
      await worker.stop()
      await temporal.close()
    }
  }, 240_000)
})
