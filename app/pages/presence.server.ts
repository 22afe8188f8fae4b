import { type Trx, withActor } from '../../db/client.ts'
import { type DraftPlace, listPresent, notePresence } from '../../db/presence.ts'
import { listSections } from '../../db/report-sections.ts'
import { findStepContext, type StepContext } from '../../db/step-context.ts'
import type { StepCode } from '../../domain/procedures.ts'
import { Refused } from '../../domain/refusals.ts'
import type { OtherEditor } from '../components/step/others-here.tsx'
import type { AppContext } from '../context.server.ts'
import { sectionObjection } from '../section-rights.server.ts'
import type { Actor } from '../session.server.ts'
import { editObjection } from '../step-rights.server.ts'

interface Place {
  cycleId: string
  stepCode: StepCode
  /** Code of a section of the report, where one is open alone. */
  section?: string | undefined
}

/** What a page asks while it is open. Whoever may not write there (any more) is told of nobody and seen by nobody. */
export async function keepPresence(context: AppContext, actor: Actor, place: Place): Promise<OtherEditor[]> {
  return await withActor(context.db, actor, async (trx) => {
    const step = await findStepContext(trx, place.cycleId, place.stepCode)
    if (!step) throw new Refused('not_visible')
    return (await mayWrite(trx, actor, step, place)) ? await seeOthers(trx, actor, step, place.section) : []
  })
}

async function mayWrite(trx: Trx, actor: Actor, step: StepContext, { cycleId, stepCode, section }: Place) {
  if (section === undefined) return editObjection(actor, step.cycle, stepCode) === null
  const isOne = stepCode === '6' && step.definition.groups.some((group) => group.code === section)
  if (!isOne) return false
  const state = (await listSections(trx, cycleId)).find((one) => one.section === section)
  return sectionObjection(actor, step.cycle, state) === null
}

/** Notes that this person has the step, or the section, open, and says who else has. */
export async function seeOthers(
  trx: Trx,
  actor: Actor,
  { code, cycle, definition }: StepContext,
  section?: string,
): Promise<OtherEditor[]> {
  const place: DraftPlace = { stepId: cycle.stepIds[code] ?? '', section }
  const { entityId, personId, position } = actor
  await notePresence(trx, place, { entityId, personId, positionId: position.id }, 'open')
  const titleOf = (one: string) => definition.groups.find((group) => group.code === one)?.title ?? ''
  return (await listPresent(trx, place, personId)).map((other) => ({
    position: other.position,
    where: other.section === (section ?? null) ? 'here' : other.section === null ? 'whole' : titleOf(other.section),
    isOpen: other.isOpen,
    since: other.since.toISOString(),
    savedAt: other.savedAt?.toISOString() ?? null,
  }))
}
