/** What pages show of the summaries: what a dependencia confirmed and answered, and where all of a cycle are (H9). */
import { sql } from 'kysely'
import type { Trx } from './client.ts'
import { IN_TEXT } from './figure-codes.ts'
import type { SummaryRow } from './summaries.ts'

/** Who confirmed or answered, when by the clock of the record, and under which receipt. */
export interface HeadAct {
  personName: string
  positionName: string
  at: Date
  receiptCode: string
}

export interface ShownCommitment {
  id: string
  what: string
  position: string
  dueDate: string
  indicator: string
  /** Code and id of the improvement action it became. */
  actionCode: string
  actionId: string
}

export interface SummaryActs {
  reading: HeadAct | null
  answer: (HeadAct & { nothingReason: string | null; commitments: ShownCommitment[] }) | null
}

export async function findSummaryActs(trx: Trx, summaryId: string): Promise<SummaryActs> {
  const reading = await trx
    .selectFrom('summary_reading')
    .select(['person_name as personName', 'position_name as positionName', 'receipt_code as receiptCode'])
    .select('read_at as at')
    .where('summary_id', '=', summaryId)
    .executeTakeFirst()
  const answer = await trx
    .selectFrom('summary_answer')
    .select(['person_name as personName', 'position_name as positionName', 'receipt_code as receiptCode'])
    .select(['answered_at as at', 'nothing_reason as nothingReason'])
    .where('summary_id', '=', summaryId)
    .executeTakeFirst()
  return {
    reading: reading ?? null,
    answer: answer ? { ...answer, commitments: await commitmentsOf(trx, summaryId) } : null,
  }
}

async function commitmentsOf(trx: Trx, summaryId: string): Promise<ShownCommitment[]> {
  return await trx
    .selectFrom('summary_commitment as c')
    .innerJoin('position', 'position.id', 'c.position_id')
    .innerJoin('improvement_action as a', 'a.id', 'c.action_id')
    .select(['c.id', 'c.what', 'position.name as position', 'c.due_date as dueDate', 'c.indicator'])
    .select(['a.code as actionCode', 'a.id as actionId'])
    .where('c.summary_id', '=', summaryId)
    .orderBy('c.n')
    .execute()
}

/** One dependencia on its way from being told to having answered. */
export interface TrackedSummary
  extends Pick<SummaryRow, 'id' | 'agencyId' | 'agencyName' | 'dueDate' | 'deliveredAt' | 'readAt' | 'answeredAt'> {
  readBy: string | null
  /** Commitments of its answer; 0 where nothing will change, or it has not answered. */
  commitments: number
  /** When it was last told, by itself or by hand. */
  toldAt: Date | null
  /** Positions that head it today; empty where none is registered. */
  heads: string[]
}

/** Every dependencia of a cycle by name, the first 300. */
export async function listTracked(trx: Trx, cycleId: string): Promise<TrackedSummary[]> {
  const found = await sql<TrackedSummary>`
    select s.id, s.agency_id as "agencyId", g.name as "agencyName", s.due_date as "dueDate",
      s.delivered_at as "deliveredAt", r.read_at as "readAt", r.position_name as "readBy", a.answered_at as "answeredAt",
      (select count(*)::int from summary_commitment c where c.summary_id = s.id) as commitments,
      (select max(n.settled_at) from notice n
        where n.summary_id = s.id and n.duty = 'head' and n.status in ('sent', 'attempted')) as "toldAt",
      (select coalesce(array_agg(p.name order by p.name), '{}') from position p where p.agency_id = s.agency_id
        and p.heads_agency and (p.ended_on is null or p.ended_on >= app_today())) as heads
    from agency_summary s join agency g on g.id = s.agency_id
      left join summary_reading r on r.summary_id = s.id left join summary_answer a on a.summary_id = s.id
    where s.cycle_id = ${cycleId}
    order by g.name, s.id limit 300`.execute(trx)
  return found.rows
}

/** Figures the signed report of a cycle printed, by title, each with the code under which anyone finds it. */
export async function listPrintedFigures(trx: Trx, cycleId: string): Promise<{ code: string; title: string }[]> {
  return await trx
    .selectFrom('figure_code')
    .innerJoin('document', 'document.id', 'figure_code.document_id')
    .innerJoin('step', 'step.version_id', 'document.step_version_id')
    .select(['figure_code.code', 'figure_code.title'])
    .where('step.cycle_id', '=', cycleId)
    .where('step.code', '=', '6')
    .where('figure_code.release_id', 'is', null)
    .where('figure_code.chart', '<>', IN_TEXT)
    .orderBy('figure_code.title')
    .limit(200)
    .execute()
}
