import { execFile } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { GONE_LIST, listGone, readGone } from '../../activities/gone-list.ts'
import { sealAll } from '../../activities/seal-log.ts'
import { writeWithoutEvent } from '../../db/automatic-checks/write-without-event.ts'
import { type Database, openDatabase, type Trx, withDocumentCode, withEntity } from '../../db/client.ts'
import { findDisposalPage, listDisposalItems } from '../../db/disposal-pages.ts'
import { findDisposalReceipt } from '../../db/disposal-receipts.ts'
import { filePath, storeFile } from '../../db/files.ts'
import { auditLog } from '../../db/log-audit.ts'
import { roleUrl } from '../../db/roles.ts'
import { parseCode } from '../../domain/verification-codes.ts'
import { backup } from '../../scripts/backup.ts'
import { type Postgres, startPostgres } from '../../scripts/postgres.ts'
import { freePort } from '../../scripts/processes.ts'
import { restore } from '../../scripts/restore.ts'
import { filesIn } from '../support/disposals.ts'
import * as installation from '../support/disposing-installation.ts'
import { untilSealable } from '../support/sealable.ts'
import { TEST_SECRET as secret } from '../support/services.ts'

const SHARED = 'Decreto que citan dos ejercicios'
const SERIES = '100.10'

const folder = mkdtempSync(join(tmpdir(), 'caracteriza-restored-disposals-'))
const copy = join(folder, 'copia.tar')
const list = join(folder, GONE_LIST)

/** As far as the copy knows each: nothing, a proposal, an approval, half of it, all of it; and one it has on its way that was returned since. */
const CYCLES = ['unknown', 'proposed', 'approved', 'half', 'whole', 'other'] as const
type Which = (typeof CYCLES)[number] | 'kept'
const cycles = {} as Record<Which, string>
const disposals = {} as Record<Which, string>
const receipts = {} as Record<Which, string>
let entityId: string
let sharedHash: string
let wholeFile: string
let earlier: string

