import { randomUUID } from 'node:crypto'
import { createWriteStream, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { disposeAgain } from '../../activities/carry-out-disposal.ts'
import { GONE_LIST, readGone } from '../../activities/gone-list.ts'
import { sealAll, startSealer } from '../../activities/seal-log.ts'
import { attachToComment, requireOwnComment } from '../../app/commands/change-comment.server.ts'
import { decideDisposal } from '../../app/commands/decide-disposal.server.ts'
import { exportPack } from '../../app/commands/export-pack.server.ts'
import { writeComment } from '../../app/commands/write-comment.server.ts'
import { requireChangesPage } from '../../app/pages/changes.server.ts'
import { loadCycleAsOf } from '../../app/pages/cycle-as-of.server.ts'
import { disposalsToDecide } from '../../app/pages/disposals.server.ts'
import { LISTINGS } from '../../app/pages/lists/index.server.ts'
import { allRows } from '../../app/pages/lists/listing.server.ts'
import { findStepPage } from '../../app/pages/step.server.ts'
import type { Actor } from '../../app/session.server.ts'
import { disposedSentence } from '../../app/text/disposal.ts'
import { approvalOfOtherContent } from '../../db/automatic-checks/approval-of-other-content.ts'
import { writeWithoutEvent } from '../../db/automatic-checks/write-without-event.ts'
import { type Database, openDatabase, type Trx, withActor, withDocumentCode, withEntity } from '../../db/client.ts'
import { appNow, appToday } from '../../db/clock.ts'
import { listInventory } from '../../db/disposal-inventory.ts'
import { requireContent } from '../../db/disposal-pages.ts'
import { findDisposalReceipt } from '../../db/disposal-receipts.ts'
import { findDisposal } from '../../db/disposals.ts'
import { listedDisposal } from '../../db/disposals-again.ts'
import { listEarlierSources } from '../../db/earlier-sources.ts'
import { DISPOSAL_POINTS } from '../../db/fault-points.ts'
import { filePath, storeFile } from '../../db/files.ts'
import { auditLog } from '../../db/log-audit.ts'
import { listRules } from '../../db/retention.ts'
import { roleUrl } from '../../db/roles.ts'
import type { DisposalVerdict } from '../../domain/disposal.ts'
import type { RefusalCode } from '../../domain/refusals.ts'
import { parseCode } from '../../domain/verification-codes.ts'
import { livePid } from '../../scripts/processes.ts'
import { checkPack } from '../../verifier/check-pack.ts'
import { openPack } from '../../verifier/pack-source.ts'
import { disposalWorkflowId } from '../../workflows/messages.ts'
import { tellDisposal } from '../../workflows/tellings.ts'
import { adoptSeries, attachTo, endedCycle, filesIn, propose } from '../support/disposals.ts'
import { untilSealable } from '../support/sealable.ts'
import { fastForward } from '../support/temporal.ts'
import { builtVerifier } from '../support/verifier.ts'
import { openWorld, type World } from '../support/world.ts'

const SHARED = 'Decreto que citan dos ejercicios'
const DAY_S = 86_400

let folder: string
let orders: string
let world: World
let sealer: Database
let admin: Actor
let head: Actor
/** A disposal that was carried out. */
let done: { id: string; cycleId: string }
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'caracteriza-disposal-'))
  orders = path.join(folder, 'next-fault')
  world = await openWorld({ workerProcess: { TEST_FAULT: `@${orders}` } })
  sealer = openDatabase(roleUrl(world.ownerUrl, world.context.config.APP_SECRET, 'sealer'), { max: 2 })
  ;[admin, head] = await Promise.all([world.actor('administracion'), world.actor('jefatura_ogac')])
  await adoptSeries(world, admin)
  await builtVerifier()
}, 180_000)
afterAll(async () => {
  await sealer?.close()
  await world?.close()
  await rm(folder, { recursive: true, force: true })
}, 60_000)

const rows = <T>(read: (trx: Trx) => Promise<T>): Promise<T> => withEntity(world.owner, world.entityId, read)
const isAlive = () => livePid(path.join(world.dataDir, 'run'), 'worker') !== undefined
const stateOf = async (id: string) => (await rows((trx) => findDisposal(trx, id)))?.state
const ended = (id: string) => world.context.temporal.workflow.getHandle(disposalWorkflowId(id)).result()

/** Its workflow has read it. */
async function begun(id: string): Promise<void> {
  const handle = world.context.temporal.workflow.getHandle(disposalWorkflowId(id))
  const status = () =>
    handle
      .describe()
      .then(({ status: one }) => one.name)
      .catch(() => '')
  await expect.poll(status, { timeout: 30_000 }).toBe('RUNNING')
}

