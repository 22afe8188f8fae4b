/** What a past date is asked about, found by its code, with the row its rights were judged by then (decision 0052). */
import { sql } from 'kysely'
import { ASKED_RIGHTS, type AskedKind } from '../domain/as-of.ts'
import type { Moment } from '../domain/moments.ts'
import {
  cycleRow,
  grantRow,
  type NamedDuties,
  releaseRow,
  riskRow,
  sourceRow,
  stepRow,
} from '../domain/permission-rows.ts'
import { AREAS, type Rows } from '../domain/permission-subjects.ts'
import { STEP_CODES } from '../domain/procedures.ts'
import { KEPT, type Trx } from './client.ts'
import { findGrantAt } from './grants-at.ts'
import { listHeadsAt } from './people-at.ts'
import { requireProcedureVersion } from './procedures.ts'

/** `code`: as it was typed; of an area its key. `stepCode`: of a step alone. */
export interface AskedObject {
  kind: AskedKind
  code: string
  stepCode: string
}

export interface ObjectThen {
  kind: AskedKind
  /** Null of an area, which is no row. */
  id: string | null
  code: string
  /** Of a step; empty of anything else. */
  stepCode: string
  /** It had been recorded by then. */
  existed: boolean
  subject: keyof Rows
  row: Rows[keyof Rows]
  /** Of a record: what an access has to cover. */
  scope: string | null
  cycleId: string | null
}

/** Undefined where the entity never had one of that code. */
export async function findObjectAt(
  trx: Trx,
  entityId: string,
  { kind, code, stepCode }: AskedObject,
  moment: Moment,
  named: NamedDuties,
): Promise<ObjectThen | undefined> {
  const [subject] = ASKED_RIGHTS[kind]
  const found = { kind, code, stepCode: '', subject, scope: null, cycleId: null }
  const stood = (since: Date) => since.toISOString() <= moment.stood
  switch (kind) {
    case 'area': {
      const area = AREAS.find((one) => one === code)
      return area && { ...found, id: null, existed: true, row: { area } }
    }
    case 'grant':
      return await grantAt(trx, entityId, { kind, code, stepCode }, moment, named)
    case 'record': {
      const { rows } = await sql<{ id: string; code: string; scope: string; capturedAt: Date }>`${KEPT}
        select id, code, scope, captured_at as "capturedAt" from record_place(${code})`.execute(trx)
      const [record] = rows
      if (!record) return undefined
      const { id, scope, capturedAt } = record
      return { ...found, id, scope, existed: stood(capturedAt), row: { entityId, scope } }
    }
    case 'risk': {
      const risk = await trx
        .selectFrom('risk')
        .select(['id', 'created_at as since'])
        .where('entity_id', '=', entityId)
        .where('code', '=', code)
        .executeTakeFirst()
      return risk && { ...found, id: risk.id, existed: stood(risk.since), row: riskRow(entityId, '', named) }
    }
    default:
      return await partOfCycle(trx, entityId, { kind, code, stepCode }, stood, named)
  }
}

async function grantAt(
  trx: Trx,
  entityId: string,
  { kind, code }: AskedObject,
  moment: Moment,
  named: NamedDuties,
): Promise<ObjectThen | undefined> {
  const grant = await trx
    .selectFrom('access_grant')
    .select(['id', 'agency_id', 'grantee_id'])
    .where('entity_id', '=', entityId)
    .where('code', '=', code)
    .executeTakeFirst()
  if (!grant) return undefined
  const heads = await listHeadsAt(trx, grant.agency_id, moment)
  const existed = (await findGrantAt(trx, grant.id, moment)) !== undefined
  const row = grantRow(entityId, heads, grant.grantee_id, [], named)
  return { kind, code, stepCode: '', subject: 'Grant', id: grant.id, existed, row, scope: null, cycleId: null }
}

/** A cycle, and what hangs on the procedure it began with: that never changes. */
async function partOfCycle(
  trx: Trx,
  entityId: string,
  { kind, code, stepCode }: AskedObject,
  stood: (since: Date) => boolean,
  named: NamedDuties,
): Promise<ObjectThen | undefined> {
  const cycle = await trx
    .selectFrom('cycle')
    .select(['id', 'procedure_version_id', 'requested_at'])
    .where('entity_id', '=', entityId)
    .where('radicado', '=', code)
    .orderBy('requested_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  const step = STEP_CODES.find((one) => one === stepCode)
  if (!cycle || (kind === 'step' && !step)) return undefined
  const { procedure } = await requireProcedureVersion(trx, cycle.procedure_version_id)
  const of = {
    kind,
    code,
    stepCode: kind === 'step' ? stepCode : '',
    id: cycle.id,
    cycleId: cycle.id,
    existed: stood(cycle.requested_at),
    scope: null,
  }
  if (kind === 'step' && step) return { ...of, subject: 'Step', row: stepRow(entityId, procedure, step) }
  if (kind === 'sources') return { ...of, subject: 'Source', row: sourceRow(entityId, procedure, named) }
  if (kind === 'releases') return { ...of, subject: 'Release', row: releaseRow(entityId, procedure) }
  return { ...of, subject: 'Cycle', row: cycleRow(entityId, procedure) }
}
