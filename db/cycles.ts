import type { ExpressionBuilder } from 'kysely'
import { jsonArrayFrom } from 'kysely/helpers/postgres'
import type { CycleState, SignatureMark, StepState, StepStatus, VersionMark } from '../domain/cycle-state.ts'
import type { StepCode } from '../domain/procedures.ts'
import { handsOf } from '../domain/substitutions.ts'
import type { Trx } from './client.ts'
import { type ProcedureVersion, requireProcedureVersion } from './procedures.ts'
import type { DB } from './schema.ts'

export interface LoadedCycle {
  entityId: string
  state: CycleState
  version: ProcedureVersion
  /** Row status, which also knows `requested` and `refused`. */
  rowStatus: string
  /** Row id of each step by its code. */
  stepIds: Record<string, string>
  attemptIds: Record<string, string | null>
  /** Version of the form each step is filled in, pinned when the cycle began (A6). */
  formVersions: Record<string, number>
}

/** The row of a cycle, held until the transaction ends: whoever records something of the cycle waits here. */
export async function lockCycle(trx: Trx, cycleId: string) {
  return await trx
    .selectFrom('cycle')
    .select(['status', 'vigencia', 'procedure_version_id as procedureVersionId'])
    .where('id', '=', cycleId)
    .forUpdate()
    .executeTakeFirstOrThrow()
}

/** Whether its start is recorded: until then it has no steps. */
export async function hasBegun(trx: Trx, cycleId: string): Promise<boolean> {
  const step = await trx.selectFrom('step').select('id').where('cycle_id', '=', cycleId).limit(1).executeTakeFirst()
  return step !== undefined
}

/** The state of a cycle as its rows tell it, in the shape `domain/cycle-state.ts` gives it; undefined when not visible. */
export async function findCycle(
  trx: Trx,
  cycleId: string,
  options: { lock?: boolean } = {},
): Promise<LoadedCycle | undefined> {
  // The lock is a statement of its own: what is read after it waited must not be older than the row it waited for.
  if (options.lock) await trx.selectFrom('cycle').select('id').where('id', '=', cycleId).forUpdate().execute()
  const row = await cycleRow(trx, cycleId).executeTakeFirst()
  if (!row) return undefined
  const { steps, authors, proposers, signatures, reopenings, versions, terms } = row
  const version = await requireProcedureVersion(trx, row.procedure_version_id)
  const stepStates = steps.map(
    (step): StepState => ({
      code: step.code as StepCode,
      status: step.status as StepStatus,
      attempt: step.attempt_n,
      version: versionMark(versions.find((candidate) => candidate.id === step.version_id)),
      authors: [...new Set(authors.filter((author) => author.step_id === step.id).map((author) => author.person_id))],
      ...(step.code === '6' && proposers.length > 0 && { proposers: [...new Set(proposers.flatMap(handsOf))] }),
      signatures: marks(
        signatures.filter((mark) => mark.step_version_id === step.version_id),
        step.status,
      ),
      reopening: markOf(reopenings.find((reopening) => reopening.step_code === step.code)) ?? null,
      lapsedBy: step.lapsed_by as StepCode | null,
      dueAt: instantOf(terms.find((term) => term.attempt_id === step.attempt_id)?.due_at),
    }),
  )
  const status =
    row.status === 'closed' ? 'closed' : row.status === 'cancelled' || row.status === 'refused' ? 'cancelled' : 'active'
  return {
    entityId: row.entity_id,
    state: { id: cycleId, status, steps: stepStates },
    version,
    rowStatus: row.status,
    stepIds: Object.fromEntries(steps.map((step) => [step.code, step.id])),
    attemptIds: Object.fromEntries(steps.map((step) => [step.code, step.attempt_id])),
    formVersions: Object.fromEntries(steps.map((step) => [step.code, step.form_version])),
  }
}

