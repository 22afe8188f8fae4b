/** The standing checks by id (domain/standing-checks.ts): asked now, as the automatic controls are, and kept nowhere. */
import { sql } from 'kysely'
import type { Examination } from '../domain/controls.ts'
import { needsPlan, TREATMENTS } from '../domain/risk-treatment.ts'
import type { StandingCheckId } from '../domain/standing-checks.ts'
import { examine, type Query } from './automatic-checks/examination.ts'
import type { Trx } from './client.ts'
import { DAY } from './improvement-pages.ts'
import { listTolerated } from './risk-appetite.ts'
import { isPlanned, treatmentInForce } from './treatments-in-force.ts'

type Ask = (entityId: string, trx: Trx) => Query | Promise<Query>

const counted = (rows: ReturnType<typeof sql>) => sql`select count(*) from ${rows}`

/** Rows of one table that are looked at, and what is said of those that do not fit. */
function ask(rows: ReturnType<typeof sql>, said: ReturnType<typeof sql>, unfit: ReturnType<typeof sql>): Query {
  return { looked: counted(rows), violating: sql`select ${said} from ${rows} and ${unfit}` }
}

const RATED = (entityId: string) => sql`
  risk_standing s join risk r on r.id = s.risk_id join risk_assessment a on a.id = s.assessment_id where s.entity_id = ${entityId}`

