import type { CountedDay } from '../domain/calendar.ts'
import type { SignatureRole } from '../domain/procedures.ts'
import type { Trx } from './client.ts'

export type StepSignature = Awaited<ReturnType<typeof listSignatures>>[number]

/** Signatures of every version of a cycle's steps, in order; `verdict` tells submissions, approvals and returns apart. */
export async function listSignatures(trx: Trx, cycleId: string) {
  return await trx
    .selectFrom('signature')
    .leftJoin('person as absent', 'absent.id', 'signature.acting_for')
    .select([
      'signature.id',
      'step_id as stepId',
      'absent.display_name as actingFor',
      'step_version_id as versionId',
      'verdict',
      'person_name as personName',
      'position_name as positionName',
      'tenure_kind as tenureKind',
      'duty',
      'signed_at as signedAt',
      'receipt_code as receiptCode',
    ])
    .select(({ ref }) => ref('role').$castTo<SignatureRole>().as('role'))
    .where('cycle_id', '=', cycleId)
    .orderBy('signed_at')
    .execute()
}

/** Versions of a step this person reviewed, approved or returned, the last first. */
export async function listOwnVerdicts(trx: Trx, stepId: string, personId: string): Promise<string[]> {
  const rows = await trx
    .selectFrom('signature')
    .select('step_version_id')
    .where('step_id', '=', stepId)
    .where('person_id', '=', personId)
    .where('verdict', 'in', ['approve', 'return'])
    .orderBy('signed_at', 'desc')
    .execute()
  return rows.map((row) => row.step_version_id)
}

export interface StepTerm {
  startDate: string
  workingDays: number
  dueDate: string
  calendarVersion: string
  status: string
  days: CountedDay[]
}

/** The term of an attempt: the one that runs, else the last one it had. */
export async function findTermOf(trx: Trx, attemptId: string | null): Promise<StepTerm | undefined> {
  if (!attemptId) return undefined
  const row = await trx
    .selectFrom('term')
    .select(['start_date', 'working_days', 'due_date', 'calendar_version', 'status', 'arithmetic'])
    .where('attempt_id', '=', attemptId)
    .orderBy('created_at', 'desc')
    .executeTakeFirst()
  if (!row) return undefined
  return {
    startDate: row.start_date,
    workingDays: row.working_days,
    dueDate: row.due_date,
    calendarVersion: row.calendar_version,
    status: row.status,
    days: row.arithmetic as unknown as CountedDay[],
  }
}

/** Running terms of a cycle: civil due date by step code. */
export async function listRunningTerms(trx: Trx, cycleId: string): Promise<Record<string, string>> {
  const rows = await trx
    .selectFrom('term')
    .innerJoin('step', 'step.id', 'term.step_id')
    .select(['step.code', 'term.due_date'])
    .where('term.cycle_id', '=', cycleId)
    .where('term.status', '=', 'running')
    .execute()
  return Object.fromEntries(rows.map((row) => [row.code, row.due_date]))
}

export interface ReturnedVersion {
  versionId: string
  at: Date
  positionName: string
  personName: string
  observations: { section: string; body: string }[]
}

/** The last return of a step, with its observations by section; undefined when it never came back. */
export async function findLastReturn(trx: Trx, stepId: string): Promise<ReturnedVersion | undefined> {
  const row = await trx
    .selectFrom('signature')
    .select(['id', 'step_version_id', 'signed_at', 'position_name', 'person_name'])
    .where('step_id', '=', stepId)
    .where('verdict', '=', 'return')
    .orderBy('signed_at', 'desc')
    .executeTakeFirst()
  if (!row) return undefined
  return {
    versionId: row.step_version_id,
    at: row.signed_at,
    positionName: row.position_name,
    personName: row.person_name,
    observations: await listObservations(trx, row.id),
  }
}

/** Texts written with an act: observations by section, or its reason under `motivo`. */
export async function listObservations(trx: Trx, actId: string): Promise<{ section: string; body: string }[]> {
  return await trx
    .selectFrom('observation')
    .select(['section', 'body'])
    .where('act_id', '=', actId)
    .orderBy('id')
    .execute()
}

export interface OpenReopening {
  id: string
  askedById: string
  askedBy: string
  askedAt: Date
  reason: string
}

/** The request to reopen a step that waits for an answer. */
export async function findOpenReopening(
  trx: Trx,
  cycleId: string,
  stepCode: string,
): Promise<OpenReopening | undefined> {
  const row = await trx
    .selectFrom('reopening')
    .innerJoin('person', 'person.id', 'reopening.asked_by')
    .leftJoin('observation', 'observation.act_id', 'reopening.asked_act')
    .select([
      'reopening.id',
      'reopening.asked_by as askedById',
      'reopening.asked_at as askedAt',
      'person.display_name as askedBy',
      'observation.body as reason',
    ])
    .where('reopening.cycle_id', '=', cycleId)
    .where('reopening.step_code', '=', stepCode)
    .where('reopening.outcome', 'is', null)
    .executeTakeFirst()
  return row && { ...row, reason: row.reason ?? '' }
}
