/** Scenes of what an auditor reads: their own reading is on record too. */
import { setTimeout as sleep } from 'node:timers/promises'
import { sealAll, startSealer } from '../../activities/seal-log.ts'
import { askAsOf, askCycleAsOf } from '../../app/commands/ask-as-of.server.ts'
import { consultReadings } from '../../app/commands/consult-readings.server.ts'
import { consultTrail, readEvent } from '../../app/commands/consult-trail.server.ts'
import { drawSample } from '../../app/commands/draw-sample.server.ts'
import { exportPack } from '../../app/commands/export-pack.server.ts'
import { consultSamples, readSample, readSampleItem, redrawSample } from '../../app/commands/read-samples.server.ts'
import { readWorkflows } from '../../app/commands/read-workflows.server.ts'
import { takeLogFile } from '../../app/commands/take-log-file.server.ts'
import { takeProof } from '../../app/commands/take-proof.server.ts'
import { writePaper } from '../../app/commands/write-paper.server.ts'
import type { AppContext } from '../../app/context.server.ts'
import type { Actor } from '../../app/session.server.ts'
import { openDatabase, withEntity } from '../../db/client.ts'
import { appNow, appToday } from '../../db/clock.ts'
import { findCycleHead } from '../../db/cycle-pages.ts'
import { newId } from '../../db/ids.ts'
import { roleUrl } from '../../db/roles.ts'
import type { SampleInput } from '../../domain/audit-samples.ts'
import { momentOf } from '../../domain/moments.ts'
import type { RefusalCode } from '../../domain/refusals.ts'
import { TEST_SECRET } from '../support/services.ts'
import { builtVerifier } from '../support/verifier.ts'
import { type Scene, type Stage, TYPED } from './command-stage.ts'

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

/** What is recorded meanwhile is sealed at once, as a worker does it. */
async function whileSealing({ world }: Stage, work: () => Promise<unknown>): Promise<void> {
  const database = openDatabase(roleUrl(world.ownerUrl, TEST_SECRET, 'sealer'), { max: 1 })
  const sealer = startSealer(database, world.dataDir, () => undefined)
  try {
    await work()
  } finally {
    await sealer.stop()
    await database.close()
  }
}

/** What the auditor themselves could open today. */
function ownArea(personId: string) {
  const moment = momentOf({ date: appToday(), time: '', known: '' }, appNow())
  if ('fault' in moment) throw new Error(moment.fault)
  return { personId, object: { kind: 'area' as const, code: 'audit', stepCode: '' }, moment }
}

function asked(wanted = 3): SampleInput {
  const when = { from: '2026-01-01', to: '2099-01-01' }
  return {
    ...when,
    sampleId: newId(),
    population: 'events',
    part: null,
    method: 'stratified',
    seed: TYPED.text,
    wanted,
  }
}

/** A sample that stands, for an auditor, and for somebody who is none. */
function ofSample(
  events: Scene['events'],
  run: (context: AppContext, actor: Actor, code: string) => Promise<unknown>,
  no: { duty: string; code: RefusalCode } = { duty: OTHER, code: 'area_closed' },
): Scene {
  const goesAs = async (stage: Stage, duty: string) => {
    const code = await drawSample(stage.on(), await stage.actor(AUDITOR), asked())
    const actor = await stage.actor(duty)
    return (context: AppContext) => run(context, actor, code)
  }
  return {
    events,
    goes: (stage) => goesAs(stage, AUDITOR),
    refused: { code: no.code, goes: (stage) => goesAs(stage, no.duty) },
  }
}

const paper = () => ({
  ...({
    paperId: newId(),
    test: TYPED.text,
    result: 'nonconforming',
    evidence: TYPED.text,
    conclusion: TYPED.text,
  } as const),
})

export const AUDIT_SCENES: Record<string, Scene> = {
  drawSample: ofSample(
    ['audit.sample_drawn'],
    async (context, actor) => drawSample(context, actor, asked()),
    // Whoever reads what control interno does, does not do it.
    { duty: 'alcaldia', code: 'not_in_charge' },
  ),
  'drawSample of more than there are': {
    events: [],
    goes: async () => () => Promise.resolve(),
    refused: {
      code: 'sample_beyond',
      goes: async (stage) => {
        const actor = await stage.actor(AUDITOR)
        return (context) => drawSample(context, actor, { ...asked(9_999_999), from: appToday(), to: appToday() })
      },
    },
  },
  writePaper: ofSample(
    ['audit.paper_written'],
    async (context, actor, code) => writePaper(context, actor, { code, ordinal: 1 }, paper()),
    { duty: 'alcaldia', code: 'not_in_charge' },
  ),
  consultSamples: ofSample(['audit.samples_consulted'], async (context, actor) =>
    consultSamples(context, actor, new URLSearchParams()),
  ),
  readSample: ofSample(['audit.sample_read'], async (context, actor, code) =>
    readSample(context, actor, code, new URLSearchParams()),
  ),
  readSampleItem: ofSample(['audit.sample_read'], async (context, actor, code) =>
    readSampleItem(context, actor, { code, ordinal: 2 }),
  ),
  redrawSample: ofSample(['audit.sample_repeated'], async (context, actor, code) => {
    const again = await redrawSample(context, actor, code)
    if (!again.isSamePopulation || !again.isSameSelection) throw new Error('another sample')
  }),
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
  exportPack: {
    events: ['audit.pack_asked', 'audit.pack_exported'],
    goes: async (stage) => {
      await builtVerifier()
      const [actor, cycleId] = [await stage.actor(AUDITOR), await stage.approved()]
      return (context) => whileSealing(stage, async () => (await exportPack(context, actor, { cycleId })).file.close())
    },
    refused: {
      code: 'area_closed',
      goes: async (stage) => {
        const [actor, cycleId] = [await stage.actor(OTHER), await stage.openCycle()]
        return (context) => exportPack(context, actor, { cycleId })
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
  readWorkflows: {
    events: ['audit.workflow_read'],
    goes: async (stage) => {
      const [actor, id] = [await stage.actor(AUDITOR), await stage.openCycle()]
      return (context) => readWorkflows(context, actor, async () => ({ subject: { kind: 'cycle', id } }))
    },
    refused: {
      code: 'area_closed',
      goes: async (stage) => {
        const [actor, id] = [await stage.actor(OTHER), await stage.openCycle()]
        return (context) => readWorkflows(context, actor, async () => ({ subject: { kind: 'cycle', id } }))
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
