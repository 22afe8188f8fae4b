import type { CycleState, SignatureMark, StepState, StepStatus, VersionMark } from '../domain/cycle-state.ts'
import type { StepCode } from '../domain/procedures.ts'
import type { Trx } from './client.ts'
import { type ProcedureVersion, requireProcedureVersion } from './procedures.ts'

export interface LoadedCycle {
  entityId: string
  state: CycleState
  version: ProcedureVersion
  /** Row status, which also knows `requested` and `refused`. */
  rowStatus: string
  /** Row id of each step by its code. */
  stepIds: Record<string, string>
  attemptIds: Record<string, string | null>
}

/** The state of a cycle as its rows tell it, in the shape `domain/cycle-state.ts` gives it; undefined when not visible. */
export async function findCycle(
  trx: Trx,
  cycleId: string,
  options: { lock?: boolean } = {},
): Promise<LoadedCycle | undefined> {
  const row = await (options.lock ? cycleRow(trx, cycleId).forUpdate() : cycleRow(trx, cycleId)).executeTakeFirst()
  if (!row) return undefined
  const [version, steps, authors, signatures, reopenings, versions, terms] = [
    await requireProcedureVersion(trx, row.procedure_version_id),
    await stepRows(trx, cycleId),
    await authorRows(trx, cycleId),
    await signatureRows(trx, cycleId),
    await reopeningRows(trx, cycleId),
    await versionRows(trx, cycleId),
    await termRows(trx, cycleId),
  ]
  const stepStates = steps.map(
    (step): StepState => ({
      code: step.code as StepCode,
      status: step.status as StepStatus,
      attempt: step.attempt_n,
      version: versionMark(versions.find((candidate) => candidate.id === step.version_id)),
      authors: [...new Set(authors.filter((author) => author.step_id === step.id).map((author) => author.person_id))],
      signatures: marks(
        signatures.filter((mark) => mark.step_version_id === step.version_id),
        step.status,
      ),
      reopening: reopenings.find((reopening) => reopening.step_code === step.code)?.mark ?? null,
      lapsedBy: step.lapsed_by as StepCode | null,
      dueAt: terms.find((term) => term.attempt_id === step.attempt_id)?.due_at.toISOString() ?? null,
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
  }
}

const cycleRow = (trx: Trx, id: string) =>
  trx.selectFrom('cycle').select(['id', 'entity_id', 'status', 'procedure_version_id']).where('id', '=', id)

const stepRows = (trx: Trx, id: string) =>
  trx
    .selectFrom('step')
    .select(['id', 'code', 'status', 'attempt_n', 'attempt_id', 'version_id', 'lapsed_by'])
    .where('cycle_id', '=', id)
    .orderBy('code')
    .execute()

/** Whoever elaborated a version that was submitted, over all attempts: what counts once the content is frozen. */
const authorRows = (trx: Trx, id: string) =>
  trx
    .selectFrom('attempt_author')
    .innerJoin('step', 'step.id', 'attempt_author.step_id')
    .select(['attempt_author.step_id', 'attempt_author.person_id'])
    .where('step.cycle_id', '=', id)
    .orderBy('attempt_author.first_at')
    .execute()

const signatureRows = (trx: Trx, id: string) =>
  trx
    .selectFrom('signature')
    .select(['id', 'step_version_id', 'role', 'verdict', 'person_id', 'acting_for', 'duty'])
    .where('cycle_id', '=', id)
    .where('role', '!=', 'author')
    .orderBy('signed_at')
    .execute()

async function reopeningRows(trx: Trx, id: string) {
  const rows = await trx
    .selectFrom('reopening')
    .select(['id', 'step_code', 'asked_by'])
    .where('cycle_id', '=', id)
    .where('outcome', 'is', null)
    .execute()
  return rows.map((row) => ({ step_code: row.step_code, mark: { id: row.id, askedBy: row.asked_by } }))
}

const versionRows = (trx: Trx, id: string) =>
  trx
    .selectFrom('step_version')
    .innerJoin('step', 'step.version_id', 'step_version.id')
    .select(['step_version.id', 'step_version.hash', 'step_version.built_on'])
    .where('step.cycle_id', '=', id)
    .execute()

const termRows = (trx: Trx, id: string) =>
  trx
    .selectFrom('term')
    .select(['attempt_id', 'due_at'])
    .where('cycle_id', '=', id)
    .where('status', '=', 'running')
    .execute()

function versionMark(row: { id: string; hash: string; built_on: unknown } | undefined): VersionMark | null {
  if (!row) return null
  return { id: row.id, hash: row.hash, builtOn: row.built_on as VersionMark['builtOn'] }
}

type SignatureRow = Awaited<ReturnType<typeof signatureRows>>[number]

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
