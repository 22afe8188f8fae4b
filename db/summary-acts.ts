/** What the head of a dependencia does with its summary: confirms having read it, and answers what will change (H9). */
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Commitment, SummaryAnswer } from '../domain/dissemination.ts'
import { checkerFor } from '../domain/improvement.ts'
import type { Procedure } from '../domain/procedures.ts'
import { Refused } from '../domain/refusals.ts'
import { codeFrom, spacedCode } from '../domain/verification-codes.ts'
import { type ActingPerson, eventBy } from './administration.ts'
import { recordEvent } from './audit.ts'
import type { Trx } from './client.ts'
import { appNow } from './clock.ts'
import { hashOf } from './content-hash.ts'
import { idOf } from './ids.ts'
import { createImprovementAction } from './improvement-actions.ts'
import type { SummaryRow } from './summaries.ts'
import { endSummaryNotices } from './summary-notices.ts'

/** Whoever heads the dependencia, as they were when they acted. */
export interface ActingHead extends ActingPerson {
  positionId: string
  personName: string
  positionName: string
  tenureKind: string
}

/** Keeps that this head read exactly this content, with its receipt; confirmed before, by whomever, it stands as it was. */
export async function recordReading(trx: Trx, head: ActingHead, summary: SummaryRow): Promise<void> {
  const kept = await trx
    .insertInto('summary_reading')
    .values({
      ...{ summary_id: summary.id, entity_id: head.entityId, sha256: summary.sha256 },
      ...{ person_id: head.personId, position_id: head.positionId, person_name: head.personName },
      ...{ position_name: head.positionName, tenure_kind: head.tenureKind },
      receipt_code: receiptOf('reading', summary.id, head.personId, summary.sha256),
    })
    .onConflict((oc) => oc.column('summary_id').doNothing())
    .executeTakeFirst()
  if (kept.numInsertedOrUpdatedRows !== 1n) return
  await recordEvent(trx, {
    ...{ ...eventBy(head), type: 'summary.read', objectId: summary.id, cycleId: summary.cycleId },
    ...{ contentHash: summary.sha256, changes: [{ field: 'agency', before: null, after: summary.agencyName }] },
  })
}

/** SHA-256 of an answer as it was typed: what its event and its receipt name. */
export function hashOfAnswer(answer: SummaryAnswer): string {
  return hashOf(answer)
}

/**
 * Keeps the answer of a dependencia with its receipt; each commitment becomes an improvement action, and the reminders end.
 * A commitment of a position of another dependencia is refused with `stale` ids: `Refused('out_of_date')`.
 */
export async function recordAnswer(
  trx: Trx,
  head: ActingHead,
  { summary, procedure, answer }: { summary: SummaryRow; procedure: Procedure; answer: SummaryAnswer },
): Promise<void> {
  const sha256 = hashOfAnswer(answer)
  await trx
    .insertInto('summary_answer')
    .values({
      ...{ summary_id: summary.id, entity_id: head.entityId, sha256 },
      nothing_reason: answer.changes ? null : answer.reason,
      ...{ person_id: head.personId, position_id: head.positionId, person_name: head.personName },
      position_name: head.positionName,
      receipt_code: receiptOf('answer', summary.id, head.personId, sha256),
    })
    .execute()
  const commitments = answer.changes ? answer.commitments : []
  for (const [i, commitment] of commitments.entries())
    await commit(trx, head, { summary, procedure, commitment, n: i + 1 })
  await endSummaryNotices(trx, summary.id)
  await recordEvent(trx, {
    ...{ ...eventBy(head), type: 'summary.answered', objectId: summary.id, cycleId: summary.cycleId },
    contentHash: sha256,
    changes: [
      { field: 'agency', before: null, after: summary.agencyName },
      { field: 'commitments', before: null, after: commitments.length },
    ],
  })
}

interface Committed {
  summary: SummaryRow
  procedure: Procedure
  commitment: Commitment
  /** Its place in the answer, from 1. */
  n: number
}

async function commit(trx: Trx, head: ActingHead, { summary, procedure, commitment, n }: Committed): Promise<void> {
  const { what, positionId, dueDate, indicator } = commitment
  const { duty, agencyId } = await ownPosition(trx, summary.agencyId, positionId)
  const id = idOf('commitment', summary.id, n)
  const { entityId } = head
  const action = await createImprovementAction(
    trx,
    {
      ...{ origin: 'commitment', originKey: id, cycleId: summary.cycleId, stepVersionId: null, year: summary.vigencia },
      ...{ what, target: null, segment: null, priority: null, agencyId, duty, positionId },
      ...{ indicator, dueDate, checkerDuty: checkerFor(procedure, duty) },
    },
    eventBy(head),
    appNow(),
  )
  await trx
    .insertInto('summary_commitment')
    .values({
      ...{ id, entity_id: entityId, summary_id: summary.id, n, what, position_id: positionId, due_date: dueDate },
      ...{ indicator, action_id: action.id },
    })
    .execute()
}

/** Only a position of the dependencia, or of one below it, answers for what the dependencia commits itself to. */
async function ownPosition(trx: Trx, agencyId: string, positionId: string) {
  const position = (await listOwnPositions(trx, agencyId)).find(({ id }) => id === positionId)
  if (!position) throw new Refused('out_of_date')
  return position
}

/** Positions of a dependencia and of those below it that stand, its own first: who can answer for a commitment. */
export async function listOwnPositions(
  trx: Trx,
  agencyId: string,
): Promise<{ id: string; name: string; duty: string; agencyId: string }[]> {
  const found = await sql<{ id: string; name: string; duty: string; agencyId: string }>`
    with recursive down as (
      select id, 0 as depth from agency where id = ${agencyId}
      union select a.id, down.depth + 1 from agency a join down on a.parent_id = down.id
        where a.ended_on is null and down.depth < 20
    )
    select p.id, p.name, p.duty, p.agency_id as "agencyId" from down join position p on p.agency_id = down.id
    where p.ended_on is null order by down.depth, p.name, p.id`.execute(trx)
  return found.rows
}

/** As the receipt of an act: nobody guesses it, and nothing can be read from it. */
function receiptOf(...parts: string[]): string {
  return spacedCode(
    codeFrom(
      createHash('sha256')
        .update(`receipt:${parts.join(':')}`)
        .digest(),
    ),
  )
}
