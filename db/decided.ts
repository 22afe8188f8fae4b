import type { DecisionKind } from '../domain/decisions.ts'
import type { StepCode } from '../domain/procedures.ts'
import type { RefusalCode, RefusalFacts } from '../domain/refusals.ts'
import type { Trx } from './client.ts'

/**
 * Who made a refused act come too late, and when, for the sentence of the refusal: whoever settled its object, handed
 * another content in, or saved the draft since. Position, person and instant.
 */
export async function decidedFacts(
  trx: Trx,
  cycleId: string,
  about: { objectId: string; stepCode: StepCode },
  code: RefusalCode = 'already_decided',
): Promise<RefusalFacts> {
  if (code === 'content_changed') return await lastHandedIn(trx, cycleId, about.stepCode)
  if (code === 'draft_changed') return await lastSaved(trx, cycleId, about.stepCode)
  if (code === 'not_submitted') return await lastAct(trx, cycleId, about.objectId, ['return', 'withdraw'])
  if (code === 'cycle_over') return await lastAct(trx, cycleId, cycleId, ['cancel'])
  const last = await trx
    .selectFrom('signature')
    .select(['position_name', 'person_name', 'signed_at', 'verdict'])
    .where('cycle_id', '=', cycleId)
    .where('step_version_id', '=', about.objectId)
    .where('role', '!=', 'author')
    .orderBy('signed_at', 'desc')
    .executeTakeFirst()
  if (!last) return {}
  return { by: last.position_name, person: last.person_name, at: last.signed_at.toISOString(), verdict: last.verdict }
}

/** Who sent a version back or took it back, or cancelled the cycle. */
async function lastAct(trx: Trx, cycleId: string, objectId: string, kinds: DecisionKind[]): Promise<RefusalFacts> {
  const last = await trx
    .selectFrom('act')
    .innerJoin('position', 'position.id', 'act.position_id')
    .innerJoin('person', 'person.id', 'act.person_id')
    .select(['position.name as by', 'person.display_name as person', 'act.settled_at as at', 'act.kind'])
    .where('act.cycle_id', '=', cycleId)
    .where('act.object_id', '=', objectId)
    .where('act.kind', 'in', kinds)
    .where('act.status', 'in', ['done', 'confirmed'])
    .orderBy('act.settled_at', 'desc')
    .executeTakeFirst()
  return last ? { by: last.by, person: last.person, at: last.at?.toISOString() ?? null, verdict: last.kind } : {}
}

/** The last submission or withdrawal of the step. */
async function lastHandedIn(trx: Trx, cycleId: string, stepCode: StepCode): Promise<RefusalFacts> {
  const last = await trx
    .selectFrom('act')
    .innerJoin('position', 'position.id', 'act.position_id')
    .innerJoin('person', 'person.id', 'act.person_id')
    .select(['position.name as by', 'person.display_name as person', 'act.stored_at as at'])
    .where('act.cycle_id', '=', cycleId)
    .where('act.step_code', '=', stepCode)
    .where('act.kind', 'in', ['submit', 'withdraw'])
    .where('act.status', 'in', ['done', 'confirmed'])
    .orderBy('act.stored_at', 'desc')
    .executeTakeFirst()
  return last ? { by: last.by, person: last.person, at: last.at.toISOString() } : {}
}

async function lastSaved(trx: Trx, cycleId: string, stepCode: StepCode): Promise<RefusalFacts> {
  const last = await trx
    .selectFrom('step_draft')
    .innerJoin('step', 'step.id', 'step_draft.step_id')
    .innerJoin('person', 'person.id', 'step_draft.saved_by')
    .select(['person.display_name as by', 'step_draft.saved_at as at'])
    .where('step.cycle_id', '=', cycleId)
    .where('step.code', '=', stepCode)
    .executeTakeFirst()
  return last ? { by: last.by, at: last.at.toISOString() } : {}
}
