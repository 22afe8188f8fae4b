/** Citizens of the demonstration, all of them invented, captured through the product's own commands. */
import { beginCapture } from '../../app/commands/begin-capture.server.ts'
import { recordCitizen } from '../../app/commands/record-citizen.server.ts'
import { saveCapturePage } from '../../app/commands/save-capture-page.server.ts'
import type { AppContext } from '../../app/context.server.ts'
import { DEMO_CITIZENS, type DemoCitizen } from '../../catalog/demo/citizens.ts'
import { idOf } from '../../db/ids.ts'
import type { Beginning } from '../../domain/capture.ts'
import * as acts from './acts.ts'

const CLERK = 'atencion'

/** Records of the clerk under their access, one more that is left unfinished, and one citizen who did not authorise. */
export async function liveCaptures(
  context: AppContext,
  entityId: string,
  grantId: string,
): Promise<{ record: string; unfinished: string }> {
  const [unfinished, ...others] = DEMO_CITIZENS
  let record = ''
  for (const [i, citizen] of others.entries())
    record = await captured(context, entityId, { grantId, key: `${i}`, citizen })
  await begin(context, entityId, beginning(grantId, idOf('demo-declined', entityId), []))
  const draft = await begun(context, entityId, { grantId, key: 'unfinished', citizen: unfinished as DemoCitizen })
  if (!('draftId' in draft)) throw new Error('the unfinished record was finished')
  return { record, unfinished: draft.draftId }
}

interface Captured {
  grantId: string
  key: string
  citizen: DemoCitizen
}

/** Records one citizen under an access; recorded before, they stay as they are. Answers their record. */
export async function captured(context: AppContext, entityId: string, made: Captured): Promise<string> {
  const known = await begun(context, entityId, made)
  if ('recordId' in known) return known.recordId
  if (!('draftId' in known)) throw new Error('nobody of the demonstration declines here')
  return (await recordCitizen(context, await acts.actorOf(context, entityId, CLERK), known.draftId)).recordId
}

async function begun(context: AppContext, entityId: string, { grantId, key, citizen }: Captured) {
  const formKey = idOf('demo-capture', entityId, key)
  const started = await begin(context, entityId, beginning(grantId, formKey, citizen.given))
  if (!('draftId' in started)) return started
  const actor = await acts.actorOf(context, entityId, CLERK)
  for (const [page, answers] of Object.entries(citizen.answers)) {
    const entries = Object.entries(answers).flatMap(([field, value]) =>
      [value].flat().map((one): [string, string] => [`${page}.${field}`, one]),
    )
    const { draftId } = started
    const faults = await saveCapturePage(context, actor, { draftId, page, entries, isGoingBack: false })
    if (faults.length > 0) throw new Error(JSON.stringify(faults))
  }
  return started
}

async function begin(context: AppContext, entityId: string, input: Beginning) {
  return await beginCapture(context, await acts.actorOf(context, entityId, CLERK), input)
}

function beginning(grantId: string, formKey: string, given: Beginning['given']): Beginning {
  const origin = { mode: 'online', paper: null, network: 'remi', networkBasis: 'declared' } as const
  return { grantId, formKey, given, channel: 'oral', origin }
}
