/** A cycle as it stood at a moment: its steps, whose turn it was, what was signed and until when (N8; decision 0052). */
import { sql } from 'kysely'
import type { StepThen } from '../domain/as-of.ts'
import type { Moment } from '../domain/moments.ts'
import type { Trx } from './client.ts'
import type { CycleRowStatus } from './cycle-pages.ts'

export interface CycleThen {
  id: string
  name: string
  radicado: string
  vigencia: number
  procedureVersionId: string
  status: CycleRowStatus
  steps: StepThen[]
}

/** Undefined where the entity has no such cycle, or it had not been asked for. */
export async function findCycleAt(
  trx: Trx,
  entityId: string,
  cycleId: string,
  { stood }: Pick<Moment, 'stood'>,
): Promise<CycleThen | undefined> {
  const at = sql`${stood}::timestamptz`
  const found = await sql<Omit<CycleThen, 'steps'>>`
    select c.id, was.body ->> 'name' as name, c.radicado, c.vigencia, c.procedure_version_id as "procedureVersionId",
      was.body ->> 'status' as status
    from cycle c cross join lateral (select fact_at(c.id, ${at}) as body) was
    where c.id = ${cycleId} and c.entity_id = ${entityId} and was.body is not null`.execute(trx)
  const [cycle] = found.rows
  if (!cycle) return undefined
  const steps = await sql<StepThen>`
    select s.body ->> 'code' as code, s.body ->> 'status' as status, (s.body ->> 'attempt_n')::int as attempt, s.since,
      (select jsonb_build_object('id', v.id, 'n', v.n, 'hash', v.hash, 'frozenAt', v.frozen_at, 'frozenBy', p.display_name)
        from step_version v join person p on p.id = v.frozen_by where v.id = (s.body ->> 'version_id')::uuid) as version,
      coalesce((select jsonb_agg(jsonb_build_object('role', g.role, 'verdict', g.verdict, 'personName', g.person_name,
          'positionName', g.position_name, 'actingFor', absent.display_name, 'signedAt', g.signed_at) order by g.signed_at, g.id)
        from signature g left join person absent on absent.id = g.acting_for
        where g.step_version_id = (s.body ->> 'version_id')::uuid and g.signed_at <= ${at}), '[]') as signatures,
      (select jsonb_build_object('startDate', t.start_date, 'dueDate', t.due_date, 'workingDays', t.working_days) from term t
        where t.attempt_id = (s.body ->> 'attempt_id')::uuid and t.created_at <= ${at}
          and (t.ended_at is null or t.ended_at > ${at}) order by t.created_at desc limit 1) as term,
      coalesce((select jsonb_agg(distinct jsonb_build_object('kind', k.kind, 'duty', k.duty)) from task k
        where k.step_id = s.row_id and k.opened_at <= ${at} and (k.ended_at is null or k.ended_at > ${at})), '[]') as waiting
    from (
      select distinct on (v.row_id) v.row_id, v.body, nullif(v.recorded_at, '-infinity') as since from fact_version v
      where v.about_id = ${cycleId} and v.fact = 'step' and v.recorded_at <= ${at}
      order by v.row_id, v.recorded_at desc, v.seq desc
    ) s where s.body is not null order by 1`.execute(trx)
  return { ...cycle, steps: steps.rows }
}

/**
 * What a frozen version says, as it was rendered then; null where its form may carry personal data, which no auditor is shown.
 * `confidential`: those forms, as `step:version`. Undefined where the cycle has no such version.
 */
export async function findContentThen(
  trx: Trx,
  cycleId: string,
  versionId: string,
  confidential: readonly string[],
): Promise<{ n: number; html: string | null } | undefined> {
  const { rows } = await sql<{ n: number; html: string | null }>`
    select v.n, case when v.step_code || ':' || v.form_version <> all(${confidential}::text[]) then v.snapshot_html end as html
    from step_version v where v.id = ${versionId} and v.cycle_id = ${cycleId}`.execute(trx)
  return rows[0]
}
