/** Records one history per path on the real server: `node test/replay/record.ts`. Run once for each released version; existing files stay. */
import { existsSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import proto from '@temporalio/proto'
import { cancelCycle } from '../../app/commands/cancel-cycle.server.ts'
import { decideRights } from '../../app/commands/decide-rights.server.ts'
import { fileRights } from '../../app/commands/file-rights.server.ts'
import { withdrawStep } from '../../app/commands/submit-step.server.ts'
import type { Actor } from '../../app/session.server.ts'
import { openDatabase, withEntity } from '../../db/client.ts'
import { appNow, moveClock } from '../../db/clock.ts'
import { newId } from '../../db/ids.ts'
import { findRights } from '../../db/rights.ts'
import { roleUrl } from '../../db/roles.ts'
import { stepOf } from '../../domain/cycle-state.ts'
import type { RightsVerdict } from '../../domain/rights.ts'
import type { RightsVerdictInput } from '../../domain/rights-inputs.ts'
import { delegationWorkflowId, rightsWorkflowId } from '../../workflows/messages.ts'
import { grantedAccess, say } from '../support/accesses.ts'
import { fastForward } from '../support/temporal.ts'
import { complete, elaborate, openWorld, reopen, verdict, type World } from '../support/world.ts'
import { reviewed } from './review.ts'

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

/** An access and a request of a citizen; each answers the id of its workflow. */
const OTHER_PATHS: Record<string, (world: World) => Promise<string>> = {
  'access-revoke': async (world) => {
    const hands = await handsOf(world)
    const grantId = await grantedAccess(world.context, hands, 'F004')
    await say(world.context, hands.lead, grantId, 'revoke', 'transfer')
    return delegationWorkflowId(grantId)
  },
  'rights-extend': async (world) => {
    const requestId = await fileCorrection(world)
    const by = await world.actor('profesional_ogac')
    await sayOfRights(world, requestId, by, 'identify', { method: 'document_shown' })
    await sayOfRights(world, requestId, by, 'extend')
    const workflowId = rightsWorkflowId(requestId)
    moveClock(30 * DAY * 1000)
    await fastForward(world.temporal.client, workflowId, 30 * DAY)
    await sayOfRights(world, requestId, by, 'deny', { denial: 'unfounded', delivery: 'post' })
    return workflowId
  },
}

async function handsOf(world: World) {
  const [head, grantee, lead] = await Promise.all(
    ['dependencia', 'atencion', 'jefatura_ogac'].map((duty) => world.actor(duty)),
  )
  if (!head || !grantee || !lead) throw new Error('somebody is missing')
  return { head, grantee, lead }
}

async function fileCorrection(world: World): Promise<string> {
  const filed = await fileRights(world.context, null, {
    ...{ formKey: newId(), entityId: world.entityId, aim: 'correction', quality: 'holder' },
    ...{ holderName: 'Persona Inventada', holderDocumentType: 'CC', holderDocument: '1000000777' },
    ...{ email: 'persona@example.com', phone: '', address: '', facts: 'Mi barrio está mal escrito.' },
  })
  if (!filed.ok) throw new Error(JSON.stringify(filed.errors))
  while ((await rightsOf(world, filed.id))?.state.status !== 'received')
    await new Promise((done) => setTimeout(done, 100))
  return filed.id
}

const rightsOf = (world: World, requestId: string) =>
  withEntity(world.owner, world.entityId, (trx) => findRights(trx, requestId))

async function sayOfRights(
  world: World,
  requestId: string,
  by: Actor,
  verdict: RightsVerdict,
  more: Partial<RightsVerdictInput> = {},
): Promise<void> {
  const request = await rightsOf(world, requestId)
  const none = { method: null, denial: null, delivery: null, purposes: [], corrections: [] }
  const said = { ...none, text: 'Como dice la ley y se habló.', contentHash: request?.state.contentHash ?? '' }
  await decideRights(world.context, { ...by, provedAt: appNow() }, { requestId, verdict, ...said, ...more })
}

const fileOf = (name: string) => fileURLToPath(new URL(`./histories/${name}.bin.gz`, import.meta.url))

async function keep(world: World, name: string, workflowId: string): Promise<void> {
  await new Promise((done) => setTimeout(done, 1500))
  const history = await world.temporal.client.workflow.getHandle(workflowId).fetchHistory()
  writeFileSync(fileOf(name), gzipSync(proto.temporal.api.history.v1.History.encode(history).finish()))
  process.stdout.write(`${name}: ${history.events?.length} events\n`)
}

const world = await openWorld({ courier: true })
world.context.publicDb = openDatabase(roleUrl(world.ownerUrl, world.context.config.APP_SECRET, 'public'), { max: 2 })
for (const [name, travel] of Object.entries(PATHS)) {
  if (existsSync(fileOf(name))) continue
  const cycleId = await world.newCycle()
  await travel(world, cycleId)
  await keep(world, name, `cycle:${cycleId}`)
}
for (const [name, travel] of Object.entries(OTHER_PATHS))
  if (!existsSync(fileOf(name))) await keep(world, name, await travel(world))
if (!existsSync(fileOf('review')))
  for (const [name, workflowId] of Object.entries(await reviewed(world))) await keep(world, name, workflowId)
await world.close()
process.exit(0)
