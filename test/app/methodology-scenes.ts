/** Scenes of the commands that keep the methodologies risks are rated with. */
import {
  chooseMethodology,
  copyMethodology,
  discardMethodology,
  editMethodology,
  publishMethodology,
} from '../../app/commands/keep-methodologies.server.ts'
import type { AppContext } from '../../app/context.server.ts'
import type { Actor } from '../../app/session.server.ts'
import { withEntity } from '../../db/client.ts'
import { newId } from '../../db/ids.ts'
import { findMethodologyDraft, type MethodologyDraft } from '../../db/methodology-drafts.ts'
import type { EventType } from '../../domain/events.ts'
import { fieldsOfMethodology } from '../../domain/methodology-edits.ts'
import { type Scene, type Stage, TYPED } from './command-stage.ts'

const KEEPER = 'profesional_sig'
const CHOOSER = 'jefatura_ogac'
const CODE = 'corrupcion'

type Act = (context: AppContext, actor: Actor) => Promise<unknown>

/** The second line does it, unless another does; whoever answers for risks is told whom to ask. */
function kept(event: EventType, prepare: (stage: Stage) => Promise<Act>, keeper = KEEPER): Scene {
  const by = (duty: string) => async (stage: Stage) => {
    const act = await prepare(stage)
    const actor = await stage.actor(duty)
    return (context: AppContext) => act(context, actor)
  }
  return { events: [event], goes: by(keeper), refused: { code: 'not_in_charge', goes: by('profesional_ogac') } }
}

const find = (stage: Stage) =>
  withEntity(stage.world.owner, stage.entityId, (trx) => findMethodologyDraft(trx, stage.entityId, CODE))

const readOf = ({ id, version }: MethodologyDraft) => ({ copy: id, version })

/** A copy in which words were typed that must not reach the record of events. */
async function copied(stage: Stage): Promise<MethodologyDraft> {
  const keeper = await stage.actor(KEEPER)
  await copyMethodology(stage.on(), keeper, { code: CODE, n: 0 })
  const draft = (await find(stage)) as MethodologyDraft
  const typed = { ...fieldsOfMethodology(draft.methodology), 'probability.0.words': TYPED.text }
  await editMethodology(stage.on(), keeper, CODE, { typed, read: readOf(draft) })
  return (await find(stage)) as MethodologyDraft
}

export const METHODOLOGY_SCENES: Record<string, Scene> = {
  copyMethodology: kept('methodology.copied', async (stage) => {
    const draft = await find(stage)
    if (draft) await discardMethodology(stage.on(), await stage.actor(KEEPER), CODE, readOf(draft))
    return (context, actor) => copyMethodology(context, actor, { code: CODE, n: 0 })
  }),
  editMethodology: kept('methodology.edited', async (stage) => {
    const draft = await copied(stage)
    const words = `${TYPED.text} ${newId()}`
    const typed = { ...fieldsOfMethodology(draft.methodology), 'probability.0.words': words }
    return (context, actor) => editMethodology(context, actor, CODE, { typed, read: readOf(draft) })
  }),
  publishMethodology: kept('methodology.published', async (stage) => {
    const read = readOf(await copied(stage))
    return (context, actor) => publishMethodology(context, actor, CODE, { reason: TYPED.text, read })
  }),
  discardMethodology: kept('methodology.discarded', async (stage) => {
    const read = readOf(await copied(stage))
    return (context, actor) => discardMethodology(context, actor, CODE, read)
  }),
  chooseMethodology: kept(
    'methodology.chosen',
    async () => {
      const input = { formKey: newId(), typology: CODE, key: { code: CODE, n: 0 }, reason: TYPED.text }
      return (context, actor) => chooseMethodology(context, actor, input)
    },
    CHOOSER,
  ),
}
