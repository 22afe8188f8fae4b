/** What is done about a risk today: accepted and signed, or else what was decided last. */
import { sql } from 'kysely'

/**
 * No row where nothing is; `risk`: id of the risk, as the query around it names it. What was decided before an acceptance is in
 * force again once that ends. Before acceptances had to be signed, asking for one was written as decided: it counts for nothing.
 */
export const treatmentInForce = (risk: ReturnType<typeof sql>) => sql`
  select said.* from (
    select 1 as rank, 'accept' as option, a.reason as statement, g.position_name as position, g.signed_at as at, a.assessment_id
    from risk_acceptance a join risk_signature g on g.acceptance_id = a.id and g.kind = 'accept_risk'
    where a.risk_id = ${risk} and a.ended_at is null and a.status = 'accepted'
    union all
    select 2, t.option, t.statement, pos.name, t.decided_at, t.assessment_id
    from (select * from risk_treatment where risk_id = ${risk} and option <> 'accept' order by n desc limit 1) t
    join position pos on pos.id = t.decided_position
  ) said order by rank limit 1`

/** Whether a risk has a plan: an activity of it that nobody gave up. */
export const isPlanned = (risk: ReturnType<typeof sql>) => sql`
  exists (select from risk_plan_action p join improvement_action i on i.id = p.action_id
    where p.risk_id = ${risk} and i.status <> 'dropped')`

/** Whether somebody asked that a risk be accepted and nobody decided on it yet. */
export const acceptanceAsked = (risk: ReturnType<typeof sql>) => sql`
  exists (select from risk_acceptance asked where asked.risk_id = ${risk} and asked.ended_at is null and asked.status = 'asked')`