beforeAll(async () => {
  const on = await installation.openInstallation()
  try {
    entityId = on.entityId
    await installation.adopt(on, SERIES)
    for (const which of [...CYCLES, 'kept'] as const)
      cycles[which] = await installation.endedCycle(on, which === 'unknown' ? '77.1' : SERIES, SHARED)
    sharedHash = (await storeFile(on.dataDir, Buffer.from(SHARED))).sha256
    const go = async (which: Which) => {
      receipts[which] = await installation.decide(on, disposals[which], 'approve_disposal')
    }
    for (const which of ['proposed', 'approved', 'half', 'whole'] as const)
      disposals[which] = await installation.propose(on, cycles[which], '04')
    for (const which of ['approved', 'half', 'whole'] as const) await go(which)
    for (const which of ['half', 'whole'] as const) await installation.begin(on, disposals[which])
    wholeFile = (await storeFile(on.dataDir, Buffer.from(`carta ${cycles.whole}`))).sha256
    await installation.carryOut(on, disposals.whole)
    // A file that was copied before its row lost it.
    await storeFile(on.dataDir, Buffer.from(`carta ${cycles.whole}`))
    earlier = await installation.propose(on, cycles.other, '03')
    await backup({ dataDir: on.dataDir, secret, file: copy })

    await installation.adopt(on, '77')
    await installation.change(on, cycles.unknown, (trx) =>
      sql`update step_draft set answers = '{}' where step_id in (select id from step where cycle_id = ${cycles.unknown})`.execute(
        trx,
      ),
    )
    disposals.unknown = await installation.propose(on, cycles.unknown, '05')
    await installation.decide(on, earlier, 'return_disposal')
    disposals.other = await installation.propose(on, cycles.other, '06')
    for (const which of ['unknown', 'proposed', 'other'] as const) await go(which)
    for (const which of ['unknown', 'proposed', 'approved', 'other'] as const)
      await installation.begin(on, disposals[which])
    for (const which of ['unknown', 'proposed', 'approved', 'half', 'other'] as const)
      await installation.carryOut(on, disposals[which])
    for (const which of CYCLES) expect(await installation.contentOf(on.owner, entityId, cycles[which])).toEqual([])
    copyFileSync(join(on.dataDir, GONE_LIST), list)
  } finally {
    await on.close()
    rmSync(on.dataDir, { recursive: true, force: true })
  }
}, 240_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface Copy {
  dataDir: string
  postgres: Postgres
  owner: Database
}

/** Restored with the list that was kept outside, and looked at before anything of ours runs. */
async function within<T>(name: string, file: string, look: (copy: Copy) => Promise<T>): Promise<T> {
  const dataDir = join(folder, name)
  mkdirSync(dataDir, { mode: 0o755 })
  copyFileSync(list, join(dataDir, GONE_LIST))
  await restore({ dataDir, secret, file })
  const postgres = await startPostgres({ dataDir, secret })
  const owner = openDatabase(postgres.ownerUrl(), { max: 2 })
  try {
    return await look({ dataDir, postgres, owner })
  } finally {
    await owner.close()
    await postgres.stop()
  }
}

const read = <T>({ owner }: Copy, work: (trx: Trx) => Promise<T>) => withEntity(owner, entityId, work)

const eventsOf = (restored: Copy, id: string) =>
  read(restored, async (trx) => {
    const rows = trx.selectFrom('event').select(['type', 'act_id']).where('object_id', '=', id)
    return await rows.orderBy('at').orderBy('id').execute()
  })

test('what was disposed of since a copy was taken goes from it again before it starts, whatever the copy knew of it', async () => {
  const listed = await readGone(list)
  expect(listed).toHaveLength(6)
  // Of a list that lies outside the database nobody reads what anybody typed or is called.
  expect(readFileSync(list, 'utf8')).not.toMatch(/Ana|Carta|csv|OGAC/i)
  const again = await within('restaurada', copy, async (restored) => {
    for (const which of CYCLES) {
      const id = disposals[which]
      expect([which, await installation.contentOf(restored.owner, entityId, cycles[which])]).toEqual([which, []])
      const page = await read(restored, (trx) => findDisposalPage(trx, id))
      expect([which, page?.status, page?.removed]).toEqual([which, 'done', page?.items])
      const events = await eventsOf(restored, id)
      expect([which, events.filter(({ type }) => type === 'disposal.content_removed').length]).toEqual([
        which,
        page?.items,
      ])
      const told = events.filter(({ type }) => type === 'disposal.done_again')
      if (which === 'whole') expect([page?.redone, told]).toEqual([null, []])
      else {
        const from = listed.find((one) => 'disposalId' in one && one.disposalId === id)
        const actId = from && 'approved' in from ? from.approved.actId : ''
        expect([which, told]).toEqual([which, [{ type: 'disposal.done_again', act_id: actId }]])
        expect(page?.redone).toMatchObject({ position: 'Jefatura OGAC', receiptCode: receipts[which] })
      }
    }
    expect((await installation.contentOf(restored.owner, entityId, cycles.kept)).length).toBe(5)
    // Files: all of what went, but the one that an exercise names which nobody disposed of.
    const files = filesIn(restored.dataDir)
    expect(files).toContain(filePath(restored.dataDir, sharedHash))
    expect(files).not.toContain(filePath(restored.dataDir, wholeFile))
    expect(files).toHaveLength(3)

    // Of what the copy did not know: the minutes, the series by its code, and that its draft was in no inventory.
    const unknown = await read(restored, (trx) => findDisposalPage(trx, disposals.unknown))
    expect(unknown).toMatchObject({ minutesNumber: '05', series: '77 v1', proposer: 'Administración del sistema' })
    expect([unknown?.items, unknown?.redone?.signedItems]).toEqual([5, 4])
    const last = await read(restored, (trx) => listDisposalItems(trx, disposals.unknown, { cursor: null }))
    expect(last.rows.at(-1)).toMatchObject({ n: 5, kind: 'draft', isFileKept: false })
    const open = openDatabase(roleUrl(restored.postgres.ownerUrl(), secret, 'public'), { max: 1 })
    for (const which of ['unknown', 'half'] as const) {
      const code = parseCode(receipts[which]) ?? ''
      const found = await withDocumentCode(open, code, (trx) => findDisposalReceipt(trx, code))
      expect(found).toMatchObject({ kind: 'approve_disposal', position: 'Jefatura OGAC' })
    }
    await open.close()
    // The one that the copy had on its way is over.
    expect((await read(restored, (trx) => findDisposalPage(trx, earlier)))?.status).toBe('withdrawn')
    expect((await eventsOf(restored, earlier)).at(-1)?.type).toBe('disposal.not_begun')

    await untilSealable(restored.owner, entityId)
    const sealer = openDatabase(roleUrl(restored.postgres.ownerUrl(), secret, 'sealer'), { max: 2 })
    await sealAll(sealer, restored.dataDir)
    await sealer.close()
    expect(await read(restored, (trx) => auditLog(trx, entityId))).toMatchObject({ faults: [] })
    const asked = { entityId, dataDir: restored.dataDir }
    expect((await read(restored, (trx) => writeWithoutEvent(trx, asked))).violations).toEqual([])
    const file = join(folder, 'otra.tar')
    await backup({ dataDir: restored.dataDir, secret, file })
    return file
  })
  // A copy of what was restored knows it all: nothing is done in it a third time.
  await within('otra', again, async (restored) => {
    const { rows } = await read(restored, (trx) =>
      sql<{ n: number }>`select count(*)::int as n from event where type = 'disposal.done_again'`.execute(trx),
    )
    expect(rows).toEqual([{ n: 5 }])
  })
}, 240_000)

test('nothing goes by a list that says other than what was signed, and a restore that did not end does not start', async () => {
  const dataDir = join(folder, 'alterada')
  mkdirSync(dataDir, { mode: 0o755 })
  writeFileSync(join(dataDir, GONE_LIST), readFileSync(list, 'utf8').replaceAll(cycles.unknown, cycles.kept))
  await expect(restore({ dataDir, secret, file: copy })).rejects.toThrow('no es el que se firmó')
  const env = { ...process.env, DATA_DIR: dataDir, APP_SECRET: secret, PORT: String(await freePort()) }
  const started = promisify(execFile)(process.execPath, ['scripts/supervise.ts'], { env })
  await expect(started).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining('no terminó') })
}, 120_000)

test('a line of the list that a crash cut short takes no other along', async () => {
  const dataDir = join(folder, 'lista')
  mkdirSync(dataDir)
  const [first, second] = await readGone(list)
  if (!first || !second) throw new Error('the list has lines')
  writeFileSync(join(dataDir, GONE_LIST), `${JSON.stringify(first).slice(0, 50)}`)
  for (const one of [first, second, first]) await listGone(dataDir, one)
  expect(await readGone(join(dataDir, GONE_LIST))).toEqual([first, second])
})
