/** An archive from before a disposal: what was disposed of does not come back with it, killed or not (decisions 0061 and 0065). */
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { carryOutBegun } from '../../activities/carry-out-disposal.ts'
import { GONE_LIST } from '../../activities/gone-list.ts'
import { adoptKeysFrom } from '../../db/adopted-keys.ts'
import { openDatabase, withEntity } from '../../db/client.ts'
import { exportEntity } from '../../scripts/entity-archive/export.ts'
import { type FreshDatabase, freshDatabase } from '../support/database.ts'
import * as installation from '../support/disposing-installation.ts'
import { runImport } from '../support/installations.ts'
import { TEST_SECRET as secret } from '../support/services.ts'
import { builtVerifier } from '../support/verifier.ts'

const folder = mkdtempSync(join(tmpdir(), 'caracteriza-archived-disposal-'))
const file = join(folder, 'entidad.zip')
const list = join(folder, GONE_LIST)
let entityId: string
let cycleId: string
let disposalId: string

beforeAll(async () => {
  await builtVerifier()
  const on = await installation.openInstallation()
  try {
    entityId = on.entityId
    await installation.adopt(on, '100.10')
    cycleId = await installation.endedCycle(on, '100.10', 'Decreto')
    const entity = { id: entityId, name: 'Santa Marta' }
    await exportEntity({ databaseUrl: on.postgres.ownerUrl(), secret, dataDir: on.dataDir, entity, file })
    disposalId = await installation.propose(on, cycleId, '04')
    await installation.decide(on, disposalId, 'approve_disposal')
    await installation.begin(on, disposalId)
    await installation.carryOut(on, disposalId)
    copyFileSync(join(on.dataDir, GONE_LIST), list)
  } finally {
    await on.close()
    rmSync(on.dataDir, { recursive: true, force: true })
  }
}, 240_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** In an installation that has the list of what went, and not the entity. */
async function imported<T>(
  fault: string | undefined,
  look: (to: FreshDatabase, dataDir: string) => Promise<T>,
): Promise<T> {
  const to = await freshDatabase()
  const dataDir = mkdtempSync(join(folder, 'data-'))
  copyFileSync(list, join(dataDir, GONE_LIST))
  try {
    const { status, signal, stderr } = runImport({ to, dataDir, file, env: fault ? { TEST_FAULT: fault } : {} })
    expect(fault ? signal : status, stderr).toBe(fault ? 'SIGKILL' : 0)
    return await look(to, dataDir)
  } finally {
    await to.drop()
  }
}

const statusOf = (owner: ReturnType<typeof openDatabase>) =>
  withEntity(owner, entityId, (trx) =>
    trx.selectFrom('disposal').select(['status', 'signal_wanted']).where('id', '=', disposalId).executeTakeFirst(),
  )

test('is imported without what went', async () => {
  await imported(undefined, async (to) => {
    const owner = openDatabase(to.ownerUrl, { max: 1 })
    expect(await installation.contentOf(owner, entityId, cycleId)).toEqual([])
    expect(await statusOf(owner)).toMatchObject({ status: 'done' })
    await owner.close()
  })
}, 120_000)

test('killed once its rows are there, it is told to the worker, which takes away what went', async () => {
  await imported('import-entity:committed=kill', async (to, dataDir) => {
    const owner = openDatabase(to.ownerUrl, { max: 1 })
    expect(await statusOf(owner)).toEqual({ status: 'running', signal_wanted: true })
    expect(await installation.contentOf(owner, entityId, cycleId)).not.toEqual([])
    adoptKeysFrom(dataDir, to.secret)
    // As the activity does it.
    await carryOutBegun({ database: owner, dataDir, secret: to.secret }, { entityId, disposalId }, { restMs: 0 })
    expect(await installation.contentOf(owner, entityId, cycleId)).toEqual([])
    expect(await statusOf(owner)).toMatchObject({ status: 'done' })
    await owner.close()
  })
}, 120_000)