async function decide(id: string, verdict: DisposalVerdict, by: Actor) {
  const contentHash = (await stateOf(id))?.contentHash ?? ''
  const input = { disposalId: id, verdict, contentHash, observation: 'Como lo decidió el comité.' }
  return await decideDisposal(world.context, { ...by, provedAt: appNow() }, input)
}

const codeOf = (work: Promise<unknown>): Promise<RefusalCode | null> =>
  work.then(
    () => null,
    (failure: { code: RefusalCode }) => failure.code,
  )

interface Stone {
  n: number
  kind: string
  sha256: string
  bytes: string
  kept: boolean
}
const stonesOf = (id: string) =>
  rows(async (trx) => {
    const found = await sql<Stone>`select n, kind, sha256, bytes::text, is_file_kept as kept from disposal_tombstone
      where disposal_id = ${id} order by n`.execute(trx)
    return found.rows
  })
const itemsOf = (id: string) =>
  rows(async (trx) => {
    const found = await sql<Stone>`select n, kind, sha256, bytes::text, is_shared as kept from disposal_item
      where disposal_id = ${id} order by n`.execute(trx)
    return found.rows
  })

/** Whoever holds the receipt learns what was decided, where and on which content, and of nobody who it was; no other code opens anything. */
async function mustBeAuthentic(id: string, receiptCode: string) {
  const open = openDatabase(roleUrl(world.ownerUrl, world.context.config.APP_SECRET, 'public'), { max: 1 })
  const behind = (code: string) => withDocumentCode(open, code, (trx) => findDisposalReceipt(trx, code))
  expect(await behind(parseCode(receiptCode) ?? '')).toEqual({
    ...{ entity: 'Alcaldía Distrital de Santa Marta', kind: 'approve_disposal', position: 'Jefatura OGAC' },
    ...{ at: expect.any(Date), method: expect.any(String), contentHash: (await stateOf(id))?.contentHash },
  })
  const opened = withDocumentCode(open, 'ABCDEFGHJKMN', (trx) => sql`select id from disposal_signature`.execute(trx))
  expect((await opened).rows).toEqual([])
  await open.close()
}

const signaturesOf = (id: string) =>
  rows(async (trx) => {
    const found = trx.selectFrom('disposal_signature').select('kind').where('disposal_id', '=', id)
    return (await found.orderBy('signed_at').execute()).map(({ kind }) => kind)
  })

/** Frozen versions that have no content any more. */
const emptied = (cycleId: string) =>
  rows(async (trx) => {
    const found = trx
      .selectFrom('step_version')
      .select('id')
      .where('cycle_id', '=', cycleId)
      .where('canonical', '=', '')
    return (await found.execute()).length
  })

/** What was sealed holds, every version that stands has the content its hash says, and nothing was written without its event. */
async function mustHold() {
  await untilSealable(world.owner, world.entityId)
  await sealAll(sealer, world.dataDir)
  expect(await rows((trx) => auditLog(trx, world.entityId))).toMatchObject({ faults: [] })
  for (const examine of [approvalOfOtherContent, writeWithoutEvent])
    expect(
      (await rows((trx) => examine(trx, { entityId: world.entityId, dataDir: world.dataDir }))).violations,
    ).toEqual([])
}

