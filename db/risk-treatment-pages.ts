/** What pages read of the treatment of a risk, its plan and its acceptances. */
import { sql } from 'kysely'
import type { ActionStatus } from '../domain/improvement.ts'
import type { AcceptanceStatus, AcceptanceVerdict, Treatment } from '../domain/risk-treatment.ts'
import { spacedCode } from '../domain/verification-codes.ts'
import type { Trx } from './client.ts'
import { decodeCursor, type Page, pageOf } from './pages.ts'
import { treatmentInForce } from './treatments-in-force.ts'

export interface ShownTreatment {
  option: Treatment
  statement: string
  position: string
  at: Date
  /** It was decided on the assessment that stands. */
  isCurrent: boolean
}

/** What is done about it today; undefined where nothing is. */
export async function findTreatment(trx: Trx, riskId: string): Promise<ShownTreatment | undefined> {
  const found = await sql<ShownTreatment>`
    select t.option, t.statement, t.position, t.at, s.assessment_id = t.assessment_id as "isCurrent"
    from risk_standing s cross join lateral (${treatmentInForce(sql`s.risk_id`)}) t where s.risk_id = ${riskId}`.execute(
    trx,
  )
  return found.rows[0]
}

export interface PlanLine {
  code: string
  what: string
  owner: string
  startsOn: string
  dueOn: string
  followUpOn: string
  status: ActionStatus
}

/** Activities of the plan by the day they end; 25 a page. */
export async function listPlan(trx: Trx, riskId: string, cursor: string | null = null): Promise<Page<PlanLine>> {
  const after = decodeCursor(cursor, ['date', 'id'])
  const from = after ? sql`and (a.due_date, a.id) > (${after[0]}::date, ${after[1]}::uuid)` : sql``
  const found = await sql<PlanLine & { id: string }>`
    select a.id, a.code, a.what, pos.name as owner, p.starts_on as "startsOn", a.due_date as "dueOn",
      p.follow_up_on as "followUpOn", a.status
    from risk_plan_action p join improvement_action a on a.id = p.action_id join position pos on pos.id = a.position_id
    where p.risk_id = ${riskId} ${from} order by a.due_date, a.id limit 26`.execute(trx)
  const { rows, next } = pageOf(found.rows, 25, (row) => [row.dueOn, row.id])
  return { rows: rows.map(({ id: _id, ...row }) => row), next }
}

export interface ShownAcceptance {
  id: string
  status: AcceptanceStatus
  reason: string
  until: string
  acceptorDuty: string
  /** What was to be accepted, as it stood. */
  content: unknown
  contentHash: string
  position: string
  askedAt: Date
}

/** Acceptances of a risk, the last first; 10 a page. */
export async function listAcceptances(
  trx: Trx,
  riskId: string,
  cursor: string | null = null,
): Promise<Page<ShownAcceptance>> {
  const after = decodeCursor(cursor, ['instant', 'id'])
  const from = after ? sql`and (a.asked_at, a.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql``
  const found = await sql<ShownAcceptance & { key: string }>`
    select a.id, a.status, a.reason, a.until, a.acceptor_duty as "acceptorDuty", a.content, a.content_hash as "contentHash",
      pos.name as position, a.asked_at as "askedAt", a.asked_at::text as key
    from risk_acceptance a join position pos on pos.id = a.asked_position
    where a.risk_id = ${riskId} ${from} order by a.asked_at desc, a.id desc limit 11`.execute(trx)
  const { rows, next } = pageOf(found.rows, 10, (row) => [row.key, row.id])
  return { rows: rows.map(({ key: _key, ...row }) => row), next }
}

export interface AcceptanceSignature {
  id: string
  kind: AcceptanceVerdict
  personName: string
  positionName: string
  statement: string
  observation: string | null
  method: string
  receiptCode: string
  signedAt: Date
}

/** What each person decided on an acceptance, in order. */
export async function listAcceptanceSignatures(trx: Trx, acceptanceId: string): Promise<AcceptanceSignature[]> {
  const rows = await trx
    .selectFrom('risk_signature')
    .select(['id', 'kind', 'person_name as personName', 'position_name as positionName', 'statement', 'observation'])
    .select(['method', 'receipt_code as receiptCode', 'signed_at as signedAt'])
    .where('acceptance_id', '=', acceptanceId)
    .orderBy('signed_at')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({ ...row, kind: row.kind as AcceptanceVerdict }))
}

/** Whether a verdict on an acceptance is stored and not recorded yet. */
export async function isAcceptanceUnderway(trx: Trx, acceptanceId: string): Promise<boolean> {
  const open = trx.selectFrom('act').select('id').where('acceptance_id', '=', acceptanceId)
  return (await open.where('status', '=', 'stored').executeTakeFirst()) !== undefined
}

export interface RiskReceipt {
  entity: string
  kind: AcceptanceVerdict
  position: string
  at: Date
  method: string
}

/** What stands behind the code of a verdict on a risk; nobody is named. Call inside `withDocumentCode`. */
export async function findRiskReceipt(trx: Trx, code: string): Promise<RiskReceipt | undefined> {
  const found = await sql<RiskReceipt>`
    select e.name as entity, s.kind, s.position_name as position, s.signed_at as at, s.method
    from risk_signature s join entity e on e.id = s.entity_id where s.receipt_code = ${spacedCode(code)}`.execute(trx)
  return found.rows[0]
}
