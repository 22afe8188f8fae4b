/**
 * What each vigencia shows of a variable (F6, N11). Every position of the entity may read it, so it stands at level
 * `publico`: the counts are those an issued report fixed, protected together with its figures, with its release and with
 * everything published before; nothing is counted here.
 */
import { sql } from 'kysely'
import { NO_DATA } from '../catalog/value-words.ts'
import type { AggregateTable } from '../domain/aggregates.ts'
import type { SeriesPoint } from '../domain/joined-series.ts'
import type { NumberSummary } from '../domain/number-summaries.ts'
import type { Exercise, VariableHistory } from '../domain/series.ts'
import { optionCode } from '../domain/variable-definitions.ts'
import type { Trx } from './client.ts'
import { isContentGone } from './gone-content.ts'
import { followedId } from './series-tables.ts'

/** An exercise whose report fixed what a variable counted in it. */
export interface FollowedExercise extends Exercise {
  /** Version of the variable it was counted with. */
  n: number
  table: AggregateTable
  numbers: NumberSummary | null
  sourceName: string
}

/** Oldest vigencia first, in it the last issued first; of a report signed anew, the last one. */
export async function listFollowed(trx: Trx, variable: { id: string; code: string }): Promise<FollowedExercise[]> {
  const { rows } = await sql<FollowedExercise>`
    select c.vigencia, c.id as "cycleId", c.name as "cycleName", d.n, f.printed as table, f.numbers,
      f.source_name as "sourceName"
    from variable_score s join variable_version d on d.id = s.version_id
      join step two on two.version_id = s.step_version_id
      join cycle c on c.id = s.cycle_id and c.status in ('active', 'closed')
      join step six on six.cycle_id = c.id and six.code = '6' and six.status = 'approved'
      join document r on r.step_version_id = six.version_id
      join figure_code f on f.document_id = r.id and f.release_id is null and f.place = ${followedId(variable.code)}
    where s.variable_id = ${variable.id}
    order by c.vigencia, r.issued_at desc, c.id`.execute(trx)
  return rows
}

export interface CountedVigencia extends SeriesPoint, Exercise {
  /** Records with a value, as far as its table shows them. */
  base: number | null
  /** Null where it is followed by the share of each value. */
  numbers: NumberSummary | null
  sourceName: string
  snapshotHash: string
  /** The demonstration sentence of the source, where it has one. */
  notice: string | null
}

/** The vigencias as points of a series, each value under its code. */
export const countedVigencias = (history: VariableHistory, followed: readonly FollowedExercise[]): CountedVigencia[] =>
  followed.map(({ table, ...exercise }) => {
    const options = history.versions.find(({ n }) => n === exercise.n)?.definition.values ?? []
    const counts = table.rows.values.flatMap((label, i) => {
      const count = table.cells[i]?.[0]
      return count ? [{ code: optionCode(label, options), label, count }] : []
    })
    const absent = counts.find(({ label }) => label === NO_DATA)?.count.value
    const isKnown = table.total.value !== null && absent !== null
    return {
      ...{ ...exercise, counts, total: table.total, notice: table.notice, snapshotHash: table.snapshotHash },
      base: isKnown ? (table.total.value ?? 0) - (absent ?? 0) : null,
    }
  })

export interface UnfollowedReport {
  entityId: string
  cycleId: string
  documentId: string
}

/** Reports that stand signed, of which nothing is followed though their exercise prioritized variables and its data are kept; oldest first. */
export async function listUnfollowed(trx: Trx): Promise<UnfollowedReport[]> {
  const { rows } = await sql<UnfollowedReport>`
    select r.entity_id as "entityId", r.cycle_id as "cycleId", r.id as "documentId"
    from document r join step six on six.version_id = r.step_version_id and six.status = 'approved'
    where exists (select 1 from variable_score s where s.cycle_id = r.cycle_id and s.prioritized)
      and not exists (select 1 from figure_code f where f.document_id = r.id and f.release_id is null and f.place like 'serie:%')
      and not ${isContentGone('r.cycle_id')}
    order by r.issued_at, r.id`.execute(trx)
  return rows
}
