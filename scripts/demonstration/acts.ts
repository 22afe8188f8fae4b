/** People of a demonstration municipality acting through the product's own commands: never an inserted row. */

import { decideStep } from '../../app/commands/decide-step.server.ts'
import { reportAction } from '../../app/commands/report-action.server.ts'
import { saveDraft } from '../../app/commands/save-draft.server.ts'
import { startCycle } from '../../app/commands/start-cycle.server.ts'
import { submitStep } from '../../app/commands/submit-step.server.ts'
import type { AppContext } from '../../app/context.server.ts'
import type { Actor } from '../../app/session.server.ts'
import { completeAnswers, type DemoReferences } from '../../catalog/demo/answers.ts'
import { withActor, withEntity } from '../../db/client.ts'
import { appNow } from '../../db/clock.ts'
import { findCycle, type LoadedCycle } from '../../db/cycles.ts'
import { findEarlierReports } from '../../db/earlier-reports.ts'
import { newId } from '../../db/ids.ts'
import { findPersonAtWork } from '../../db/positions.ts'
import { findStepContext } from '../../db/step-context.ts'
import { stepOf } from '../../domain/cycle-state.ts'
import type { Answers } from '../../domain/forms.ts'
import { withoutStatus } from '../../domain/improvement.ts'
import type { CycleInput } from '../../domain/inputs.ts'
import { type StepCode, stepTemplate } from '../../domain/procedures.ts'

/** Whoever holds a duty in an entity today, as if signed in a moment ago; the first of the demonstration's where several do. */
export async function actorOf(context: AppContext, entityId: string, duty: string): Promise<Actor> {
  return await actorWhere(context, entityId, 'duty', duty)
}

/** Whoever holds the position of that name today. */
export async function actorAt(context: AppContext, entityId: string, position: string): Promise<Actor> {
  return await actorWhere(context, entityId, 'name', position)
}

async function actorWhere(
  context: AppContext,
  entityId: string,
  column: 'duty' | 'name',
  value: string,
): Promise<Actor> {
  return await withEntity(context.db, entityId, async (trx) => {
    const { person_id: personId } = await trx
      .selectFrom('tenure')
      .innerJoin('position', 'position.id', 'tenure.position_id')
      .select('tenure.person_id')
      .where(`position.${column}`, '=', value)
      .orderBy('position.id')
      .executeTakeFirstOrThrow()
    const person = await findPersonAtWork(trx, personId)
    const position = person?.positions.find((held) => held[column] === value)
    if (!person || !position) throw new Error(`nobody holds ${value} today`)
    return {
      ...{
        sessionId: newId(),
        accountId: newId(),
        entityId,
        personId,
        email: '',
        provedAt: appNow(),
        proof: 'password' as const,
        directoryAt: null,
        sessionEndsAt: appNow(),
      },
      ...{ displayName: person.displayName, entity: person.entity, positions: person.positions, position },
      scopes: person.scopes,
      hasFactor: person.hasFactor,
      isProbe: false,
    }
  })
}

export async function requireCycle(context: AppContext, entityId: string, cycleId: string): Promise<LoadedCycle> {
  const cycle = await withEntity(context.db, entityId, (trx) => findCycle(trx, cycleId))
  if (!cycle) throw new Error(`cycle ${cycleId} is not visible`)
  return cycle
}

export type CycleToStart = Omit<CycleInput, 'procedureVersionId'>

export async function start(context: AppContext, entityId: string, cycle: CycleToStart): Promise<string> {
  const actor = await actorOf(context, entityId, 'jefatura_ogac')
  const procedure = await withEntity(context.db, entityId, (trx) =>
    trx.selectFrom('procedure_version').select('id').orderBy('version', 'desc').executeTakeFirstOrThrow(),
  )
  return (await startCycle(context, actor, { ...cycle, procedureVersionId: procedure.id })).cycleId
}

