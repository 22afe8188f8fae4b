/** Who signed what in a cycle, and what control interno found in samples of it, as an evidence pack carries them. */
import { type RawBuilder, sql } from 'kysely'
import type { PaperResult } from '../domain/audit-samples.ts'
import type { SignatureRole, StepCode } from '../domain/procedures.ts'
import type { Trx } from './client.ts'
import type { Covered } from './pack-contents.ts'

export interface PackDecision {
  /** Of the act that signed, which the sealed events of it name. */
  actId: string
  stepCode: StepCode
  version: number
  role: SignatureRole
  verdict: 'submit' | 'approve' | 'return'
  personName: string
  positionName: string
  actingForName: string | null
  signedAt: Date
  statement: string
  method: string
  receiptCode: string
  contentHash: string
  /** Why it was returned; none of a step that may carry personal data. */
  observations: string
}

/** In the order in which they were signed. */
export async function listPackDecisions(trx: Trx, covered: Covered): Promise<PackDecision[]> {
  const { cycleId, confidential } = covered
  const { rows } = await sql<PackDecision>`
    select s.id as "actId", v.step_code as "stepCode", v.n as version, s.role, s.verdict, s.person_name as "personName",
      s.position_name as "positionName", f.display_name as "actingForName", s.signed_at as "signedAt", s.statement, s.method,
      s.receipt_code as "receiptCode", s.content_hash as "contentHash",
      case when v.step_code || ':' || v.form_version = any(${[...confidential]}::text[]) then '' else coalesce(
        (select string_agg(o.body, E'\n' order by o.section, o.id) from observation o where o.act_id = s.id), '') end as observations
    from signature s join step_version v on v.id = s.step_version_id left join person f on f.id = s.acting_for
    where s.cycle_id = ${cycleId} and ${isCovered(covered, sql`c.act_id = s.id and c.cycle_id = s.cycle_id`)}
    order by s.signed_at, s.id`.execute(trx)
  return rows
}

export interface PackPaper {
  sample: string
  seed: string
  populationHash: string
  ordinal: number
  eventId: string
  /** Null of an item on which nothing was written yet. */
  n: number | null
  result: PaperResult | null
  test: string | null
  evidence: string | null
  conclusion: string | null
  writtenBy: string | null
  writtenIn: string | null
  writtenAt: Date | null
  /** Codes of the findings it led to. */
  findings: string
}

/** Items of samples that are events of the cycle, with every version of their papers. */
export async function listPackPapers(trx: Trx, covered: Omit<Covered, 'confidential'>): Promise<PackPaper[]> {
  const { entityId, cycleId, size } = covered
  const { rows } = await sql<PackPaper>`
    select s.code as sample, s.seed, s.population_hash as "populationHash", i.ordinal, i.event_id as "eventId", a.n, a.result,
      a.test, a.evidence, a.conclusion, p.display_name as "writtenBy", o.name as "writtenIn", a.written_at as "writtenAt",
      array_to_string(array(select f.code from audit_paper_finding l join finding f on f.id = l.finding_id
        where l.sample_id = i.sample_id and l.ordinal = i.ordinal
          and ${isCovered(covered, sql`c.object_id = f.id and c.type = 'finding.recorded'`)} order by f.code), ', ') as findings
    from audit_sample s join audit_sample_item i on i.sample_id = s.id join event e on e.id = i.event_id
      left join audit_paper a on a.sample_id = i.sample_id and a.ordinal = i.ordinal and a.n <= (
        -- Each version has its event, in their order.
        select count(*) from event c join log_leaf k on k.entity_id = c.entity_id and k.event_id = c.id
        where c.entity_id = ${entityId} and c.object_id = i.sample_id and c.type = 'audit.paper_written' and k.n < ${size}::bigint
          and c.changes @> jsonb_build_array(jsonb_build_object('field', 'item', 'after', i.ordinal)))
      left join person p on p.id = a.written_by left join position o on o.id = a.written_position
    where s.entity_id = ${entityId} and e.entity_id = ${entityId} and e.cycle_id = ${cycleId}
      and ${isCovered(covered, sql`c.object_id = s.id and c.type = 'audit.sample_drawn'`)}
    order by s.year, s.n, i.ordinal, a.n`.execute(trx)
  return rows
}

/** Whether an event `c` that is thus is sealed where the pack reaches. */
function isCovered({ entityId, size }: Pick<Covered, 'entityId' | 'size'>, event: RawBuilder<unknown>) {
  return sql`exists (select from event c join log_leaf k on k.entity_id = c.entity_id and k.event_id = c.id
    where c.entity_id = ${entityId} and k.n < ${size}::bigint and ${event})`
}