it('a proposal that another person approves takes the content away after a day, leaves its hashes, and the log still holds', async () => {
  const other = await world.newCycle()
  await expect
    .poll(async () => (await world.cycle(other)).state.steps[0]?.status, { timeout: 60_000 })
    .toBe('in_progress')
  const sharedHash = await attachTo(world, other, '1', SHARED, 'Norma.txt')
  const cycleId = await endedCycle(world, SHARED)
  const before = await rows((trx) => listInventory(trx, world.entityId, cycleId))
  expect(new Set(before.map(({ kind }) => kind))).toEqual(
    new Set(['content', 'draft', 'attachment', 'received', 'snapshot']),
  )
  expect(before.filter(({ isShared }) => isShared).map(({ sha256 }) => sha256)).toEqual([sharedHash])

  // The worker itself cannot empty what has no tombstone, nor put other words into it.
  const worker = openDatabase(roleUrl(world.ownerUrl, world.context.config.APP_SECRET, 'worker'), { max: 1 })
  for (const change of [`snapshot_html = ''`, `answers = '{}', canonical = '', snapshot_html = '', look = null`])
    await expect(
      withEntity(worker, world.entityId, (trx) =>
        sql`update step_version set ${sql.raw(change)} where cycle_id = ${cycleId}`.execute(trx),
      ),
    ).rejects.toMatchObject({ code: 'CZ003' })
  await worker.close()

  const listed = await rows(async (trx) =>
    allRows(await LISTINGS.inventory(trx, admin, new URLSearchParams({ ejercicio: cycleId }))),
  )
  expect(listed.map((row) => row[3])).toEqual(before.map(({ sha256 }) => sha256))

  const id = await propose(world, admin, cycleId)
  await begun(id)
  expect(await codeOf(propose(world, admin, cycleId))).toBe('disposal_exists')
  expect((await rows((trx) => disposalsToDecide(trx, head, 5))).map((one) => one.id)).toEqual([id])
  expect(await rows((trx) => disposalsToDecide(trx, admin, 5))).toEqual([])
  // Whoever leads the process decides, and nobody what they proposed.
  expect(await codeOf(decide(id, 'approve_disposal', admin))).toBe('not_in_charge')
  expect(await codeOf(decide(id, 'withdraw_disposal', head))).toBe('not_in_charge')
  const { receiptCode } = await decide(id, 'approve_disposal', head)
  await mustBeAuthentic(id, receiptCode)
  expect((await stateOf(id))?.status).toBe('approved')
  // Until it begins no list outside the database tells of it: it may still be withdrawn.
  expect(await readGone(path.join(world.dataDir, GONE_LIST))).toEqual([])
  expect(await rows((trx) => disposalsToDecide(trx, head, 5))).toEqual([])
  expect(await rows((trx) => listInventory(trx, world.entityId, cycleId))).toEqual(before)

  await fastForward(world.context.temporal, disposalWorkflowId(id), DAY_S + 60)
  await ended(id)
  expect((await stateOf(id))?.status).toBe('done')
  expect(await readGone(path.join(world.dataDir, GONE_LIST))).toEqual([await rows((trx) => listedDisposal(trx, id))])
  expect(await stonesOf(id)).toEqual(await itemsOf(id))
  expect(await rows((trx) => listInventory(trx, world.entityId, cycleId))).toEqual([])
  const left = await rows(async (trx) => ({
    versions: await trx
      .selectFrom('step_version')
      .select(['answers', 'canonical', 'snapshot_html'])
      .where('cycle_id', '=', cycleId)
      .execute(),
    names: await trx.selectFrom('attachment').select('name').where('cycle_id', '=', cycleId).execute(),
  }))
  for (const version of left.versions) expect(version).toEqual({ answers: {}, canonical: '', snapshot_html: '' })
  expect(left.names.map(({ name }) => name)).toEqual(['', ''])
  const files = filesIn(world.dataDir).join('\n')
  for (const { sha256, isShared, kind } of before)
    if (kind !== 'content') expect([sha256, files.includes(sha256)]).toEqual([sha256, isShared])
  expect(filesIn(world.dataDir)).toContain(filePath(world.dataDir, sharedHash))
  expect(await codeOf(rows((trx) => requireContent(trx, cycleId)))).toBe('content_disposed')
  await mustHold()
  expect(await codeOf(decide(id, 'withdraw_disposal', admin))).toBe('disposal_over')
  done = { id, cycleId }
}, 240_000)

