/**
 * What is under way in an entity that came from another installation (decision 0065). Its workflows did not come along: they begin anew from
 * the rows, by the same wishes and the same acts by which the courier carries everything (model.md §3.6).
 */
import { sql } from 'kysely'
import type { Trx } from './client.ts'

/** Columns that a resumption moves; an act whose workflow is to begin anew stands recorded and unheard. */
export const RESUMED = {
  act: ['status', 'sent_at'],
  ...{ improvement_action: ['signal_wanted'], follow_up: ['signal_wanted'], rights_request: ['signal_wanted'] },
  ...{ risk_acceptance: ['signal_wanted'], disposal: ['signal_wanted'], risk_control: ['schedule_wanted'] },
  ...{ correction: ['start_wanted'], collector: ['is_moved'] },
} as const

/** Asks for the workflow of everything that is open. */
export async function resumeWork(trx: Trx, entityId: string): Promise<void> {
  await sql`
    update act a set status = 'done', sent_at = null where a.entity_id = ${entityId} and a.status = 'confirmed' and (
      a.kind = 'start' and exists (select from cycle c where c.id = a.cycle_id and c.status = 'active')
      or a.kind = 'ask' and exists (select from access_grant g where g.id = a.grant_id and g.status in ('asked', 'accepted', 'granted'))
      or a.kind = 'open' and exists (select from access_campaign c where c.id = a.campaign_id and c.status in ('filed', 'open', 'closing')))`.execute(
    trx,
  )
  const wishes = [
    sql`update improvement_action set signal_wanted = true
      where entity_id = ${entityId} and status not in ('effective', 'ineffective', 'dropped')`,
    sql`update follow_up set signal_wanted = true where entity_id = ${entityId} and status = 'open'`,
    sql`update rights_request set signal_wanted = true where entity_id = ${entityId} and ended_at is null`,
    sql`update risk_acceptance set signal_wanted = true where entity_id = ${entityId} and ended_at is null`,
    sql`update disposal set signal_wanted = true where entity_id = ${entityId} and ended_at is null`,
    sql`update risk_control set schedule_wanted = true where entity_id = ${entityId} and retired_at is null`,
    sql`update correction set start_wanted = true where entity_id = ${entityId} and status = 'approved'`,
    sql`update collector set is_moved = true where entity_id = ${entityId} and removed_at is null and paused_at is null`,
  ]
  for (const wish of wishes) await wish.execute(trx)
}

/** What is open and has no way to begin anew from its row: somebody has to take it up by hand. */
export interface Stranded {
  kind: 'publication' | 'run' | 'dissemination'
  label: string
}

export async function listStranded(trx: Trx, entityId: string): Promise<Stranded[]> {
  const { rows } = await sql<Stranded>`
    select 'publication' as kind, d.title || ' v' || r.version as label from release r join dataset d on d.id = r.dataset_id
      join cycle c on c.id = r.cycle_id
      where r.entity_id = ${entityId} and r.corrects_id is null and r.status in ('draft', 'scheduled') and c.closed_at is not null
    union all select 'run', k.code || ' ' || x.period_start || '/' || x.period_end from control_run x join risk_control k on k.id = x.control_id
      where x.entity_id = ${entityId} and x.closed_at is null
    union all select distinct 'dissemination', c.name from notice n join agency_summary s on s.id = n.summary_id join cycle c on c.id = s.cycle_id
      where n.entity_id = ${entityId} and n.status = 'planned'
    order by 1, 2`.execute(trx)
  return rows
}
