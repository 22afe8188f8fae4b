/** The log of a day in the hands of strangers: its checkpoint, its leaves and its keys, and nothing of what is in it. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { publishLogDay } from '../../activities/publish-log-day.ts'
import { sealAll } from '../../activities/seal-log.ts'
import { addAgency } from '../../db/agencies.ts'
import { recordEvent } from '../../db/audit.ts'
import { type Database, openDatabase, withActor, withEntity, withoutEntity } from '../../db/client.ts'
import { appToday } from '../../db/clock.ts'
import { newId } from '../../db/ids.ts'
import { findLogDayFile, findPublishedLog, listPublishedLogs } from '../../db/log-days.ts'
import { addPerson } from '../../db/person-changes.ts'
import { addPosition } from '../../db/position-changes.ts'
import { roleUrl } from '../../db/roles.ts'
import { addTenure } from '../../db/tenure-changes.ts'
import { addDays } from '../../domain/civil-dates.ts'
import { parseLeafFile } from '../../verifier/leaf-file.ts'
import { GrowingTree } from '../../verifier/merkle.ts'
import { openCheckpoint } from '../../verifier/signed-note.ts'
import { untilSealable } from '../support/sealable.ts'
import { asOwner, idOf, SINCE, smallTown, type Town } from '../support/town.ts'

let town: Town
let sealer: Database
let stranger: Database
/** Who holds control interno. */
let auditorId: string
const dataDir = mkdtempSync(join(tmpdir(), 'caracteriza-days-'))
const today = appToday()
const tomorrow = addDays(today, 1)

beforeAll(async () => {
  town = await smallTown()
  auditorId = await withControlInterno()
  sealer = openDatabase(roleUrl(town.database.ownerUrl, town.database.secret, 'sealer'), { max: 2 })
  stranger = openDatabase(roleUrl(town.database.ownerUrl, town.database.secret, 'public'), { max: 2 })
})
afterAll(async () => {
  await Promise.all([sealer.close(), stranger.close()])
  await town.close()
  rmSync(dataDir, { recursive: true, force: true })
})

async function withControlInterno(): Promise<string> {
  const { admin, database } = town
  return await withActor(town.web, admin, async (trx) => {
    const agency = { name: 'Control Interno', code: null, parentId: null, contactEmail: null }
    const agencyId = idOf(await addAgency(trx, admin, agency))
    const duty = 'control_interno'
    const positionId = idOf(await addPosition(trx, admin, { agencyId, name: 'Control', duty, headsAgency: false }))
    const person = { displayName: 'Control interno', documentNumber: '3000', email: 'control@prueba.gov.co' }
    const personId = idOf(await addPerson(trx, admin, person, database.secret))
    const tenure = { personId, positionId, kind: 'titular', from: SINCE, to: null, actReference: 'Decreto 3' } as const
    idOf(await addTenure(trx, admin, tenure))
    return personId
  })
}

const publish = (day: string) =>
  publishLogDay(town.tools, { entityId: town.entityId, workflowId: `log-day:${town.entityId}`, day })
const log = () => withoutEntity(stranger, (trx) => findPublishedLog(trx, town.entityId, { cursor: null, limit: 10 }))
const file = (day: string, kind: 'checkpoint' | 'leaves') =>
  withoutEntity(stranger, (trx) => findLogDayFile(trx, town.entityId, day, kind))
const mails = () =>
  withEntity(town.worker, town.entityId, (trx) =>
    trx.selectFrom('mail').selectAll().where('subject', 'like', 'Punto de control%').orderBy('id').execute(),
  )
/** All at once: the checkpoint that is due then covers everything. */
const publishedOnceSealed = async (day: string) => {
  await asOwner(town, (owner) => untilSealable(owner, town.entityId))
  await sealAll(sealer, dataDir)
  await publish(day)
}

