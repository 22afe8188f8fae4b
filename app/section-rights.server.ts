import type { Trx } from '../db/client.ts'
import type { LoadedCycle } from '../db/cycles.ts'
import { listSections, type SectionState } from '../db/report-sections.ts'
import { findStepContext, type StepContext } from '../db/step-context.ts'
import { holdStepOpen } from '../db/step-hold.ts'
import { objectionToEditing } from '../domain/decisions.ts'
import { sectionRow } from '../domain/permission-rows.ts'
import { whyNot } from '../domain/permissions.ts'
import { objectionToProposing } from '../domain/proposals.ts'
import { type Objection, Refused, refuseIf } from '../domain/refusals.ts'
import { permitted } from './commands/permitted.server.ts'
import type { Actor } from './session.server.ts'

export interface SectionPlace {
  cycleId: string
  /** Code of the group of step 6. */
  section: string
}

/** Why this person cannot write the section now; null when they can (G3). */
export function sectionObjection(actor: Actor, cycle: LoadedCycle, state: SectionState | undefined): Objection | null {
  const row = sectionRow(cycle.entityId, cycle.version.procedure, state?.ownerId ?? null)
  const barred = cycle.state.status === 'active' ? whyNot(permitted(actor), 'write', 'Section', row) : null
  return barred ?? objectionToEditing(cycle.state, '6')
}

/** Why this person cannot propose other words for the section now; null when they can (G3). */
export function proposalObjection(actor: Actor, cycle: LoadedCycle, states: readonly SectionState[]): Objection | null {
  const owners = states.flatMap(({ ownerId }) => ownerId ?? [])
  const row = sectionRow(cycle.entityId, cycle.version.procedure, null, owners)
  return whyNot(permitted(actor), 'propose', 'Section', row) ?? objectionToProposing(cycle.state)
}

/** In the transaction that proposes a change: the section is one of words, and this person may. */
export async function requireProposable(trx: Trx, actor: Actor, { cycleId, section }: SectionPlace) {
  const step = await findStepContext(trx, cycleId, '6')
  const group = step?.definition.groups.find((one) => one.code === section)
  if (!step || !group?.fields.some((field) => field.code === 'texto' && field.kind === 'richtext'))
    throw new Refused('not_visible')
  const states = await listSections(trx, cycleId)
  refuseIf(proposalObjection(actor, step.cycle, states))
  const state = states.find((one) => one.section === section)
  return { step, state, row: sectionRow(step.cycle.entityId, step.cycle.version.procedure, state?.ownerId ?? null) }
}

/** In the transaction that changes a section: it may be written by this person, and stays so until the end. */
export async function requireSection(trx: Trx, actor: Actor, { cycleId, section }: SectionPlace): Promise<StepContext> {
  const isOpen = await holdStepOpen(trx, cycleId, '6')
  const step = await findStepContext(trx, cycleId, '6')
  if (!step?.definition.groups.some((group) => group.code === section)) throw new Refused('not_visible')
  const state = (await listSections(trx, cycleId)).find((one) => one.section === section)
  refuseIf(sectionObjection(actor, step.cycle, state))
  if (!isOpen) throw new Refused('submission_in_flight', { step: '6' })
  return step
}
