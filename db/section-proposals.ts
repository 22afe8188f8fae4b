/** Changes proposed to sections of a report (G3): the words proposed, why, and what became of them. */
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { EventType } from '../domain/events.ts'
import type { ProposalAnswer, ProposalStatus } from '../domain/proposals.ts'
import { Refused } from '../domain/refusals.ts'
import { type ActingPerson, eventBy } from './administration.ts'
import { recordEvent } from './audit.ts'
import type { Trx } from './client.ts'

type Writer = ActingPerson & { positionId: string }

export interface Proposal {
  id: string
  section: string
  /** The words of the section when it was made, and those proposed; as stored in a draft. */
  base: string
  value: string
  reason: string
  personId: string
  /** Whom they acted for. */
  actingFor: string | null
  by: string
  proposedAt: Date
  status: ProposalStatus
  answeredAt: Date | null
  answeredBy: string | null
  /** Why it was declined; null otherwise. */
  answer: string | null
}

const proposals = (trx: Trx, cycleId: string) =>
  trx
    .selectFrom('section_proposal')
    .innerJoin('position', 'position.id', 'section_proposal.position_id')
    .leftJoin('position as answerer', 'answerer.id', 'section_proposal.answered_position')
    .select(['section_proposal.id', 'section', 'base', 'value', 'reason', 'section_proposal.person_id as personId'])
    .select('section_proposal.acting_for as actingFor')
    .select(['position.name as by', 'proposed_at as proposedAt', 'section_proposal.status'])
    .select(['answered_at as answeredAt', 'answerer.name as answeredBy', 'answer'])
    .where('section_proposal.cycle_id', '=', cycleId)

type Row = Awaited<ReturnType<ReturnType<typeof proposals>['executeTakeFirstOrThrow']>>

const asProposal = (row: Row): Proposal => ({ ...row, status: row.status as ProposalStatus })

/** Those to one section, a hundred at most: those without an answer first, and the newest of each. */
export async function listProposals(trx: Trx, cycleId: string, section: string): Promise<Proposal[]> {
  const rows = await proposals(trx, cycleId)
    .where('section', '=', section)
    .orderBy(sql`section_proposal.status = 'open'`, 'desc')
    .orderBy('proposed_at', 'desc')
    .orderBy('section_proposal.id', 'desc')
    .limit(100)
    .execute()
  return rows.map(asProposal)
}

export async function findProposal(trx: Trx, cycleId: string, id: string): Promise<Proposal | undefined> {
  const row = await proposals(trx, cycleId).where('section_proposal.id', '=', id).executeTakeFirst()
  return row && asProposal(row)
}

/** How many wait for an answer in each section that has one. */
export async function countOpenProposals(trx: Trx, cycleId: string): Promise<{ section: string; n: number }[]> {
  const rows = await trx
    .selectFrom('section_proposal')
    .select(({ fn }) => ['section', fn.countAll<string>().as('n')])
    .where('cycle_id', '=', cycleId)
    .where('status', '=', 'open')
    .groupBy('section')
    .orderBy('section')
    .execute()
  return rows.map(({ section, n }) => ({ section, n: Number(n) }))
}

export interface NewProposal {
  /** The same form sent twice is one proposal. */
  id: string
  cycleId: string
  section: string
  base: string
  value: string
  reason: string
}

/** Keeps a proposal, with its event. False when it was there already. */
export async function makeProposal(trx: Trx, actor: Writer, proposal: NewProposal): Promise<boolean> {
  const { id, cycleId, section, reason, ...words } = proposal
  const made = await trx
    .insertInto('section_proposal')
    .values({
      ...{ ...words, id, entity_id: actor.entityId, cycle_id: cycleId, section, reason },
      ...{ person_id: actor.personId, position_id: actor.positionId },
    })
    .onConflict((oc) => oc.column('id').doNothing())
    .executeTakeFirst()
  if (made.numInsertedOrUpdatedRows !== 1n) return false
  await record(trx, actor, { id, cycleId, section }, 'proposal.made', reason)
  return true
}

/** What became of a proposal. Throws `Refused('out_of_date')` when it was answered meanwhile. */
export async function settleProposal(
  trx: Trx,
  actor: Writer,
  { cycleId, id, section }: { cycleId: string; id: string; section: string },
  said: { status: ProposalAnswer; answer?: string },
): Promise<void> {
  const settled = await trx
    .updateTable('section_proposal')
    .set({
      ...{ status: said.status, answer: said.answer ?? null, answered_at: sql<Date>`app_now()` },
      ...{ answered_by: actor.personId, answered_position: actor.positionId },
    })
    .where('id', '=', id)
    .where('cycle_id', '=', cycleId)
    .where('status', '=', 'open')
    .executeTakeFirst()
  if (settled.numUpdatedRows !== 1n) throw new Refused('out_of_date')
  await record(trx, actor, { id, cycleId, section }, ANSWERED[said.status], said.answer)
}

const ANSWERED: Record<ProposalAnswer, EventType> = {
  accepted: 'proposal.accepted',
  declined: 'proposal.declined',
  withdrawn: 'proposal.withdrawn',
}

/** Typed text appears in the record by its hash. */
async function record(
  trx: Trx,
  actor: Writer,
  { id, cycleId, section }: { id: string; cycleId: string; section: string },
  type: EventType,
  reason: string | undefined,
): Promise<void> {
  const hash = reason === undefined ? [] : [createHash('sha256').update(reason).digest('hex')]
  await recordEvent(trx, {
    ...{ ...eventBy(actor), type, objectId: id, objectVersion: section, cycleId, stepCode: '6' },
    changes: hash.map((after) => ({ field: 'reason', before: null, after })),
  })
}
