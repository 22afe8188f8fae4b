/** What an installation does not take in, each in one sentence, and that nothing of it stays (decision 0065). */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDatabase } from '../../db/client.ts'
import { filePath, storeFile } from '../../db/files.ts'
import { demoEntityId } from '../../db/seed.ts'
import { exportEntity } from '../../scripts/entity-archive/export.ts'
import { importEntity } from '../../scripts/entity-archive/import.ts'
import { LEFT_OUT, listArchived, OF_INSTALLATION } from '../../scripts/entity-archive/tables.ts'
import type { ArchiveManifest } from '../../verifier/archives.ts'
import { MANIFEST } from '../../verifier/packs.ts'
import { forge, type Parts, partsOf, rowsIn, writeParts } from '../support/archives.ts'
import { demonstrationDatabase, type FreshDatabase, freshDatabase, rowsOf } from '../support/database.ts'
import { runImport } from '../support/installations.ts'
import { builtVerifier } from '../support/verifier.ts'

const entity = { id: demoEntityId('santamarta'), name: 'Santa Marta' }
const folder = mkdtempSync(join(tmpdir(), 'caracteriza-refusals-'))
const [file, dataDir] = [join(folder, 'entidad.zip'), join(folder, 'data')]
let from: FreshDatabase
let to: FreshDatabase
let parts: Parts
let shield: string

beforeAll(async () => {
  await builtVerifier()
  ;[from, to] = [await demonstrationDatabase(), await freshDatabase()]
  shield = (await storeFile(join(folder, 'from'), Buffer.from('un escudo'))).sha256
  await rowsOf(
    from.superuserUrl,
    `with changed as (update entity set shield_hash = '${shield}' where id = '${entity.id}' returning id)
      insert into event (id, entity_id, type, object_type, object_id, origin) select gen_random_uuid(), id, 'entity.changed', 'entity', id, 'system' from changed`,
  )
  await exportEntity({ databaseUrl: from.ownerUrl, secret: from.secret, dataDir: join(folder, 'from'), entity, file })
  parts = partsOf(file)
}, 120_000)

afterAll(async () => {
  await Promise.all([from?.drop(), to?.drop()])
  rmSync(folder, { recursive: true, force: true })
})

const bring = (
  given: { file?: string; keyFile?: string; isProduction?: boolean; database?: FreshDatabase; keys?: string[] } = {},
) => {
  const { database = to } = given
  const options = { file, keyFile: `${file}.llave`, isProduction: false, dataDir, ...given }
  return importEntity({ ...options, databaseUrl: database.ownerUrl, secret: database.secret })
}

/** Nothing stays of what was refused: no row, no file, no key. */
async function expectNothing(): Promise<void> {
  const rows = await rowsOf<{ n: number }>(
    to.superuserUrl,
    'select (select count(*) from entity) + (select count(*) from event) as n',
  )
  expect(Number(rows[0]?.n)).toBe(0)
  const left = existsSync(dataDir) ? readdirSync(dataDir, { recursive: true, withFileTypes: true }) : []
  expect(left.filter((one) => one.isFile()).map(({ name }) => name)).toEqual([])
}

