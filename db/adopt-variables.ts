import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
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
import { recordEvent } from './audit.ts'
import type { Cause } from './cause.ts'
import type { Trx } from './client.ts'
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

/**
 * What an approved step 2 says of its variables enters the catalogue, in the transaction of the approval: new variables,
 * new versions of those whose definition changed, and how each scored, dropped ones too (F5). A version of the step enters
 * once, however often its approval is restored.
 */
export async function adoptVariables(trx: Trx, before: LoadedCycle, after: CycleState, cause: Cause): Promise<void> {
  const { status, version } = stepOf(after, '2')
  if (status !== 'approved' || !version || stepOf(before.state, '2').status === 'approved') return
  const { decision } = cause
  if (!decision || (await isAdopted(trx, version.id))) return
  const frozen = await trx
    .selectFrom('step_version')
    .innerJoin('cycle', 'cycle.id', 'step_version.cycle_id')
    .select(['step_version.answers', 'step_version.frozen_by', 'cycle.vigencia'])
    .where('step_version.id', '=', version.id)
    .executeTakeFirstOrThrow()
  const answers = frozen.answers as unknown as Answers
  // Two exercises approved at once give their versions one after the other.
  await sql`select pg_advisory_xact_lock(hashtextextended(${before.entityId}, 15))`.execute(trx)
  const known = await listKnown(trx, before.entityId)
  const variables = variablesOf(answers).filter(
    // A step frozen before its form asked for it may hold what no catalogue takes: it stays in the step.
    ({ code }, i, all) => isVariableCode(code) && all.findIndex((other) => other.code === code) === i,
  )
  const adopted = variables.map((variable) => adoptedFrom(variable, known.get(variable.code)))
  const place = {
    ...{ entity_id: before.entityId, cycle_id: after.id, step_version_id: version.id, vigencia: frozen.vigencia },
  }
  await insertVersions(trx, adopted, {
    ...{ ...place, elaborated_by: frozen.frozen_by },
    ...{ approved_by: decision.personId, approved_position: decision.positionId },
  })
  await insertScores(trx, adopted, answers, place)
  await recordEvent(trx, {
    ...{ entityId: before.entityId, type: 'variables.adopted', objectId: version.id, contentHash: version.hash },
    ...{ cycleId: after.id, stepCode: '2', actId: decision.id, actingFor: decision.actingFor },
    ...{ actorPerson: decision.personId, actorPosition: decision.positionId },
    ...{ origin: cause.origin, workflowId: cause.workflowId, requestId: cause.requestId },
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
            content_hash: createHash('sha256')
              .update(canonicalize(change.definition) ?? '')
              .digest('hex'),
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
