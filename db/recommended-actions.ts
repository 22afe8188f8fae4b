/** What a signed report recommends becomes improvement actions (G4): made, revised or dropped with the report that is issued. */
import { checkerFor, type Recommended, recommendationsIn } from '../domain/improvement.ts'
import { type Procedure, stepTemplate } from '../domain/procedures.ts'
import type { StepAnswers } from '../domain/references.ts'
import type { Trx } from './client.ts'
import { appNow } from './clock.ts'
import {
  type ActionCause,
  type ActionWords,
  createImprovementAction,
  dropAction,
  findByOrigin,
  reviseAction,
} from './improvement-actions.ts'

export interface SignedReport {
  entityId: string
  cycleId: string
  /** Approved version of step 6. */
  stepVersionId: string
  vigencia: number
  procedure: Procedure
  /** Approved answers of steps 1 to 6. */
  answers: StepAnswers
  workflowId: string
}

/**
 * One action for each recommendation. A report signed anew revises what is still open, and drops what it no longer says;
 * the same report again changes nothing. Runs in the transaction that issues the report.
 */
export async function actOnRecommendations(trx: Trx, report: SignedReport): Promise<void> {
  const { entityId, cycleId, stepVersionId, vigencia, procedure, workflowId } = report
  const by: ActionCause = { entityId, origin: 'workflow', workflowId }
  const now = appNow()
  const recommended = recommendationsIn(report.answers, procedure)
  for (const one of recommended) {
    const words = await wordsOf(trx, entityId, one, procedure)
    const origin = { origin: 'recommendation' as const, originKey: one.key, cycleId }
    const standing = await findByOrigin(trx, entityId, origin)
    if (standing) await reviseAction(trx, standing.id, { ...words, stepVersionId }, by, now)
    else {
      const checkerDuty = checkerFor(procedure, words.duty)
      await createImprovementAction(trx, { ...words, ...origin, stepVersionId, year: vigencia, checkerDuty }, by, now)
    }
  }
  const kept = recommended.map((one) => one.key)
  for (const { id, origin_key } of await listOfCycle(trx, cycleId))
    if (!kept.includes(origin_key)) await dropAction(trx, id, by, now)
}

async function listOfCycle(trx: Trx, cycleId: string) {
  return await trx
    .selectFrom('improvement_action')
    .select(['id', 'origin_key'])
    .where('cycle_id', '=', cycleId)
    .where('origin', '=', 'recommendation')
    .orderBy('n')
    .execute()
}

/** Who answers for it: the position of that duty in the agency where there is one such, else whoever holds the duty. */
async function wordsOf(trx: Trx, entityId: string, one: Recommended, procedure: Procedure): Promise<ActionWords> {
  const { key: _key, agencyCode, ...words } = one
  const agency = await findAgencyByCode(trx, entityId, agencyCode)
  const posts = agency ? await openPositions(trx, agency.id) : []
  const duty = one.duty || posts.find((post) => post.heads_agency)?.duty || leadOf(procedure)
  const own = posts.filter((post) => post.duty === duty)
  return { ...words, duty, agencyId: agency?.id ?? null, positionId: own.length === 1 ? (own[0]?.id ?? null) : null }
}

/** Whoever leads the procedure answers for what a report of the first form gave to nobody. */
function leadOf(procedure: Procedure): string {
  const [first] = stepTemplate(procedure, '6').approvers
  if (!first) throw new Error('nobody approves the report')
  return first.duty
}

async function findAgencyByCode(trx: Trx, entityId: string, code: string) {
  const rows = await trx.selectFrom('agency').select(['id', 'code']).where('entity_id', '=', entityId).execute()
  return rows.find((row) => (row.code ?? row.id) === code)
}

async function openPositions(trx: Trx, agencyId: string) {
  return await trx
    .selectFrom('position')
    .select(['id', 'duty', 'heads_agency'])
    .where('agency_id', '=', agencyId)
    .where('ended_on', 'is', null)
    .execute()
}
