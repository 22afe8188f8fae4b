/** The histories of variables: their versions with the approved tables of correspondence between them (F6, N11). */
import type { VariableHistory } from '../domain/series.ts'
import type { VariableDefinition } from '../domain/variable-definitions.ts'
import type { Trx } from './client.ts'
import { crosswalkOf } from './crosswalks.ts'

/** The histories of variables by their code; those the catalogue does not know are left out. */
export async function listHistories(
  trx: Trx,
  entityId: string,
  codes: readonly string[],
): Promise<Map<string, VariableHistory>> {
  if (codes.length === 0) return new Map()
  const known = await trx
    .selectFrom('variable')
    .select('id')
    .where('entity_id', '=', entityId)
    .where('code', 'in', codes)
    .execute()
  const histories = await listHistoriesOf(
    trx,
    known.map(({ id }) => id),
  )
  return new Map([...histories.values()].map((history) => [history.code, history]))
}

/** The same by the id of the variable. */
export async function listHistoriesOf(
  trx: Trx,
  ids: readonly string[],
): Promise<Map<string, VariableHistory & { code: string }>> {
  if (ids.length === 0) return new Map()
  const versions = await trx
    .selectFrom('variable')
    .innerJoin('variable_version as version', 'version.variable_id', 'variable.id')
    .select(['variable.id', 'variable.code', 'version.n', 'version.definition'])
    .where('variable.id', 'in', ids)
    .orderBy('version.n')
    .execute()
  const crosswalks = await trx
    .selectFrom('crosswalk')
    .select(['variable_id', 'from_n', 'to_n', 'pairs', 'conversion', 'note', 'status', 'decided_at'])
    .where('variable_id', 'in', ids)
    .where('status', '=', 'approved')
    .execute()
  return new Map(
    [...new Map(versions.map(({ id, code }) => [id, code]))].map(([id, code]) => [
      id,
      {
        code,
        versions: versions
          .filter((version) => version.id === id)
          .map(({ n, definition }) => ({ n, definition: definition as unknown as VariableDefinition })),
        crosswalks: crosswalks.filter((one) => one.variable_id === id).map(crosswalkOf),
      },
    ]),
  )
}

/** Version of each variable that the approved step 2 of a cycle stands on, by code. */
export async function listVersionsUsed(trx: Trx, cycleId: string): Promise<Map<string, number>> {
  const rows = await trx
    .selectFrom('variable_score as score')
    .innerJoin('step', 'step.version_id', 'score.step_version_id')
    .innerJoin('variable', 'variable.id', 'score.variable_id')
    .innerJoin('variable_version as version', 'version.id', 'score.version_id')
    .select(['variable.code', 'version.n'])
    .where('score.cycle_id', '=', cycleId)
    .execute()
  return new Map(rows.map(({ code, n }) => [code, n]))
}