const QUERIES: Record<StandingCheckId, Ask> = {
  term_over: (entityId) =>
    ask(
      sql`term t join step s on s.id = t.step_id join cycle c on c.id = t.cycle_id
        where t.entity_id = ${entityId} and t.status = 'running' and c.status = 'active'`,
      sql`'step' as kind, t.cycle_id as id, s.code as place, c.name as label, 'term_over' as reason`,
      sql`t.due_date < app_today()`,
    ),
  comments_open: (entityId) =>
    ask(
      sql`step s join cycle c on c.id = s.cycle_id
        where s.entity_id = ${entityId} and s.status in ('in_review', 'in_approval')`,
      sql`'step' as kind, s.cycle_id as id, s.code as place, c.name as label, 'comments_open' as reason`,
      sql`exists (select from comment m where m.step_id = s.id and m.parent_id is null and not coalesce((select r.resolved
        from comment_resolution r where r.comment_id = m.id order by r.at desc, r.id desc limit 1), false))`,
    ),
  reopening_waits: (entityId) =>
    ask(
      sql`reopening r join cycle c on c.id = r.cycle_id where r.entity_id = ${entityId} and r.outcome is null`,
      sql`'step' as kind, r.cycle_id as id, r.step_code as place, c.name as label, 'reopening_waits' as reason`,
      sql`r.asked_at < app_now() - interval '5 days'`,
    ),
  request_waits: (entityId) =>
    ask(
      sql`access_grant g where g.entity_id = ${entityId} and g.status in ('asked', 'accepted')`,
      sql`'grant' as kind, g.id, null::text as place, g.code as label, 'request_waits' as reason`,
      sql`g.asked_at < app_now() - interval '10 days'`,
    ),
  access_unused: (entityId) =>
    ask(
      sql`access_grant g where g.entity_id = ${entityId} and g.status = 'granted' and g.begun_at is not null`,
      sql`'grant' as kind, g.id, null::text as place, g.code as label, 'access_unused' as reason`,
      sql`g.begun_at < app_now() - interval '60 days' and not exists (select from event e where e.actor_person = g.grantee_id
        and e.type = 'session.started' and e.at > app_now() - interval '60 days')`,
    ),
  campaign_without_ticket: (entityId) =>
    ask(
      sql`access_campaign c where c.entity_id = ${entityId} and c.kind = 'yearly' and c.status = 'closed'`,
      sql`'campaign' as kind, c.id, null::text as place, c.code as label, 'campaign_without_ticket' as reason`,
      sql`c.ticket is null`,
    ),
  control_in_red: (entityId) =>
    ask(
      sql`incident i where i.entity_id = ${entityId} and i.control is not null`,
      sql`'control' as kind, i.id, i.control as place, i.control as label, 'control_in_red' as reason`,
      sql`i.closed_at is null`,
    ),
  release_held: (entityId) =>
    ask(
      sql`release r join dataset d on d.id = r.dataset_id
        where r.entity_id = ${entityId} and r.status in ('scheduled', 'held', 'published')`,
      sql`'release' as kind, r.id, null::text as place, d.title || ' v' || r.version as label, 'release_held' as reason`,
      sql`r.status = 'held'`,
    ),
  report_unissued: (entityId) =>
    ask(
      sql`step s join cycle c on c.id = s.cycle_id where s.entity_id = ${entityId} and s.code = '6' and s.status = 'approved'`,
      sql`'step' as kind, s.cycle_id as id, s.code as place, c.name as label, 'report_unissued' as reason`,
      sql`s.approved_at < app_now() - interval '1 day'
        and not exists (select from document d where d.step_version_id = s.version_id)`,
    ),
  action_overdue: (entityId) =>
    ask(
      sql`improvement_action a where a.entity_id = ${entityId} and a.status in ('unreported', 'not_started', 'in_progress')`,
      sql`'action' as kind, a.id, a.code as place, a.code as label, 'action_overdue' as reason`,
      sql`${DAY} < app_today()`,
    ),
  effect_unchecked: (entityId) =>
    ask(
      sql`improvement_action a where a.entity_id = ${entityId} and a.status in ('done', 'drop_asked', 'verified')`,
      sql`'action' as kind, a.id, a.code as place, a.code as label, 'effect_unchecked' as reason`,
      sql`${DAY} < app_today()`,
    ),
  finding_without_actions: (entityId) =>
    ask(
      sql`finding f where f.entity_id = ${entityId} and f.status = 'in_plan'`,
      sql`'finding' as kind, f.id, f.code as place, f.code as label, 'finding_without_actions' as reason`,
      sql`not exists (select from improvement_action a where a.finding_id = f.id and a.round = f.round and a.status <> 'dropped')`,
    ),
  indicator_unmeasured: (entityId) =>
    ask(
      sql`risk_indicator i where i.entity_id = ${entityId} and i.retired_at is null`,
      sql`'indicator' as kind, i.id, i.code as place, i.code as label, 'indicator_unmeasured' as reason`,
      sql`exists (select from follow_up u where u.object_id = i.id and u.kind = 'indicator_reading' and u.status = 'open'
        and u.due_on < app_today())`,
    ),
  indicator_critical: (entityId) =>
    ask(
      sql`risk_indicator i where i.entity_id = ${entityId} and i.retired_at is null`,
      sql`'indicator' as kind, i.id, i.code as place, i.code as label, 'indicator_critical' as reason`,
      sql`(select m.level from indicator_reading m where m.indicator_id = i.id order by m.period_from desc limit 1) = 'critical'`,
    ),
  risk_without_control: (entityId) =>
    ask(
      sql`risk r where r.entity_id = ${entityId}`,
      sql`'risk' as kind, r.id, r.code as place, r.code as label, 'risk_without_control' as reason`,
      sql`not exists (select from risk_control c where c.risk_id = r.id and c.retired_at is null)`,
    ),
  risk_not_reduced: (entityId) =>
    ask(
      sql`risk_standing s join risk r on r.id = s.risk_id where s.entity_id = ${entityId}`,
      sql`'risk' as kind, r.id, r.code as place, r.code as label, 'risk_not_reduced' as reason`,
      sql`s.demonstrated_p > s.declared_p or s.demonstrated_i > s.declared_i`,
    ),
  risk_untreated: async (entityId, trx) => {
    const tolerated = JSON.stringify(await listTolerated(trx, entityId))
    return ask(
      RATED(entityId),
      sql`'risk' as kind, r.id, r.code as place, r.code as label, 'risk_untreated' as reason`,
      sql`not exists (select from jsonb_to_recordset(${tolerated}::jsonb) as t(code text, n integer, typology text, zone text)
          where (t.code, t.n, t.typology, t.zone) = (a.methodology, a.methodology_n, s.typology, s.demonstrated_zone))
        and not exists (${treatmentInForce(sql`r.id`)})`,
    )
  },
  risk_unplanned: (entityId) =>
    ask(
      RATED(entityId),
      sql`'risk' as kind, r.id, r.code as place, r.code as label, 'risk_unplanned' as reason`,
      sql`(select f.option from (${treatmentInForce(sql`r.id`)}) f) = any(${TREATMENTS.filter(needsPlan)}::text[])
        and not ${isPlanned(sql`r.id`)}`,
    ),
  risk_of_ended_position: (entityId) =>
    ask(
      sql`risk_control c join risk r on r.id = c.risk_id join position p on p.id = c.owner_position
        where c.entity_id = ${entityId} and c.retired_at is null`,
      sql`'risk' as kind, r.id, r.code as place, c.code as label, 'control_of_ended_position' as reason`,
      sql`p.ended_on < app_today()`,
    ),
}

/** What a check finds now; with a cycle, of its steps only where it is about steps. */
export async function examineStanding(
  trx: Trx,
  entityId: string,
  check: StandingCheckId,
  cycleId: string | null = null,
): Promise<Examination> {
  const { looked, violating } = await QUERIES[check](entityId, trx)
  if (cycleId === null) return await examine(trx, { looked, violating })
  const within = sql`select * from (${violating}) v where v.kind <> 'step' or v.id = ${cycleId}`
  return await examine(trx, { looked, violating: within })
}
