/** An ended cycle with content of every kind that a disposal takes away, and what stands of it. */
import assert from 'node:assert/strict'
import { existsSync, readdirSync, utimesSync } from 'node:fs'
import path from 'node:path'
import { attachFile } from '../../app/commands/attach-file.server.ts'
import { cancelCycle } from '../../app/commands/cancel-cycle.server.ts'
import { adoptRetentionRule, proposeDisposal } from '../../app/commands/keep-retention.server.ts'
import type { Actor } from '../../app/session.server.ts'
import { recordEvent } from '../../db/audit.ts'
import { withEntity } from '../../db/client.ts'
import { appNow, appToday } from '../../db/clock.ts'
import { requireDisposable } from '../../db/disposals.ts'
import { storeFile } from '../../db/files.ts'
import { newId } from '../../db/ids.ts'
import { eventually } from '../../scripts/processes.ts'
import { ask, cycleWithSource, importRow, upload } from './sources.ts'
import type { World } from './world.ts'

/** Another file each time. */
let files = 0
function csv(): string {
  files += 1
  const rows = Array.from(
    { length: 30 },
    (_, i) => `${i % 2 ? 'F' : 'M'};${i % 3 ? 'Urbana' : 'Rural'};${18 + i + files}`,
  )
  return ['sexo;zona;edad', ...rows, ''].join('\n')
}

/** The series of the exercises of the tests, kept for no year after the one they ended in, and then eliminated. */
export async function adoptSeries(
  world: Pick<World, 'context'>,
  admin: Actor,
  change: Record<string, string> = {},
): Promise<void> {
  const typed = {
    ...{ formKey: newId(), code: '100.10', name: 'Caracterizaciones', officeYears: '0', centralYears: '0' },
    ...{ disposition: 'E', act: 'Resolución 12 de 2020', actDate: '2020-01-15', inForceFrom: '2020-02-01', ...change },
  }
  const adopted = await adoptRetentionRule(world.context, admin, typed)
  assert.ok(adopted.ok, JSON.stringify(adopted))
}

export const attachTo = async (world: World, cycleId: string, stepCode: '1' | '3', content: string, name: string) => {
  const file = { ...(await storeFile(world.dataDir, Buffer.from(content))), name, mediaType: 'text/plain' }
  const by = await world.actor(stepCode === '1' ? 'profesional_ogac' : 'profesional_tic')
  await attachFile(world.context, by, { cycleId, stepCode }, file)
  return file.sha256
}

/** Two approved steps, a source with its snapshot, as many attached files as `letters`, and the one of `shared`; cancelled, and over for years. */
export async function endedCycle(world: World, shared: string, letters = 1): Promise<string> {
  const tic = await world.actor('profesional_tic')
  const target = await cycleWithSource(world)
  const uploaded = await upload(world, tic, target, csv(), 'ciudad.csv')
  assert.equal(uploaded.outcome, 'received')
  await ask(world, tic, target, uploaded.importId)
  await eventually(async () => {
    const row = await importRow(world, uploaded.importId)
    assert.equal(row.status, 'done', JSON.stringify(row))
  }, 180)
  for (let n = 1; n <= letters; n++)
    await attachTo(world, target.cycleId, '3', `propio ${target.cycleId} ${n}`, `Carta ${n} de Ana Díaz.txt`)
  await attachTo(world, target.cycleId, '3', shared, 'Norma.txt')
  const head = { ...(await world.actor('jefatura_ogac')), provedAt: appNow() }
  await cancelCycle(world.context, head, { cycleId: target.cycleId, reason: 'Se repite con otra fuente.' })
  await endedLongAgo(world, target.cycleId)
  return target.cycleId
}

/** As if it had ended years ago, and its files had been stored then. */
export async function endedLongAgo(
  world: Pick<World, 'owner' | 'entityId' | 'dataDir'>,
  cycleId: string,
): Promise<void> {
  const { entityId } = world
  await withEntity(world.owner, entityId, async (trx) => {
    await trx.updateTable('cycle').set({ closed_at: '2024-03-01T15:00:00Z' }).where('id', '=', cycleId).execute()
    await recordEvent(trx, { entityId, type: 'cycle.cancelled', objectId: cycleId, cycleId, origin: 'system' })
  })
  for (const file of filesIn(world.dataDir)) utimesSync(file, new Date('2024-03-01'), new Date('2024-03-01'))
}

/** Files that are kept by their content. */
export const filesIn = (dataDir: string): string[] =>
  ['files', 'snapshots']
    .filter((folder) => existsSync(path.join(dataDir, folder)))
    .flatMap((folder) =>
      readdirSync(path.join(dataDir, folder), { recursive: true, withFileTypes: true })
        .filter((one) => one.isFile())
        .map((one) => path.join(one.parentPath, one.name)),
    )

/** Proposed as the page shows it; answers its id. */
export async function propose(world: Pick<World, 'context' | 'owner' | 'entityId'>, by: Actor, cycleId: string) {
  const { entityId } = world
  const { contentHash } = await withEntity(world.owner, entityId, (trx) =>
    requireDisposable(trx, { entityId, cycleId }),
  )
  const minutes = { minutesNumber: '04', minutesDate: appToday() }
  return await proposeDisposal(world.context, by, { formKey: newId(), cycleId, ...minutes, contentHash })
}
