/** Scenes of what an auditor reads: their own reading is on record too. */
import { setTimeout as sleep } from 'node:timers/promises'
import { sealAll } from '../../activities/seal-log.ts'
import { askAsOf, askCycleAsOf } from '../../app/commands/ask-as-of.server.ts'
import { consultReadings } from '../../app/commands/consult-readings.server.ts'
import { consultTrail, readEvent } from '../../app/commands/consult-trail.server.ts'
import { takeLogFile } from '../../app/commands/take-log-file.server.ts'
import { takeProof } from '../../app/commands/take-proof.server.ts'
import { openDatabase, withEntity } from '../../db/client.ts'
import { appNow, appToday } from '../../db/clock.ts'
import { findCycleHead } from '../../db/cycle-pages.ts'
import { roleUrl } from '../../db/roles.ts'
import { momentOf } from '../../domain/moments.ts'
import { TEST_SECRET } from '../support/services.ts'
import type { Scene, Stage } from './command-stage.ts'

const AUDITOR = 'control_interno'
const OTHER = 'profesional_tic'

/** The first event of the entity, sealed and under a signed checkpoint. */
async function sealedEvent({ world, entityId }: Stage): Promise<string> {
  const sealer = openDatabase(roleUrl(world.ownerUrl, TEST_SECRET, 'sealer'), { max: 1 })
  const find = () =>
    withEntity(world.owner, entityId, (trx) =>
      trx.selectFrom('log_leaf').select('event_id').where('n', '=', '0').executeTakeFirst(),
    )
  try {
    // Whatever goes on beside it in the same cluster comes to its end first.
    for (let found = await find(); ; found = await find()) {
      if (found) return found.event_id
      await sealAll(sealer, world.dataDir)
      await sleep(100)
    }
  } finally {
    await sealer.close()
  }
}

/** What the auditor themselves could open today. */
function ownArea(personId: string) {
  const moment = momentOf({ date: appToday(), time: '', known: '' }, appNow())
  if ('fault' in moment) throw new Error(moment.fault)
  return { personId, object: { kind: 'area' as const, code: 'audit', stepCode: '' }, moment }
}

export const AUDIT_SCENES: Record<string, Scene> = {
  takeLogFile: {
    events: ['audit.log_file_taken'],
    goes: async (stage) => {
      await sealedEvent(stage)
      const actor = await stage.actor(AUDITOR)
      return (context) => takeLogFile(context, actor, { kind: 'leaves', day: appToday() })
    },
    refused: {
      code: 'area_closed',
      goes: async (stage) => {
        const actor = await stage.actor(OTHER)
        return (context) => takeLogFile(context, actor, { kind: 'growth', size: 1n })
      },
    },
  },
  consultTrail: {
    events: ['audit.consulted'],
    goes: async (stage) => {
      const actor = await stage.actor(AUDITOR)
      return (context) => consultTrail(context, actor, new URLSearchParams({ hecho: 'decisiones' }))
    },
    refused: {
      code: 'area_closed',
      goes: async (stage) => {
        const actor = await stage.actor(OTHER)
        return (context) => consultTrail(context, actor, new URLSearchParams())
      },
    },
  },
  consultReadings: {
    events: ['audit.reading_consulted'],
    goes: async (stage) => {
      const actor = await stage.actor('jefatura_ogac')
      return (context) => consultReadings(context, actor, new URLSearchParams())
    },
    refused: {
      code: 'area_closed',
      goes: async (stage) => {
        const actor = await stage.actor(OTHER)
        return (context) => consultReadings(context, actor, new URLSearchParams())
      },
    },
  },
  readEvent: {
    events: ['audit.event_read'],
    goes: async (stage) => {
      const [actor, eventId] = [await stage.actor(AUDITOR), await sealedEvent(stage)]
      return (context) => readEvent(context, actor, eventId)
    },
    refused: {
      code: 'area_closed',
      goes: async (stage) => {
        const [actor, eventId] = [await stage.actor(OTHER), await sealedEvent(stage)]
        return (context) => readEvent(context, actor, eventId)
      },
    },
  },
  askAsOf: {
    events: ['audit.access_asked'],
    goes: async (stage) => {
      const actor = await stage.actor(AUDITOR)
      return (context) => askAsOf(context, actor, ownArea(actor.personId))
    },
    refused: {
      code: 'area_closed',
      goes: async (stage) => {
        const actor = await stage.actor(OTHER)
        return (context) => askAsOf(context, actor, ownArea(actor.personId))
      },
    },
  },
  askCycleAsOf: {
    events: ['audit.cycle_asked'],
    goes: async (stage) => {
      const actor = await stage.actor(AUDITOR)
      const asked = { cycleId: await stage.openCycle(), day: appToday() }
      return (context) => askCycleAsOf(context, actor, asked, (trx) => findCycleHead(trx, asked.cycleId))
    },
    refused: {
      code: 'area_closed',
      goes: async (stage) => {
        const actor = await stage.actor(OTHER)
        const asked = { cycleId: await stage.openCycle(), day: appToday() }
        return (context) => askCycleAsOf(context, actor, asked, (trx) => findCycleHead(trx, asked.cycleId))
      },
    },
  },
  takeProof: {
    events: ['audit.proof_taken'],
    goes: async (stage) => {
      const [actor, eventId] = [await stage.actor(AUDITOR), await sealedEvent(stage)]
      return (context) => takeProof(context, actor, eventId)
    },
    refused: {
      code: 'area_closed',
      goes: async (stage) => {
        const [actor, eventId] = [await stage.actor(OTHER), await sealedEvent(stage)]
        return (context) => takeProof(context, actor, eventId)
      },
    },
  },
}
