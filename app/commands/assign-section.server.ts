import { changeSectionOwner, listOwners, markSection } from '../../db/report-sections.ts'
import { findStepContext } from '../../db/step-context.ts'
import { stepRow } from '../../domain/permission-rows.ts'
import { Refused } from '../../domain/refusals.ts'
import type { AppContext } from '../context.server.ts'
import { recordingRefusals } from '../refusal.server.ts'
import { requireSection, type SectionPlace } from '../section-rights.server.ts'
import type { Actor } from '../session.server.ts'
import { requireEditable } from '../step-rights.server.ts'

/**
 * Gives a section to a position of the entity, or to nobody in particular. Who decides on the report writes none of it:
 * nobody approves what they elaborated (model.md §4).
 */
export async function assignSection(
  context: AppContext,
  actor: Actor,
  { cycleId, section, positionId }: SectionPlace & { positionId: string | null },
): Promise<void> {
  await recordingRefusals(context, actor, { objectId: cycleId, cycleId, stepCode: '6' }, async (trx, by) => {
    const step = await findStepContext(trx, cycleId, '6')
    if (!step?.definition.groups.some((group) => group.code === section)) throw new Refused('not_visible')
    await requireEditable(trx, actor, step.cycle, '6')
    const { entityId, version } = step.cycle
    const held = async (deciders: readonly string[]) =>
      (await listOwners(trx, entityId, deciders)).some(({ id }) => id === positionId)
    if (positionId !== null && !(await held([]))) throw new Refused('out_of_date')
    if (positionId !== null && !(await held(stepRow(entityId, version.procedure, '6').deciderDuties)))
      throw new Refused('own_work')
    await changeSectionOwner(trx, by, { cycleId, section }, positionId)
  })
}

/** Marks a section as finished, or as one still being written, by whoever writes it. */
export async function finishSection(
  context: AppContext,
  actor: Actor,
  { finished, ...place }: SectionPlace & { finished: boolean },
): Promise<void> {
  const { cycleId } = place
  await recordingRefusals(context, actor, { objectId: cycleId, cycleId, stepCode: '6' }, async (trx, by) => {
    await requireSection(trx, actor, place)
    await markSection(trx, by, place, finished)
  })
}
