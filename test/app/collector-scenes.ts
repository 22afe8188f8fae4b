/** Scenes of the commands that keep the collectors outside; nobody answers at their address. */
import * as keeping from '../../app/commands/keep-collectors.server.ts'
import { withEntity } from '../../db/client.ts'
import { newId } from '../../db/ids.ts'
import type { EventType } from '../../domain/events.ts'
import { NAMED, type Scene, type Stage, savedId, TYPED } from './command-stage.ts'

const AUDITOR = 'control_interno'
const OTHER = 'profesional_tic'

const typed = () => ({
  ...{ name: `${NAMED} ${newId()}`, url: `http://127.0.0.1:9/hechos?clave=${TYPED.secret}`, beginning: 'from_now' },
  ...{ headerName: 'Authorization', headerValue: TYPED.secret },
})

async function collectorOf(stage: Stage): Promise<string> {
  return savedId(await keeping.nameCollector(stage.on(), await stage.actor(AUDITOR), typed()))
}

/** As if it had taken ten events. */
async function sentOf(stage: Stage): Promise<string> {
  const id = await collectorOf(stage)
  await withEntity(stage.world.owner, stage.entityId, (trx) =>
    trx.updateTable('collector').set({ confirmed: '10' }).where('id', '=', id).execute(),
  )
  return id
}

type Command = typeof keeping.retireCollector

function scene(event: EventType, command: Command, of: (stage: Stage) => Promise<Record<string, string>>): Scene {
  const by = (duty: string) => async (stage: Stage) => {
    const [actor, input] = [await stage.actor(duty), await of(stage)]
    return (context: Parameters<Command>[0]) => command(context, actor, input)
  }
  return { events: [event], goes: by(AUDITOR), refused: { code: 'not_in_charge', goes: by(OTHER) } }
}

const standing = async (stage: Stage) => ({ id: await collectorOf(stage) })

export const COLLECTOR_SCENES: Record<string, Scene> = {
  nameCollector: scene('collector.added', keeping.nameCollector, async () => typed()),
  updateCollector: scene('collector.changed', keeping.updateCollector, async (stage) => ({
    ...typed(),
    ...(await standing(stage)),
  })),
  pauseForwarding: scene('collector.paused', keeping.pauseForwarding, standing),
  resumeForwarding: scene('collector.resumed', keeping.resumeForwarding, standing),
  forwardAgain: scene('collector.rewound', keeping.forwardAgain, async (stage) => ({
    id: await sentOf(stage),
    from: '3',
  })),
  retireCollector: scene('collector.removed', keeping.retireCollector, standing),
}