describe('the log of a day', () => {
  it('waits for the checkpoint that covers it', async () => {
    await publishedOnceSealed(tomorrow)
    await withEntity(town.worker, town.entityId, (trx) =>
      recordEvent(trx, { entityId: town.entityId, type: 'export.made', objectId: newId(), origin: 'web' }),
    )
    await expect(publish(addDays(tomorrow, 1))).rejects.toThrow(/no checkpoint covers/)
  })

  it('is given to strangers with what they need to check it, and by mail to control interno', async () => {
    const published = await log()
    const [day] = published?.days.rows ?? []
    expect(day).toMatchObject({ day: today, events: day?.size })
    const note = (await file(today, 'checkpoint')) ?? ''
    const checkpoint = openCheckpoint(note, published?.keys ?? [])
    const leaves = parseLeafFile((await file(today, 'leaves')) ?? '')
    expect(leaves).toMatchObject({ origin: checkpoint.origin, from: 0 })
    expect(leaves.leaves).toHaveLength(day?.size ?? 0)
    // Nothing else was sealed: the tree over these leaves is the one that was signed.
    expect(checkpoint.size).toBe(BigInt(leaves.leaves.length))
    const tree = new GrowingTree()
    for (const leaf of leaves.leaves) tree.push(Buffer.from(leaf, 'hex'))
    expect(tree.root().toString('hex')).toBe(checkpoint.root.toString('hex'))
    const [mail, ...others] = await mails()
    expect(others).toEqual([])
    expect(mail).toMatchObject({ person_id: auditorId })
    expect(mail?.body).toContain(note.trim())
    expect(await withoutEntity(stranger, (trx) => listPublishedLogs(trx, { cursor: null, limit: 5 }))).toMatchObject({
      rows: [{ entityId: town.entityId, lastDay: today }],
    })
  })

  it('says nothing a second time, and goes on where the last one ended', async () => {
    await publish(tomorrow).catch(() => undefined)
    expect(await mails()).toHaveLength(1)
    const before = await log()
    // A checkpoint is signed at once where a thousand events came.
    await withEntity(town.worker, town.entityId, async (trx) => {
      const event = { entityId: town.entityId, type: 'export.made' as const, origin: 'web' as const }
      for (let i = 0; i < 1_000; i++) await recordEvent(trx, { ...event, objectId: newId() })
    })
    await publishedOnceSealed(addDays(tomorrow, 1))
    const [second, first] = (await log())?.days.rows ?? []
    expect(first).toEqual(before?.days.rows[0])
    expect(second?.day).toBe(tomorrow)
    expect(parseLeafFile((await file(tomorrow, 'leaves')) ?? '').from).toBe(first?.size)
    expect(await mails()).toHaveLength(2)
  })

  it('shows strangers no leaf and no checkpoint of what was not published', async () => {
    await withEntity(town.worker, town.entityId, (trx) =>
      recordEvent(trx, { entityId: town.entityId, type: 'export.made', objectId: newId(), origin: 'web' }),
    )
    await vi.waitFor(async () => {
      await sealAll(sealer, dataDir)
      const sealed = await withEntity(town.worker, town.entityId, (trx) =>
        trx
          .selectFrom('log_leaf')
          .select(({ fn }) => fn.max('n').as('n'))
          .executeTakeFirstOrThrow(),
      )
      const size = (await log())?.days.rows[0]?.size ?? 0
      expect(Number(sealed.n)).toBeGreaterThanOrEqual(size)
    }, 30_000)
    const size = (await log())?.days.rows[0]?.size ?? 0
    const seen = await withoutEntity(stranger, async (trx) => ({
      leaves: await trx
        .selectFrom('log_leaf')
        .select(({ fn }) => fn.max('n').as('n'))
        .executeTakeFirstOrThrow(),
      checkpoints: await trx.selectFrom('log_checkpoint').select('size').execute(),
    }))
    expect(Number(seen.leaves.n)).toBe(size - 1)
    expect(seen.checkpoints).toHaveLength(2)
    await expect(withoutEntity(stranger, (trx) => trx.selectFrom('event').select('id').execute())).rejects.toThrow(
      /permission denied/,
    )
  })
})
