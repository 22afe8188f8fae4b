/** `npm run verify` as somebody runs it who has the server and a few files from outside. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { originOf } from '../../activities/log-keys.ts'
import { sealAll } from '../../activities/seal-log.ts'
import { type Database, openDatabase, withEntity } from '../../db/client.ts'
import { exportLeaves } from '../../db/leaf-files.ts'
import { findCheckpoint, listLogKeys } from '../../db/log-checkpoints.ts'
import { migrateDatabase } from '../../db/migrate.ts'
import { roleUrl } from '../../db/roles.ts'
import { readHeldFiles } from '../../scripts/held-files.ts'
import { startPostgres } from '../../scripts/postgres.ts'
import { Explained } from '../../scripts/processes.ts'
import type { LogReport } from '../../scripts/verify.ts'
import { root } from '../../scripts/web-build.ts'
import { leafFileText, parseLeafFile } from '../../verifier/leaf-file.ts'
import { newSigner } from '../support/proofs.ts'
import { TEST_SECRET } from '../support/services.ts'
import { smallTown, type Town } from '../support/town.ts'

const folder = mkdtempSync(join(tmpdir(), 'caracteriza-verify-'))
const inFolder = (name: string) => join(folder, name)
let town: Town
let owner: Database
let origin: string
let held: { note: string; keys: string[]; size: number; days: string[] }

beforeAll(async () => {
  town = await smallTown()
  const { entityId, database } = town
  origin = originOf(entityId)
  owner = openDatabase(database.ownerUrl, { max: 1 })
  const sealer = openDatabase(roleUrl(database.ownerUrl, database.secret, 'sealer'), { max: 1 })
  // Around midnight in Bogotá, in an order of their own.
  for (const at of ['2020-03-01T15:00:00Z', '2020-03-02T05:00:01Z', '2020-03-02T04:59:59Z', '2020-03-02T12:00:00Z'])
    await withEntity(owner, entityId, (trx) =>
      sql`insert into event (id, entity_id, type, at, object_type, object_id, origin)
        select gen_random_uuid(), ${entityId}, 'draft.saved', ${at}, 'step_draft', gen_random_uuid(), 'web'
        from generate_series(1, 40)`.execute(trx),
    )
  // One checkpoint over all of it: whatever goes on beside it in the same cluster comes to its end first.
  await vi.waitFor(async () => {
    const { rows } = await withEntity(owner, entityId, (trx) =>
      sql`select from event where xid >= pg_snapshot_xmin(pg_current_snapshot()) limit 1`.execute(trx),
    )
    expect(rows).toEqual([])
  }, 60_000)
  await sealAll(sealer, folder)
  await sealer.close()
  held = await withEntity(owner, entityId, async (trx) => {
    const checkpoint = await findCheckpoint(trx, entityId)
    const days: string[] = []
    for (const day of ['2020-02-29', '2020-03-01', '2020-03-02'])
      days.push(await exportLeaves(trx, entityId, origin, day))
    return {
      note: checkpoint?.note ?? '',
      keys: await listLogKeys(trx, entityId),
      size: Number(checkpoint?.size),
      days,
    }
  })
}, 120_000)
afterAll(async () => {
  await owner?.close()
  await town?.close()
  rmSync(folder, { recursive: true, force: true })
})

function verify(...args: string[]) {
  const { ownerUrl, secret } = town.database
  const env = { ...process.env, DATABASE_URL: ownerUrl, APP_SECRET: secret, DATA_DIR: folder }
  return spawnSync(process.execPath, [join(root, 'scripts', 'verify.ts'), ...args], { env, encoding: 'utf8' })
}

function file(name: string, content: string | Buffer): string {
  writeFileSync(inFolder(name), content)
  return inFolder(name)
}

const change = (statement: ReturnType<typeof sql>) =>
  withEntity(owner, town.entityId, (trx) => statement.execute(trx)).then(() => undefined)

describe('the file of leaves of a day', () => {
  it('goes on where that of the day before ended, whatever was written around midnight', () => {
    const [none, first, second] = held.days.map(parseLeafFile)
    expect(none).toMatchObject({ origin, leaves: [] })
    // What was set up before these events stands before them in the log and is of a later day.
    expect(second?.from).toBe((first?.from ?? 0) + (first?.leaves.length ?? 0))
    expect(first?.leaves.length).toBeGreaterThanOrEqual(120)
    expect(second?.leaves).toHaveLength(40)
  })
})

describe('npm run verify', () => {
  it('says of a log in order how much it holds, under which root and keys, and ends with 0', () => {
    const files = ['--from', file('punto.txt', held.note), '--from', file('hojas.txt', held.days[1] ?? '')]
    const { status, stdout, stderr } = verify(...files, '--json', inFolder('informe.json'))
    expect([status, stderr]).toEqual([0, ''])
    const [report] = JSON.parse(readFileSync(inFolder('informe.json'), 'utf8')) as LogReport[]
    expect(report).toMatchObject({ entityId: town.entityId, size: held.size, checkpoints: 1, waiting: 0, faults: [] })
    for (const said of [
      'Prueba: la bitácora está íntegra.',
      `${held.size} hechos sellados, 1 punto de control firmado, 0 hechos esperan su sello`,
      `Raíz: ${report?.root}`,
      `Llave ${held.keys[0]?.split('+')[1]}: ${held.keys[0]}`,
    ])
      expect(stdout).toContain(said)
  })

  it('names the event that was changed, by number, day and identifier, and ends with 1', async () => {
    await change(
      sql`update event set reason_code = 'otra' where id = (select event_id from log_leaf where n = ${held.size - 50})`,
    )
    try {
      const { status, stdout, stderr } = verify('--json', inFolder('informe.json'))
      expect([status, stderr]).toEqual([1, ''])
      expect(stdout).toContain('Prueba: LA BITÁCORA NO ESTÁ ÍNTEGRA.')
      expect(stdout).toMatch(
        new RegExp(
          `El hecho n\\.º ${held.size - 49} \\(1 de marzo de 2020, 23:59\\) no es el que se selló: alguien lo cambió después\\. Identificador: [0-9a-f-]{36}\\.`,
        ),
      )
      const [report] = JSON.parse(readFileSync(inFolder('informe.json'), 'utf8')) as LogReport[]
      expect(report?.faults).toMatchObject([{ fault: { code: 'event_changed', n: held.size - 50 } }])
    } finally {
      await change(sql`update event set reason_code = null where reason_code = 'otra'`)
    }
  })

  it('finds by the checkpoint that was kept outside that the end was taken away', async () => {
    const { entityId } = town
    await change(sql`create table kept as select * from log_checkpoint where entity_id = ${entityId}`)
    await change(sql`delete from log_checkpoint where entity_id = ${entityId}`)
    await change(sql`create table cut as select * from log_leaf where n >= ${held.size - 10}`)
    await change(sql`delete from log_leaf where n >= ${held.size - 10}`)
    try {
      expect(verify().stdout).toContain('Prueba: la bitácora está íntegra.')
      const { status, stdout } = verify('--from', file('punto.txt', held.note))
      expect(status).toBe(1)
      expect(stdout).toContain(
        `La bitácora termina en el hecho n.º ${held.size - 10} y estaba sellada hasta el n.º ${held.size}`,
      )
    } finally {
      await change(sql`insert into log_leaf select * from cut`)
      await change(sql`insert into log_checkpoint select * from kept`)
    }
  })

  it('finds by leaves that were kept outside that the end was taken away, however many they are', () => {
    const leaves = Array.from({ length: 200_000 }, () => 'ab'.repeat(32))
    const { status, stdout, stderr } = verify(
      '--from',
      file('muchas.txt', leafFileText({ origin, from: held.size, leaves })),
    )
    expect([status, stderr]).toEqual([1, ''])
    expect(stdout).toContain(`La bitácora termina en el hecho n.º ${held.size} y estaba sellada hasta el n.º`)
  })

  it('says in one sentence what is wrong with a file or an order, reads nothing over, and ends with 2', () => {
    const orders: [string[], string][] = [
      [['--from', inFolder('falta.txt')], 'No se puede leer el archivo'],
      [['--from', file('a.txt', 'hola')], 'no es un punto de control firmado ni un archivo de hojas'],
      [['--llave', newSigner().key], 'es de la bitácora de otra entidad, que no está en esta instalación.'],
      [['--llave', 'x'], 'La llave indicada con --llave está mal escrita.'],
      [['--otra'], 'Uso: npm run verify'],
    ]
    for (const [args, sentence] of orders) {
      const { status, stdout, stderr } = verify(...args)
      expect([status, stdout], sentence).toEqual([2, ''])
      expect(stderr).toContain(sentence)
      expect(stderr).not.toMatch(/\n {4}at /)
    }
  })
})

describe('npm run verify where nobody has started the installation', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'caracteriza-stopped-'))
  afterAll(() => rmSync(dataDir, { recursive: true, force: true }))

  it('starts its database for the time of the reading, or says that there is none', async () => {
    const env = { ...process.env, DATABASE_URL: undefined, DATA_DIR: dataDir, APP_SECRET: TEST_SECRET }
    const run = () => spawnSync(process.execPath, [join(root, 'scripts', 'verify.ts')], { env, encoding: 'utf8' })
    const none = run()
    expect([none.status, none.stdout]).toEqual([2, ''])
    expect(none.stderr.trim()).toMatch(/^No hay base de datos en .*\.$/)
    const postgres = await startPostgres({ dataDir, secret: TEST_SECRET })
    try {
      await migrateDatabase(postgres.ownerUrl(), TEST_SECRET)
    } finally {
      await postgres.stop()
    }
    const { status, stdout, stderr } = run()
    expect([status, stdout, stderr]).toEqual([0, 'No hay ninguna entidad todavía: no hay bitácora que leer.\n', ''])
    rmSync(postgres.folder, { recursive: true, force: true })
  }, 180_000)
})

describe('a file that is held against the log', () => {
  const judged = (content: string | Buffer) => {
    try {
      readHeldFiles([file('x', content)], [{ entityId: town.entityId, origin, keys: held.keys }])
      return 'taken'
    } catch (error) {
      return error instanceof Explained ? error.message.replace(inFolder('x'), 'x') : String(error)
    }
  }

  it('agrees with the others, or none of them is held', () => {
    const { from, leaves } = parseLeafFile(held.days[1] ?? '')
    const path = (name: string, some: string[], first = from) =>
      file(name, leafFileText({ origin, from: first, leaves: some }))
    const logs = [{ entityId: town.entityId, origin, keys: held.keys }]
    const whole = path('entero', leaves)
    expect(
      readHeldFiles([whole, path('parte', leaves.slice(7), from + 7)], logs).get(town.entityId)?.leaves,
    ).toHaveLength(2)
    const other = path('otro', ['ab'.repeat(32), ...leaves.slice(8)], from + 7)
    expect(() => readHeldFiles([whole, other], logs)).toThrow(
      `Los archivos ${whole} y ${other} no traen la misma huella del hecho n.º ${from + 8}:`,
    )
  })

  it('is taken whole, signed by a key of its entity, or refused by a sentence of its own', () => {
    const forged = newSigner(origin).sign(5n, Buffer.alloc(32))
    const [, leaves = ''] = held.days
    const cases: [string | Buffer, string][] = [
      [held.note, 'taken'],
      [leaves, 'taken'],
      [`\uFEFF${held.note.replaceAll('\n', '\r\n')}`, 'taken'],
      [`\uFEFF${leaves.replaceAll('\n', '\r\n')}`, 'taken'],
      ['', 'El archivo x no es un punto de control firmado ni un archivo de hojas.'],
      [Buffer.from([0xff, 0xfe]), 'El archivo x no es un punto de control firmado ni un archivo de hojas.'],
      [leaves.slice(0, -1), 'El archivo de hojas x está cortado: le faltan líneas.'],
      [
        leaves.slice(0, leaves.lastIndexOf('\n', leaves.length - 2) + 1),
        'El archivo de hojas x está cortado: le faltan líneas.',
      ],
      [
        leaves.replace('hojas 1', 'hojas 2'),
        'El archivo de hojas x está escrito en una versión más nueva que este programa.',
      ],
      [
        leaves.replace(origin, `${origin}0`),
        'El archivo x es de la bitácora de otra entidad, que no está en esta instalación.',
      ],
      [
        held.note.replaceAll(origin, `${origin}0`),
        'El archivo x es de la bitácora de otra entidad, que no está en esta instalación.',
      ],
      [held.note.slice(0, -20), 'El punto de control x está cortado o mal escrito.'],
      [
        held.note.replace(/\n(\d+)\n/, '\n1$1\n'),
        'La firma del punto de control x no corresponde a lo que dice: alguien lo cambió.',
      ],
      [
        forged,
        'El punto de control x está firmado con una llave que su entidad no tiene aquí: el archivo es falso, o cambiaron las llaves de la entidad.',
      ],
    ]
    for (const [content, said] of cases) expect(judged(content), said).toBe(said)
    for (let length = 0; length < held.note.length; length++)
      expect(judged(held.note.slice(0, length)), `${length}`).not.toBe('taken')
  })
})
