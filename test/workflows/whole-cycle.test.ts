import { readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { withoutEntity } from '../../db/client.ts'
import { live } from '../../scripts/demonstration/stories.ts'
import { eventTypes, openWorld, type World } from '../support/world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
}, 120_000)
afterAll(async () => await world.close(), 60_000)

const ROWS = 4_000

describe('a cycle of MM-GAC-P-008 v2', () => {
  it('goes from objectives to published open data by the acts of its people alone', async () => {
    const told: string[] = []
    const story = {
      entityId: world.entityId,
      slug: 'santamarta',
      municipality: 'Santa Marta',
      vigencia: 2025,
      radicado: 'R-2025-1',
      approved: 7,
      rows: ROWS,
    }
    await live(world.context, story, async (sentence) => {
      told.push(sentence)
    })
    expect(told).toHaveLength(7)
    const cycle = await withoutEntity(world.owner, (trx) =>
      trx.selectFrom('cycle').select(['id', 'status']).executeTakeFirstOrThrow(),
    )
    expect(cycle.status).toBe('closed')
    const releases = () =>
      withoutEntity(world.owner, (trx) => trx.selectFrom('release').select(['id', 'status', 'version']).execute())
    await expect.poll(releases, { timeout: 30_000 }).toMatchObject([{ status: 'published', version: 1 }])
    const types = await eventTypes(world, cycle.id)
    expect(types).toEqual(
      expect.arrayContaining([
        'import.done',
        'document.issued',
        'release.drafted',
        'release.published',
        'cycle.closed',
      ]),
    )
    expect(types).not.toContain('act.refused')
  }, 300_000)

  it('leaves a signed report and tables whose totals are the records of the file, but for what is hidden', async () => {
    const files = await withoutEntity(world.owner, (trx) =>
      trx.selectFrom('release_file').select(['kind', 'sha256', 'name']).execute(),
    )
    expect(files.map((file) => file.kind).sort()).toEqual([
      'csv',
      'dictionary',
      'docx',
      'html',
      'json',
      'parquet',
      'pdf',
      'xlsx',
    ])
    const read = (kind: string) => {
      const hash = files.find((file) => file.kind === kind)?.sha256 ?? ''
      return readFileSync(path.join(world.dataDir, 'files', hash.slice(0, 2), hash))
    }
    expect(read('pdf').subarray(0, 5).toString()).toBe('%PDF-')
    expect(read('csv').toString()).toContain(String(ROWS))
    const signatures = await withoutEntity(world.owner, (trx) =>
      trx
        .selectFrom('signature')
        .innerJoin('step', 'step.id', 'signature.step_id')
        .select('position_name')
        .where('step.code', '=', '6')
        .orderBy('signed_at')
        .execute(),
    )
    expect(signatures.map((row) => row.position_name)).toEqual([
      'Profesional OGAC',
      'Profesional SIG',
      'Jefatura OGAC',
      'Secretaría General',
    ])
  })
})