it('what went is told as gone by its act wherever it is asked for, and the pack of the cycle still verifies', async () => {
  const { id, cycleId } = done
  const auditor = await world.actor('control_interno')
  const then = await loadCycleAsOf(world.context, auditor, cycleId, new URLSearchParams({ paso: '1' }))
  expect(then.content).toMatchObject({ html: '', gone: { minutes: '04', on: appToday() } })
  const changes = { cycleId, code: '1' } as const
  const asked = { from: null, to: null }
  expect(await codeOf(rows((trx) => requireChangesPage(trx, head, changes, asked, { ...world.context })))).toBe(
    'content_disposed',
  )
  const page = await rows((trx) => findStepPage(trx, head, cycleId, '4'))
  expect(page).toMatchObject({ figureGrounds: null, eliminated: { minutes: '04', on: appToday() } })
  // Words may still be said of it; no file comes into what went.
  const author = await world.actor('profesional_ogac')
  const place = { cycleId, stepCode: '1' } as const
  const comment = await writeComment(world.context, author, {
    ...place,
    body: 'Queda archivado.',
    formKey: randomUUID(),
  })
  const kept = await storeFile(world.dataDir, Buffer.from('una carta más'))
  const late = { ...place, id: comment, file: { ...kept, name: 'carta.txt', mediaType: 'text/plain' } }
  expect(await codeOf(attachToComment(world.context, author, late))).toBe('content_disposed')
  expect(await codeOf(requireOwnComment(world.context, author, late))).toBe('content_disposed')
  const offered = async (change: string) => {
    const undone = new Error('undone')
    let found: string[] = []
    const asked = rows(async (trx) => {
      await sql`update cycle set vigencia = 2025, status = 'closed' where id = ${cycleId}`.execute(trx)
      await sql`update disposal set ${sql.raw(change)} where id = ${id}`.execute(trx)
      found = (await listEarlierSources(trx, await world.newCycle())).map((one) => one.cycleId)
      throw undone
    })
    await expect(asked).rejects.toBe(undone)
    return found.includes(cycleId)
  }
  // A later exercise is offered no source of it, as it would be of one whose data are kept.
  expect(await offered(`status = 'withdrawn', begun_at = null`)).toBe(true)
  expect(await offered(`status = status`)).toBe(false)
  const items = await rows(async (trx) =>
    allRows(await LISTINGS.disposal_items(trx, auditor, new URLSearchParams({ eliminacion: id }))),
  )
  expect(items.map((row) => [row[0], row[3], row.at(-1) !== null])).toEqual(
    (await stonesOf(id)).map(({ n, sha256 }) => [n, sha256, true]),
  )

  const sealing = startSealer(sealer, world.dataDir, () => undefined)
  const zip = path.join(folder, 'paquete.zip')
  try {
    const { file } = await exportPack({ ...world.context, requestId: randomUUID() }, auditor, { cycleId })
    await pipeline(file.createReadStream(), createWriteStream(zip))
  } finally {
    await sealing.stop()
  }
  const pack = openPack(zip)
  try {
    expect(checkPack(pack, []).manifest.contents.length).toBeGreaterThan(0)
    expect(Buffer.concat([...pack.read('indice.html')]).toString()).toContain(disposedSentence('04', appToday()))
  } finally {
    pack.close()
  }
}, 120_000)

it('killed in the middle of its contents and of its files, a disposal goes on by itself from its tombstones', async () => {
  const cycleId = await endedCycle(world, SHARED, 15)
  const id = await propose(world, admin, cycleId)
  await begun(id)
  await decide(id, 'approve_disposal', head)
  const items = await itemsOf(id)
  const going = items.filter(({ kept, kind }) => !kept && kind !== 'content' && kind !== 'draft')
  const filesLeft = () => {
    const files = filesIn(world.dataDir).join('\n')
    return going.filter(({ sha256 }) => files.includes(sha256)).length
  }
  const [removed, unlinked] = DISPOSAL_POINTS
  writeFileSync(orders, `${removed}=kill`)
  await fastForward(world.context.temporal, disposalWorkflowId(id), DAY_S + 60)
  await expect.poll(isAlive, { timeout: 90_000, interval: 50 }).toBe(false)
  // Those of one transaction are gone, each with its tombstone, and no file is.
  const first = await stonesOf(id)
  expect(first).toEqual(items.slice(0, 20))
  expect(await emptied(cycleId)).toBe(first.filter(({ kind }) => kind === 'content').length)
  expect([items.length > first.length, filesLeft()]).toEqual([true, going.length])
  writeFileSync(orders, `${unlinked}=kill`)
  await world.worker.start()
  await expect.poll(isAlive, { timeout: 90_000, interval: 50 }).toBe(false)
  expect([await stonesOf(id), filesLeft()]).toEqual([items, going.length - 1])
  rmSync(orders, { force: true })
  await world.worker.start()
  await ended(id)
  expect([await stonesOf(id), filesLeft()]).toEqual([items, 0])
  const told = await rows((trx) =>
    sql`select from event where object_id = ${id} and type = 'disposal.content_removed'`.execute(trx),
  )
  expect(told.rows).toHaveLength(items.length)
  await mustHold()
  expect(readdirSync(path.join(world.dataDir, 'files')).filter((name) => name.startsWith('partial'))).toEqual([])
}, 240_000)

it('done again by a restore while its workflow waited, a disposal is over for its workflow too', async () => {
  const cycleId = await endedCycle(world, SHARED)
  const id = await propose(world, admin, cycleId)
  await begun(id)
  await decide(id, 'approve_disposal', head)
  const listed = await rows((trx) => listedDisposal(trx, id))
  if (!listed) throw new Error('its act is here')
  await disposeAgain({ database: world.owner, dataDir: world.dataDir, secret: world.context.config.APP_SECRET }, listed)
  expect(await stonesOf(id)).toEqual(await itemsOf(id))
  await tellDisposal(world.context.temporal, { entityId: world.entityId, disposalId: id }, 5_000)
  await ended(id)
  expect((await stateOf(id))?.status).toBe('done')
  expect(await codeOf(decide(id, 'withdraw_disposal', admin))).toBe('disposal_over')
  await mustHold()
}, 120_000)

