/** Records one history per path on the real server: `node test/replay/record.ts`. Run once for each released version; existing files stay. */
import { existsSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import proto from '@temporalio/proto'
import { cancelCycle } from '../../app/commands/cancel-cycle.server.ts'
import { withdrawStep } from '../../app/commands/submit-step.server.ts'
import { stepOf } from '../../domain/cycle-state.ts'
import { fastForward } from '../support/temporal.ts'
import { complete, elaborate, openWorld, reopen, verdict, type World } from '../support/world.ts'

const DAY = 86_400

const PATHS: Record<string, (world: World, cycleId: string) => Promise<void>> = {
  approve: (world, cycleId) => complete(world, cycleId, '1'),
  return: async (world, cycleId) => {
    await elaborate(world, cycleId, '1')
    await verdict(world, cycleId, '1', 'profesional_sig', 'reviewer', 'return')
    await complete(world, cycleId, '1', 'corregido')
  },
  reopen: async (world, cycleId) => {
    await complete(world, cycleId, '1')
    await untilOpen(world, cycleId, '2')
    await complete(world, cycleId, '2')
    await reopen(world, cycleId, '1')
    await complete(world, cycleId, '1')
  },
  withdraw: async (world, cycleId) => {
    await elaborate(world, cycleId, '1')
    const { version } = stepOf((await world.cycle(cycleId)).state, '1')
    const author = await world.actor('profesional_ogac')
    await withdrawStep(world.context, author, {
      cycleId,
      stepCode: '1',
      versionId: version?.id ?? '',
      reason: 'Corrijo.',
    })
    await complete(world, cycleId, '1')
  },
  'expire-and-escalate': async (world, cycleId) => {
    await fastForward(world.temporal.client, `cycle:${cycleId}`, 40 * DAY)
    await complete(world, cycleId, '1')
  },
  cancel: async (world, cycleId) => {
    await cancelCycle(world.context, await world.actor('jefatura_ogac'), { cycleId, reason: 'Se abrió por error.' })
  },
}

async function untilOpen(world: World, cycleId: string, code: '2'): Promise<void> {
  while (stepOf((await world.cycle(cycleId)).state, code).status !== 'in_progress')
    await new Promise((done) => setTimeout(done, 100))
}

const world = await openWorld()
for (const [name, travel] of Object.entries(PATHS)) {
  const file = fileURLToPath(new URL(`./histories/${name}.bin.gz`, import.meta.url))
  if (existsSync(file)) continue
  const cycleId = await world.newCycle()
  await travel(world, cycleId)
  await new Promise((done) => setTimeout(done, 1500))
  const history = await world.temporal.client.workflow.getHandle(`cycle:${cycleId}`).fetchHistory()
  writeFileSync(file, gzipSync(proto.temporal.api.history.v1.History.encode(history).finish()))
  process.stdout.write(`${name}: ${history.events?.length} events\n`)
}
await world.close()
process.exit(0)