/** Everything of a cycle in one statement: every act reads it three times. */
const cycleRow = (trx: Trx, id: string) =>
  trx
    .selectFrom('cycle')
    .select(['id', 'entity_id', 'status', 'procedure_version_id'])
    .select((eb) => [
      jsonArrayFrom(stepRows(eb)).as('steps'),
      jsonArrayFrom(authorRows(eb)).as('authors'),
      jsonArrayFrom(proposerRows(eb)).as('proposers'),
      jsonArrayFrom(signatureRows(eb)).as('signatures'),
      jsonArrayFrom(reopeningRows(eb)).as('reopenings'),
      jsonArrayFrom(versionRows(eb)).as('versions'),
      jsonArrayFrom(termRows(eb)).as('terms'),
    ])
    .where('id', '=', id)

type OfCycle = ExpressionBuilder<DB, 'cycle'>

const stepRows = (eb: OfCycle) =>
  eb
    .selectFrom('step')
    .select(['id', 'code', 'status', 'attempt_n', 'attempt_id', 'version_id', 'lapsed_by', 'form_version'])
    .whereRef('cycle_id', '=', 'cycle.id')
    .orderBy('code')

/** Whoever elaborated a version that was submitted, over all attempts: what counts once the content is frozen. */
const authorRows = (eb: OfCycle) =>
  eb
    .selectFrom('attempt_author')
    .innerJoin('step', 'step.id', 'attempt_author.step_id')
    .select(['attempt_author.step_id', 'attempt_author.person_id'])
    .whereRef('step.cycle_id', '=', 'cycle.id')
    .orderBy('attempt_author.first_at')

/** Whoever proposed words of the report (step 6) that were accepted. */
const proposerRows = (eb: OfCycle) =>
  eb
    .selectFrom('section_proposal')
    .select(['person_id as personId', 'acting_for as actingFor'])
    .distinct()
    .whereRef('cycle_id', '=', 'cycle.id')
    .where('status', '=', 'accepted')
    .orderBy('person_id')

const signatureRows = (eb: OfCycle) =>
  eb
    .selectFrom('signature')
    .select(['id', 'step_version_id', 'role', 'verdict', 'person_id', 'acting_for', 'duty'])
    .whereRef('cycle_id', '=', 'cycle.id')
    .where('role', '!=', 'author')
    .orderBy('signed_at')

const reopeningRows = (eb: OfCycle) =>
  eb
    .selectFrom('reopening')
    .select(['id', 'step_code', 'asked_by'])
    .whereRef('cycle_id', '=', 'cycle.id')
    .where('outcome', 'is', null)

const versionRows = (eb: OfCycle) =>
  eb
    .selectFrom('step_version')
    .innerJoin('step', 'step.version_id', 'step_version.id')
    .select(['step_version.id', 'step_version.hash', 'step_version.built_on'])
    .whereRef('step.cycle_id', '=', 'cycle.id')

const termRows = (eb: OfCycle) =>
  eb
    .selectFrom('term')
    .select(['attempt_id', 'due_at'])
    .whereRef('cycle_id', '=', 'cycle.id')
    .where('status', '=', 'running')

const markOf = (row: { id: string; asked_by: string } | undefined) => row && { id: row.id, askedBy: row.asked_by }

/** PostgreSQL writes an instant into JSON as text. */
const instantOf = (dueAt: Date | string | undefined) => (dueAt === undefined ? null : new Date(dueAt).toISOString())

function versionMark(row: { id: string; hash: string; built_on: unknown } | undefined): VersionMark | null {
  if (!row) return null
  return { id: row.id, hash: row.hash, builtOn: row.built_on as VersionMark['builtOn'] }
}

type SignatureRow = NonNullable<
  Awaited<ReturnType<ReturnType<typeof cycleRow>['executeTakeFirst']>>
>['signatures'][number]

/** A returned or withdrawn version keeps its signatures as history only; the state starts without them. */
function marks(rows: SignatureRow[], status: string): SignatureMark[] {
  if (!['in_review', 'in_approval', 'approved', 'lapsed'].includes(status)) return []
  return rows
    .filter((row) => row.verdict === 'approve')
    .map((row) => ({
      decisionId: row.id,
      role: row.role as SignatureMark['role'],
      duty: row.duty,
      personId: row.person_id,
      actingFor: row.acting_for,
    }))
}