describe('an archive is refused', () => {
  let n = 0
  const written = (bytes: Buffer) => {
    const path = join(folder, `${++n}.zip`)
    writeFileSync(path, bytes)
    return path
  }
  const whole = () => {
    const path = join(folder, `${++n}.zip`)
    return { path, write: (changed: Parts) => writeParts(path, changed) }
  }
  const without = async (name: string) => {
    const { path, write } = whole()
    await write(new Map([...parts].filter(([part]) => part !== name)))
    return path
  }
  const forged = async (change: (parts: Parts, manifest: ArchiveManifest) => void) => {
    const path = join(folder, `${++n}.zip`)
    await forge(path, parts, change)
    return path
  }
  const edited = (table: string, change: (line: string) => string) => (content: Parts) =>
    void content.set(`tablas/${table}.jsonl`, Buffer.from(change(String(content.get(`tablas/${table}.jsonl`)))))

  const CASES: [string, () => Promise<string>, RegExp][] = [
    ['cut short', async () => written(readFileSync(file).subarray(0, -100)), /está cortado/],
    [
      'with a changed byte',
      async () => written(flipped(readFileSync(file), 'tablas/person.jsonl')),
      /tablas\/person\.jsonl/,
    ],
    ['without one of its files', () => without('tablas/person.jsonl'), /falta el archivo «tablas\/person\.jsonl»/],
    [
      'of a newer form',
      async () => {
        const { path, write } = whole()
        await write(
          new Map(parts).set(
            MANIFEST,
            Buffer.from(String(parts.get(MANIFEST)).replace('"version": 1', '"version": 2')),
          ),
        )
        return path
      },
      /versión más nueva/,
    ],
    [
      'of newer tables',
      () => forged((_, manifest) => void manifest.migrations.push('9999_later')),
      /versión más nueva del producto \(9999_later\)/,
    ],
    ['of older tables', () => forged((_, manifest) => void manifest.migrations.pop()), /versión anterior del producto/],
    [
      'with a row of another entity',
      () => forged(edited('agency', (text) => text.replace(entity.id, demoEntityId('cali')))),
      /tablas\/agency\.jsonl:1» es de otra entidad/,
    ],
    [
      'with a row more than its manifest says',
      () => forged(edited('agency', (text) => `${text}${text.split('\n')[0]}\n`)),
      /tablas\/agency\.jsonl» no tiene las filas/,
    ],
    [
      'with an event that was rewritten',
      () => forged(edited('event', (text) => text.replace('"entity.installed"', '"entity.changed"'))),
      /no son los que se firmaron/,
    ],
    [
      'whose leaves are not those of its events',
      () => forged(edited('log_leaf', (text) => text.replace(/"leaf":"\\\\x../, '"leaf":"\\\\xff'))),
      /El hecho .* no es el que se selló/,
    ],
    ['that is something else', async () => written(Buffer.from('no soy un ZIP')), /está cortado o no es/],
  ]

  for (const [what, made, sentence] of CASES)
    test(what, async () => {
      const error = (await bring({ file: await made() }).catch((failure) => failure)) as Error
      expect(error.constructor.name).toBe('Explained')
      expect(error.message).toMatch(sentence)
      expect(error.message).toMatch(/^No se importó nada: /)
      expect(error.message).not.toContain('\n')
      await expectNothing()
    })
})

/** One byte of the content of a part is another. */
function flipped(zip: Buffer, name: string): Buffer {
  const copy = Buffer.from(zip)
  const at = copy.indexOf(name) + name.length + 20
  copy[at] = (copy[at] ?? 0) ^ 1
  return copy
}

describe('an installation refuses', () => {
  test('the key of another export', async () => {
    const keyFile = join(folder, 'otra.llave')
    writeFileSync(keyFile, `caracteriza-llave-de-traslado ${entity.id} ${'A'.repeat(43)}\n`)
    await expect(bring({ keyFile })).rejects.toThrow(/La llave de traslado no es la de esta exportación/)
    writeFileSync(keyFile, 'no soy una llave')
    await expect(bring({ keyFile })).rejects.toThrow(/La llave de traslado no es la de esta exportación/)
    await expectNothing()
  })

  test('what somebody sealed with a key of their own, where the public key of the entity is given', async () => {
    const [path, key] = [join(folder, 'ajena.zip'), String(rowsIn(parts, 'log_key')[0]?.verifier_key)]
    await forge(path, parts, () => undefined)
    await expect(bring({ file: path, keys: [key] })).rejects.toThrow(/firmado con otra llave/)
    await expectNothing()
  })

  test('an archive or a key that is not there', async () => {
    await expect(bring({ file: join(folder, 'nada.zip') })).rejects.toThrow(/No existe el archivo/)
    await expect(bring({ keyFile: join(folder, 'nada.llave') })).rejects.toThrow(/No existe el archivo/)
  })

  test('an entity it has, and a municipality of the demonstration in production', async () => {
    await expect(bring({ database: from })).rejects.toThrow(/ya tiene la entidad/)
    await expect(bring({ isProduction: true })).rejects.toThrow(/municipio de demostración/)
    await expectNothing()
  })

  test('whoever has an address of its accounts already', async () => {
    const other = await freshDatabase()
    try {
      const event = `insert into event (id, entity_id, type, object_type, object_id, origin) values (gen_random_uuid(), '${demoEntityId('cali')}', 'entity.installed', 'entity', '${demoEntityId('cali')}', 'system')`
      await rowsOf(
        other.superuserUrl,
        `with e as (insert into entity (id, name, short_name, divipola, nit) values ('${demoEntityId('cali')}', 'Otra', 'Otra', '99999', '1') returning id),
          n as (${event}) insert into account (name, email, entity_id) select 'x', 'administracion@santamarta.demo.test', id from e`,
      )
      await expect(bring({ database: other })).rejects.toThrow(/ya tiene en account un valor que debe ser único/)
      const [left] = await rowsOf<{ n: string }>(other.superuserUrl, 'select count(*) as n from entity')
      expect(Number(left?.n)).toBe(1)
    } finally {
      await other.drop()
    }
  })

  test('a second export into the same file', async () => {
    const again = exportEntity({
      databaseUrl: from.ownerUrl,
      secret: from.secret,
      dataDir: join(folder, 'from'),
      entity,
      file,
    })
    await expect(again).rejects.toThrow(/una exportación no se sobrescribe/)
  })
})

describe('every table of the database', () => {
  test('travels, or is left out by name with a reason', async () => {
    const owner = openDatabase(to.ownerUrl, { max: 1 })
    try {
      const archived = await owner.within({}, listArchived)
      const all = await rowsOf<{ name: string }>(
        to.superuserUrl,
        `select relname as name from pg_class where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace order by 1`,
      )
      const known = [...archived.map(({ name }) => name), ...Object.keys(LEFT_OUT), ...OF_INSTALLATION]
      expect(known.sort()).toEqual(all.map(({ name }) => name))
      expect(archived.every(({ columns, order }) => columns.length > 0 && order.length > 0)).toBe(true)
    } finally {
      await owner.close()
    }
  })

  test('is found where somebody adds one', async () => {
    await rowsOf(to.superuserUrl, 'create table later (id uuid primary key, entity_id uuid not null)')
    const owner = openDatabase(to.ownerUrl, { max: 1 })
    try {
      expect((await owner.within({}, listArchived)).map(({ name }) => name)).toContain('later')
    } finally {
      await owner.close()
      await rowsOf(to.superuserUrl, 'drop table later')
    }
  })
})

describe('an import that is killed', () => {
  for (const point of ['import-entity:files-placed', 'import-entity:before-commit'])
    test(`at ${point} leaves nothing half done, and the next takes all of it`, async () => {
      const env = { TEST_FAULT: `${point}=kill` }
      expect(runImport({ to, dataDir, file, env }).signal).toBe('SIGKILL')
      expect(existsSync(filePath(dataDir, shield)), 'what it had placed is still there').toBe(true)
      const [there] = await rowsOf<{ n: string }>(to.superuserUrl, 'select count(*) as n from entity')
      expect(Number(there?.n)).toBe(0)
      // Whoever comes next with something that is refused sweeps up as well.
      await expect(bring({ isProduction: true })).rejects.toThrow()
      await expectNothing()
    }, 60_000)

  test('is run again, says what it did and gives who administers a link', async () => {
    const { status, stdout } = runImport({ to, dataDir, file, env: { PUBLIC_URL: 'https://otra.gov.co' } })
    expect(status).toBe(0)
    expect(stdout).toMatch(/Santa Marta.* está en esta instalación, con \d+ hechos sellados/)
    expect(stdout).toMatch(/La selló la llave [0-9a-f]{8}, que viene en la misma exportación/)
    expect(stdout).toMatch(/administracion@santamarta\.demo\.test: https:\/\/otra\.gov\.co\/crear-clave\/\S{32}/)
    const [there] = await rowsOf<{ n: string }>(to.superuserUrl, 'select count(*) as n from person')
    expect(Number(there?.n)).toBeGreaterThan(10)
    expect(readdirSync(join(dataDir, 'importing'))).toEqual([])
  }, 60_000)
})
