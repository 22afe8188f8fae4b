import { sql } from 'kysely'
import { type CycleState, stepOf } from '../domain/cycle-state.ts'
import { type Answers, type Row, rowsOf } from '../domain/forms.ts'
import {
  type CatalogueChange,
  catalogueChange,
  isVariableCode,
  type VariableDefinition,
} from '../domain/variable-definitions.ts'
import { type ScoredVariable, thresholdOf, variablesOf } from '../domain/variables.ts'
import { type EventRecord, recordEvent } from './audit.ts'
import type { Cause } from './cause.ts'
import type { Trx } from './client.ts'
import { hashOf } from './content-hash.ts'
import type { LoadedCycle } from './cycles.ts'
import { newId } from './ids.ts'

interface Known {
  id: string
  code: string
  n: number
  versionId: string
  definition: VariableDefinition
}

/** A variable of the step beside what the catalogue has and will have of it. */
interface Adopted {
  variable: ScoredVariable
  change: CatalogueChange
  id: string
  n: number
  versionId: string
}

/** The approval that brings a version of step 2 into the catalogue. */
interface Approval {
  entityId: string
  cycleId: string
  versionId: string
  by: { personId: string; positionId: string; actingFor: string | null; actId: string }
  from: Pick<EventRecord, 'origin' | 'workflowId' | 'requestId'>
}

/**
 * What an approved step 2 says of its variables enters the catalogue, in the transaction of the approval: new variables,
 * new versions of those whose definition changed, and how each scored, dropped ones too (F5). A version of the step enters
 * once, however often its approval is restored.
 */
export async function adoptVariables(trx: Trx, before: LoadedCycle, after: CycleState, cause: Cause): Promise<void> {
  const { status, version } = stepOf(after, '2')
  if (status !== 'approved' || !version || stepOf(before.state, '2').status === 'approved') return
  const { decision, origin, workflowId, requestId } = cause
  if (!decision) return
  const { personId, positionId, actingFor, id: actId } = decision
  await adopt(trx, {
    ...{ entityId: before.entityId, cycleId: after.id, versionId: version.id },
    ...{ by: { personId, positionId, actingFor, actId }, from: { origin, workflowId, requestId } },
  })
}

/** Approved before there was a catalogue: as whoever approved it last would have brought it in. */
export async function adoptApproved(trx: Trx, step: UnadoptedStep): Promise<void> {
  const { entityId, cycleId, versionId } = step
  const by = await trx
    .selectFrom('signature')
    .select(['person_id as personId', 'position_id as positionId', 'acting_for as actingFor', 'id as actId'])
    .where('step_version_id', '=', versionId)
    .where('role', '=', 'approver')
    .where('verdict', '=', 'approve')
    .orderBy('signed_at', 'desc')
    .executeTakeFirst()
  if (by) await adopt(trx, { entityId, cycleId, versionId, by, from: { origin: 'system' } })
}

export interface UnadoptedStep {
  entityId: string
  cycleId: string
  versionId: string
}

/** Every step 2 that stands approved and whose variables the catalogue does not have; in the order of their vigencias. */
export async function listUnadopted(trx: Trx): Promise<UnadoptedStep[]> {
  const { rows } = await sql<UnadoptedStep>`
    select s.entity_id as "entityId", s.cycle_id as "cycleId", s.version_id as "versionId"
    from step s join cycle c on c.id = s.cycle_id
    where s.code = '2' and s.status = 'approved' and s.version_id is not null
      and not exists (select 1 from variable_score v where v.step_version_id = s.version_id)
    order by c.vigencia, s.approved_at, s.id`.execute(trx)
  return rows
}