/** Fills in a step with complete answers and submits it, as its first author; answers the hash of what was frozen. */
export async function elaborate(
  context: AppContext,
  entityId: string,
  cycleId: string,
  code: StepCode,
  references: Partial<DemoReferences> = {},
  edit: (answers: Answers) => Answers = (answers) => answers,
): Promise<string> {
  const cycle = await requireCycle(context, entityId, cycleId)
  const author = await actorOf(context, entityId, stepTemplate(cycle.version.procedure, code).authors[0] ?? '')
  const step = await withActor(context.db, author, (trx) => findStepContext(trx, cycleId, code))
  const answers = edit(completeAnswers(code, references))
  const saved = await saveDraft(context, author, { cycleId, stepCode: code, rev: step?.draft.rev ?? 0, answers })
  if (!saved.saved) throw new Error(`the draft of step ${code} was not saved`)
  await submitStep(context, author, { cycleId, stepCode: code, draftRev: saved.rev })
  return stepOf((await requireCycle(context, entityId, cycleId)).state, code).version?.hash ?? ''
}

export interface Verdict {
  duty: string
  role: 'reviewer' | 'approver' | 'consent'
  kind?: 'approve' | 'return'
}

export async function verdict(context: AppContext, entityId: string, cycleId: string, code: StepCode, given: Verdict) {
  const { version } = stepOf((await requireCycle(context, entityId, cycleId)).state, code)
  const kind = given.kind ?? 'approve'
  return await decideStep(context, await actorOf(context, entityId, given.duty), {
    ...{ cycleId, stepCode: code, versionId: version?.id ?? newId(), contentHash: version?.hash ?? '', verdict: kind },
    role: given.role,
    readTyped: true,
    observations: kind === 'return' ? [{ section: 'objetivos', body: 'Precise el objetivo general.' }] : [],
  })
}

/** Everyone who still has to sign a submitted step signs it: reviewers, then approvers in order, but the last `but`. */
export async function signAll(
  context: AppContext,
  entityId: string,
  cycleId: string,
  code: StepCode,
  but = 0,
): Promise<void> {
  await review(context, entityId, cycleId, code)
  if (code === '6') await reportEarlier(context, entityId, cycleId)
  const { procedure } = (await requireCycle(context, entityId, cycleId)).version
  const { approvers } = stepTemplate(procedure, code)
  for (const { duty, role } of approvers.slice(0, approvers.length - but)) {
    const { signatures } = stepOf((await requireCycle(context, entityId, cycleId)).state, code)
    const done = signatures.some((mark) => mark.duty === duty && mark.role !== 'reviewer')
    if (!done) await verdict(context, entityId, cycleId, code, { duty, role })
  }
}

/** Whoever answers for a recommendation of an earlier report says how it goes: without that the next is not approved (N15). */
async function reportEarlier(context: AppContext, entityId: string, cycleId: string): Promise<void> {
  const reader = await actorOf(context, entityId, 'jefatura_ogac')
  const earlier = await withActor(context.db, reader, (trx) => findEarlierReports(trx, cycleId, entityId))
  for (const { code, duty } of withoutStatus(earlier.recommendations, earlier.lastReportAt))
    await reportAction(context, await actorOf(context, entityId, duty), code, {
      ...{ entryId: newId(), status: 'in_progress', evidence: 'Acta de seguimiento de demostración' },
      body: 'Se acordaron responsables y fechas, y la primera parte está hecha.',
    })
}

export async function review(context: AppContext, entityId: string, cycleId: string, code: StepCode): Promise<void> {
  const { procedure } = (await requireCycle(context, entityId, cycleId)).version
  for (const duty of stepTemplate(procedure, code).reviewers) {
    const { signatures } = stepOf((await requireCycle(context, entityId, cycleId)).state, code)
    const done = signatures.some((mark) => mark.duty === duty && mark.role === 'reviewer')
    if (!done) await verdict(context, entityId, cycleId, code, { duty, role: 'reviewer' })
  }
}
