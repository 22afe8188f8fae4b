import { sql } from 'kysely'
import type { RunVerdict } from '../domain/control-runs.ts'
import type { DecisionKind } from '../domain/decisions.ts'
import type { DisposalVerdict } from '../domain/disposal.ts'
import type { GrantVerdict } from '../domain/grants.ts'
import type { RightsVerdict } from '../domain/rights.ts'
import type { AcceptanceVerdict } from '../domain/risk-treatment.ts'
import type { CampaignAct } from './acts.ts'
import type { Trx } from './client.ts'

export type ActStatusCode = 'stored' | 'done' | 'confirmed' | 'refused'

export interface ActPage {
  id: string
  kind: DecisionKind | 'start'
  stepCode: string | null
  status: ActStatusCode
  reasonCode: string | null
  receiptCode: string
  contentHash: string | null
  storedAt: Date
  settledAt: Date | null
  personId: string
  personName: string
  positionName: string
  /** Whom they acted for. */
  actingFor: string | null
  signedAt: Date | null
  statement: string | null
  method: string | null
}

/** One act with its signature, where it left one; undefined when not visible or of another cycle. */
export async function findActPage(trx: Trx, cycleId: string, actId: string): Promise<ActPage | undefined> {
  return await trx
    .selectFrom('act')
    .innerJoin('person', 'person.id', 'act.person_id')
    .innerJoin('position', 'position.id', 'act.position_id')
    .leftJoin('signature', 'signature.id', 'act.id')
    .leftJoin('person as absent', 'absent.id', 'act.acting_for')
    .select([
      'act.id',
      'act.step_code as stepCode',
      'act.reason_code as reasonCode',
      'act.receipt_code as receiptCode',
      'act.content_hash as contentHash',
      'act.stored_at as storedAt',
      'act.settled_at as settledAt',
      'act.person_id as personId',
      'person.display_name as personName',
      'position.name as positionName',
      'absent.display_name as actingFor',
      'signature.signed_at as signedAt',
      'signature.statement',
      'signature.method',
    ])
    .select(({ ref }) => [
      ref('act.kind').$castTo<DecisionKind | 'start'>().as('kind'),
      ref('act.status').$castTo<ActStatusCode>().as('status'),
    ])
    .where('act.id', '=', actId)
    .where('act.cycle_id', '=', cycleId)
    .executeTakeFirst()
}

interface OwnActFacts {
  id: string
  status: ActStatusCode
  reasonCode: string | null
  storedAt: Date
}

/** An act somebody left, of a cycle, of a delegated access, of a citizen's request, of a risk, of a run of a control or of a review. */
export type OwnAct = OwnActFacts &
  (
    | { about: 'cycle'; kind: DecisionKind | 'start'; stepCode: string | null; cycleId: string; name: string }
    | { about: 'access'; kind: GrantVerdict | 'ask'; grantId: string; name: string }
    | { about: 'rights'; kind: RightsVerdict; rightsId: string; name: string }
    | { about: 'risk'; kind: AcceptanceVerdict; riskCode: string; name: string }
    | { about: 'disposal'; kind: DisposalVerdict; disposalId: string; name: string }
    | { about: 'run'; kind: RunVerdict; runRisk: string; runControl: string; runStart: string; name: string }
    | { about: 'review'; kind: CampaignAct; campaignId: string; listId: string | null; name: string }
  )

/**
 * What a person has to know about acts they left: still "En trámite", or refused later by the courier in the last
 * seven days and not done again since (model.md §3.6).
 */
export async function listOwnUnsettled(trx: Trx, personId: string): Promise<OwnAct[]> {
  const found = await sql<OwnAct>`
    select a.id, a.kind, a.step_code as "stepCode", a.status, a.reason_code as "reasonCode", a.stored_at as "storedAt",
      case when a.cycle_id is not null then 'cycle' when a.grant_id is not null then 'access'
        when a.rights_id is not null then 'rights' when a.acceptance_id is not null then 'risk'
        when a.disposal_id is not null then 'disposal' when a.run_id is not null then 'run' else 'review' end as about,
      a.cycle_id as "cycleId", a.grant_id as "grantId", a.rights_id as "rightsId", w.id as "campaignId", a.list_id as "listId",
      k.code as "riskCode", ur.code as "runRisk", uc.code as "runControl", u.period_start as "runStart",
      a.disposal_id as "disposalId", coalesce(c.name, g.code, r.number, k.code, w.code, uc.code, d.code) as name
    from act a left join cycle c on c.id = a.cycle_id left join access_grant g on g.id = a.grant_id
      left join rights_request r on r.id = a.rights_id left join review_list l on l.id = a.list_id
      left join risk_acceptance x on x.id = a.acceptance_id left join risk k on k.id = x.risk_id
      left join disposal d on d.id = a.disposal_id left join access_campaign w on w.id = coalesce(a.campaign_id, l.campaign_id)
      left join control_run u on u.id = a.run_id left join risk_control uc on uc.id = u.control_id left join risk ur on ur.id = uc.risk_id
    where a.person_id = ${personId} and (
      a.status = 'stored'
      or (a.status = 'refused' and a.settled_at > app_now() - interval '7 days'
        and exists (select 1 from event e where e.act_id = a.id and e.type = 'act.refused' and e.origin = 'courier')
        and not exists (select 1 from act b where b.object_id = a.object_id and b.kind = a.kind
          and b.person_id = a.person_id and b.stored_at > a.stored_at)))
    order by a.stored_at desc limit 20`.execute(trx)
  return found.rows
}

/** The last act of a step that is stored and has no answer yet, whoever left it. */
export async function findActUnderWay(
  trx: Trx,
  cycleId: string,
  stepCode: string | null,
): Promise<{ id: string; personId: string } | undefined> {
  const row = trx
    .selectFrom('act')
    .select(['id', 'person_id as personId'])
    .where('cycle_id', '=', cycleId)
    .where('status', '=', 'stored')
  const query = stepCode === null ? row.where('kind', 'in', ['start', 'cancel']) : row.where('step_code', '=', stepCode)
  return await query.orderBy('stored_at', 'desc').executeTakeFirst()
}