async function adopt(trx: Trx, { entityId, cycleId, versionId, by, from }: Approval): Promise<void> {
  // Two exercises approved at once give their versions one after the other.
  await sql`select pg_advisory_xact_lock(hashtextextended(${entityId}, 15))`.execute(trx)
  if (await isAdopted(trx, versionId)) return
  const frozen = await trx
    .selectFrom('step_version')
    .innerJoin('cycle', 'cycle.id', 'step_version.cycle_id')
    .select(['step_version.answers', 'step_version.frozen_by', 'step_version.hash', 'cycle.vigencia'])
    .where('step_version.id', '=', versionId)
    .executeTakeFirstOrThrow()
  const answers = frozen.answers as unknown as Answers
  const known = await listKnown(trx, entityId)
  const variables = variablesOf(answers).filter(
    // A step frozen before its form asked for it may hold what no catalogue takes: it stays in the step.
    ({ code }, i, all) => isVariableCode(code) && all.findIndex((other) => other.code === code) === i,
  )
  const adopted = variables.map((variable) => adoptedFrom(variable, known.get(variable.code)))
  const place = { entity_id: entityId, cycle_id: cycleId, step_version_id: versionId, vigencia: frozen.vigencia }
  await insertVersions(trx, adopted, {
    ...{ ...place, elaborated_by: frozen.frozen_by },
    ...{ approved_by: by.personId, approved_position: by.positionId },
  })
  await insertScores(trx, adopted, answers, place)
  await recordEvent(trx, {
    ...{ entityId, type: 'variables.adopted', objectId: versionId, contentHash: frozen.hash, cycleId, stepCode: '2' },
    ...{ actorPerson: by.personId, actorPosition: by.positionId, actingFor: by.actingFor, actId: by.actId, ...from },
    changes: adopted.flatMap(({ variable, change, n }) =>
      change.kind === 'no_change' ? [] : [{ field: variable.code, before: n > 1 ? n - 1 : null, after: n }],
    ),
  })
}

async function isAdopted(trx: Trx, stepVersionId: string): Promise<boolean> {
  const row = await trx
    .selectFrom('variable_score')
    .select('variable_id')
    .where('step_version_id', '=', stepVersionId)
    .executeTakeFirst()
  return row !== undefined
}

async function listKnown(trx: Trx, entityId: string): Promise<Map<string, Known>> {
  const rows = await trx
    .selectFrom('variable')
    .innerJoin('variable_version as version', 'version.variable_id', 'variable.id')
    .distinctOn('variable.id')
    .select(['variable.id', 'variable.code', 'version.n', 'version.id as versionId', 'version.definition'])
    .where('variable.entity_id', '=', entityId)
    .orderBy('variable.id')
    .orderBy('version.n', 'desc')
    .execute()
  return new Map(rows.map((row) => [row.code, { ...row, definition: row.definition as unknown as VariableDefinition }]))
}

function adoptedFrom(variable: ScoredVariable, known: Known | undefined): Adopted {
  const change = catalogueChange(known?.definition, variable.stated)
  if (known && change.kind === 'no_change') return { variable, change, ...known }
  return { variable, change, id: known?.id ?? newId(), n: (known?.n ?? 0) + 1, versionId: newId() }
}

interface Place {
  entity_id: string
  cycle_id: string
  step_version_id: string
  vigencia: number
}

async function insertVersions(
  trx: Trx,
  adopted: Adopted[],
  place: Place & { elaborated_by: string; approved_by: string; approved_position: string },
): Promise<void> {
  const created = adopted.filter(({ change }) => change.kind === 'create')
  if (created.length > 0)
    await trx
      .insertInto('variable')
      .values(created.map(({ id, variable }) => ({ id, entity_id: place.entity_id, code: variable.code })))
      .execute()
  const versions = adopted.flatMap(({ id, n, versionId, variable, change }) =>
    change.kind === 'no_change'
      ? []
      : [
          {
            ...{ ...place, id: versionId, variable_id: id, n, reason: variable.changeReason },
            definition: JSON.stringify(change.definition),
            content_hash: hashOf(change.definition),
            breaks_series: change.kind === 'new_version' && change.breaks,
          },
        ],
  )
  if (versions.length > 0) await trx.insertInto('variable_version').values(versions).execute()
}

async function insertScores(trx: Trx, adopted: Adopted[], answers: Answers, place: Place): Promise<void> {
  const threshold = thresholdOf(answers)
  const rows = rowsOf(answers, 'variables', 'lista')
  const rowOf = (id: string) => rows.find((row) => row.id === id) as Row
  if (adopted.length === 0) return
  await trx
    .insertInto('variable_score')
    .values(
      adopted.map(({ id, versionId, variable }) => ({
        ...{ ...place, variable_id: id, version_id: versionId, score: variable.score, threshold },
        ...{ prioritized: variable.prioritized, cost_benefit: variable.costBenefit },
        ...{ discard_reason: variable.discardReason, criteria: JSON.stringify(variable.criteria) },
        answers: JSON.stringify(rowOf(variable.rowId)),
      })),
    )
    .execute()
}
