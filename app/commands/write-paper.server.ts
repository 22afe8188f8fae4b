import { writePaper as write } from '../../db/audit-papers.ts'
import { requireSample } from '../../db/audit-samples.ts'
import type { PaperInput } from '../../domain/audit-samples.ts'
import type { AppContext } from '../context.server.ts'
import { recordingRefusals } from '../refusal.server.ts'
import type { Actor } from '../session.server.ts'
import { requireRight } from './permitted.server.ts'

/** An item of a sample, as addresses say it. */
export interface SamplePlace {
  code: string
  ordinal: number
}

/** Adds a version to the working paper of an item (I5, N16). */
export async function writePaper(
  context: AppContext,
  actor: Actor,
  { code, ordinal }: SamplePlace,
  paper: PaperInput,
): Promise<void> {
  const { entityId } = actor
  await recordingRefusals(context, actor, { objectId: entityId }, async (trx, by) => {
    requireRight(actor, 'sample')
    await write(trx, by, { sample: await requireSample(trx, entityId, code), ordinal }, paper)
  })
}
