/** Scenes of the documentary table and of disposals: what nobody may do alone, by whom, and what each leaves. */
import { cancelCycle } from '../../app/commands/cancel-cycle.server.ts'
import { decideDisposal } from '../../app/commands/decide-disposal.server.ts'
import { adoptRetentionRule, proposeDisposal } from '../../app/commands/keep-retention.server.ts'
import type { AppContext } from '../../app/context.server.ts'
import type { Actor } from '../../app/session.server.ts'
import { withEntity } from '../../db/client.ts'
import { appNow, appToday } from '../../db/clock.ts'
import { requireDisposable } from '../../db/disposals.ts'
import { newId } from '../../db/ids.ts'
import type { DisposalVerdict } from '../../domain/disposal.ts'
import type { EventType } from '../../domain/events.ts'
import { tellDisposal } from '../../workflows/tellings.ts'
import { NAMED, type Scene, type Stage, TYPED } from './command-stage.ts'

const ADMIN = 'administracion'
const HEAD = 'jefatura_ogac'
const OTHER = 'profesional_tic'

const series = () => ({
  ...{ formKey: newId(), code: '100.10', name: NAMED, officeYears: '0', centralYears: '0', disposition: 'E' },
  ...{ act: NAMED, actDate: '2020-01-15', inForceFrom: '2020-02-01' },
})

/** A cycle that ended years ago, as its page would have it proposed. */
async function ended(stage: Stage) {
  const { entityId, world } = stage
  await adoptRetentionRule(stage.on(), await stage.actor(ADMIN), series())
  const { cycleId } = await stage.submitted()
  const head = { ...(await stage.actor(HEAD)), provedAt: appNow() }
  await cancelCycle(stage.on(), head, { cycleId, reason: TYPED.text })
  const contentHash = await withEntity(world.owner, entityId, async (trx) => {
    await trx.updateTable('cycle').set({ closed_at: '2024-03-01T15:00:00Z' }).where('id', '=', cycleId).execute()
    return (await requireDisposable(trx, { entityId, cycleId })).contentHash
  })
  return { formKey: newId(), cycleId, minutesNumber: '04', minutesDate: appToday(), contentHash }
}

async function proposed(stage: Stage): Promise<{ disposalId: string; contentHash: string }> {
  const input = await ended(stage)
  const disposalId = await proposeDisposal(stage.on(), await stage.actor(ADMIN), input)
  await tellDisposal(stage.on().temporal, { entityId: stage.entityId, disposalId }, 10_000)
  return { disposalId, contentHash: input.contentHash }
}

type Act = (context: AppContext, actor: Actor) => Promise<unknown>

function scene(
  event: EventType,
  duty: string,
  code: 'no_right' | 'not_in_charge',
  prepare: (stage: Stage) => Promise<Act>,
): Scene {
  const by = (who: string) => async (stage: Stage) => {
    const act = await prepare(stage)
    const actor = { ...(await stage.actor(who)), provedAt: appNow() }
    return (context: AppContext) => act(context, actor)
  }
  return { events: [event], goes: by(duty), refused: { code, goes: by(OTHER) } }
}

const decided = (event: EventType, duty: string, verdict: DisposalVerdict) =>
  scene(event, duty, 'not_in_charge', async (stage) => {
    const input = { ...(await proposed(stage)), verdict, observation: TYPED.text }
    return (context, actor) => decideDisposal(context, actor, input)
  })

export const DISPOSAL_SCENES: Record<string, Scene> = {
  adoptRetentionRule: scene('retention.adopted', ADMIN, 'no_right', async () => {
    const typed = series()
    return (context, actor) => adoptRetentionRule(context, actor, typed)
  }),
  proposeDisposal: scene('disposal.proposed', ADMIN, 'not_in_charge', async (stage) => {
    const input = await ended(stage)
    return (context, actor) => proposeDisposal(context, actor, input)
  }),
  'decideDisposal approving': decided('disposal.approved', HEAD, 'approve_disposal'),
  'decideDisposal returning': decided('disposal.returned', HEAD, 'return_disposal'),
  'decideDisposal withdrawing': decided('disposal.withdrawn', ADMIN, 'withdraw_disposal'),
  'decideDisposal withdrawing what one approved': scene('disposal.withdrawn', HEAD, 'not_in_charge', async (stage) => {
    const input = { ...(await proposed(stage)), observation: TYPED.text }
    const head = { ...(await stage.actor(HEAD)), provedAt: appNow() }
    await decideDisposal(stage.on(), head, { ...input, verdict: 'approve_disposal' })
    return (context, actor) => decideDisposal(context, actor, { ...input, verdict: 'withdraw_disposal' })
  }),
}