it('what is not as it was inventoried is not approved, what was approved can be withdrawn within a day, and nothing goes by itself', async () => {
  const cycleId = await endedCycle(world, SHARED)
  const id = await propose(world, admin, cycleId)
  await begun(id)
  // The table changes: the series is kept for good from now on.
  await adoptSeries(world, admin, { disposition: 'CT' })
  expect(await codeOf(decide(id, 'approve_disposal', head))).toBe('kept_for_good')
  await adoptSeries(world, admin)
  expect(await codeOf(decide(id, 'approve_disposal', head))).toBe('inventory_changed')
  await decide(id, 'return_disposal', head)
  await ended(id)

  // Until it begins whoever keeps the table takes it back, and so does whoever approved it.
  for (const by of [admin, head]) {
    const again = await propose(world, admin, cycleId)
    await begun(again)
    await decide(again, 'approve_disposal', head)
    await decide(again, 'withdraw_disposal', by)
    await ended(again)
    expect([(await stateOf(again))?.status, await stonesOf(again)]).toEqual(['withdrawn', []])
  }
  expect((await rows((trx) => listInventory(trx, world.entityId, cycleId))).length).toBeGreaterThan(5)
  const table = await rows((trx) => listRules(trx, world.entityId, { today: '2026-01-01', cursor: null }))
  expect(table.rows.map(({ n, isInForce }) => [n, isInForce])).toEqual([
    [3, true],
    [2, false],
    [1, false],
  ])

  // What changed since it was approved is asked again when it would begin.
  const stale = await propose(world, admin, cycleId)
  await begun(stale)
  // The same hand twice at once is one act with one receipt.
  const twice = await Promise.all([decide(stale, 'approve_disposal', head), decide(stale, 'approve_disposal', head)])
  expect(new Set(twice.map(({ receiptCode }) => receiptCode)).size).toBe(1)
  expect(await signaturesOf(stale)).toEqual(['approve_disposal'])
  await adoptSeries(world, admin, { disposition: 'CT' })
  await fastForward(world.context.temporal, disposalWorkflowId(stale), DAY_S + 60)
  await ended(stale)
  expect([(await stateOf(stale))?.status, await stonesOf(stale)]).toEqual(['withdrawn', []])

  // Withdrawn in the very moment it would begin, one of both happens, whole.
  await adoptSeries(world, admin)
  const raced = await propose(world, admin, cycleId)
  await begun(raced)
  await decide(raced, 'approve_disposal', head)
  const [, refused] = await Promise.all([
    fastForward(world.context.temporal, disposalWorkflowId(raced), DAY_S + 60),
    codeOf(decide(raced, 'withdraw_disposal', head)),
  ])
  await ended(raced)
  const isDone = (await stateOf(raced))?.status === 'done'
  expect([refused, await signaturesOf(raced)]).toEqual(
    isDone ? ['disposal_over', ['approve_disposal']] : [null, ['approve_disposal', 'withdraw_disposal']],
  )
  expect(await stonesOf(raced)).toEqual(isDone ? await itemsOf(raced) : [])

  // Nobody begins one, or makes one that has begun, without the signature of whoever approves it.
  const web = openDatabase(roleUrl(world.ownerUrl, world.context.config.APP_SECRET, 'web'), { max: 1 })
  const forged = withActor(web, admin, (trx) =>
    sql`insert into disposal (id, entity_id, year, n, code, cycle_id, rule_id, status, minutes_number, minutes_date, kept_until,
        content_hash, hands, proposed_by, proposed_position, begun_at)
      select gen_random_uuid(), entity_id, 1999, 1, 'X', cycle_id, rule_id, 'running', minutes_number, minutes_date, kept_until,
        content_hash, hands, proposed_by, proposed_position, now() from disposal where id = ${stale}`.execute(trx),
  )
  await expect(forged).rejects.toMatchObject({ code: '42501' })
  await web.close()
  await expect(
    rows((trx) =>
      sql`update disposal set status = 'running', begun_at = now(), ended_at = null where id = ${id}`.execute(trx),
    ),
  ).rejects.toMatchObject({ code: 'CZ001' })
}, 180_000)
