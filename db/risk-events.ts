/** What really happened of what a risk names (features D11): it is counted, and asks for another rating. */
import { sql } from 'kysely'
import { Refused } from '../domain/refusals.ts'
import type { RiskEventInput } from '../domain/risk-follow-inputs.ts'
import { eventBy } from './administration.ts'
import { recordEvent } from './audit.ts'
import type { Trx } from './client.ts'
import { appToday } from './clock.ts'
import { askReassessment, bodyHash, isTaken } from './risk-reviews.ts'
import type { HeldRisk, RiskKeeper } from './risks.ts'

/** The same form again records nothing. */
export async function recordRiskEvent(trx: Trx, by: RiskKeeper, risk: HeldRisk, input: RiskEventInput): Promise<void> {
  const { incidentId, ...said } = input
  // What was recorded before an incident could be named is known by the hash it had.
  const hash = bodyHash(incidentId ? input : said)
  const standing = await trx
    .selectFrom('risk_event')
    .select(['body_hash', 'risk_id as of'])
    .where('id', '=', input.formKey)
    .executeTakeFirst()
  if (isTaken(standing, { hash, of: risk.id })) return
  const { formKey: id, occurredOn, endedOn, times, description, consequences, measures } = said
  if (incidentId) await requireIncident(trx, by.entityId, incidentId)
  await trx
    .insertInto('risk_event')
    .values({
      ...{ id, entity_id: by.entityId, risk_id: risk.id, occurred_on: occurredOn, ended_on: endedOn || null, times },
      ...{
        incident_id: incidentId || null,
        description,
        consequences,
        measures,
        body_hash: hash,
        person_id: by.personId,
        position_id: by.positionId,
      },
    })
    .execute()
  const change = (field: string, after: string | number) => ({ field, before: null, after })
  await recordEvent(trx, {
    ...{ ...eventBy(by), type: 'risk.materialized', objectId: risk.id },
    changes: [change('code', risk.code), change('occurred_on', occurredOn), change('body_hash', hash)],
  })
  await askReassessment(trx, by.entityId, risk.id)
}

/** A foreign key knows no entity: only an incident of this one shows anything here. */
async function requireIncident(trx: Trx, entityId: string, id: string): Promise<void> {
  const known = await trx
    .selectFrom('incident')
    .select('id')
    .where('id', '=', id)
    .where('entity_id', '=', entityId)
    .where('control', 'is not', null)
    .executeTakeFirst()
  if (!known) throw new Refused('out_of_date')
}

export interface ControlIncident {
  id: string
  control: string
  openedAt: Date
}

/** Incidents that automatic controls opened, the last first: what may have shown that a risk happened. */
export async function listControlIncidents(trx: Trx, entityId: string, limit = 50): Promise<ControlIncident[]> {
  return await trx
    .selectFrom('incident')
    .select(['id', 'opened_at as openedAt'])
    .select(({ ref }) => ref('control').$notNull().as('control'))
    .where('entity_id', '=', entityId)
    .where('control', 'is not', null)
    .orderBy('opened_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}

/** How often it happened in the twelve months up to today. */
export async function countRiskEvents(trx: Trx, riskId: string): Promise<number> {
  const { times } = await trx
    .selectFrom('risk_event')
    .select(sql<number>`coalesce(sum(times), 0)::int`.as('times'))
    .where('risk_id', '=', riskId)
    .where(sql<boolean>`occurred_on > (${appToday()}::date - interval '12 months')`)
    .executeTakeFirstOrThrow()
  return times
}

export interface ShownRiskEvent {
  id: string
  /** Civil dates. */
  occurredOn: string
  endedOn: string | null
  times: number
  description: string
  consequences: string
  measures: string
  position: string
  /** Of the incident that showed it, where one did. */
  control: string | null
}

/** The last that happened first. */
export async function listRiskEvents(trx: Trx, riskId: string, limit = 50): Promise<ShownRiskEvent[]> {
  return await trx
    .selectFrom('risk_event as e')
    .innerJoin('position', 'position.id', 'e.position_id')
    .leftJoin('incident', 'incident.id', 'e.incident_id')
    .select(['e.id', 'e.occurred_on as occurredOn', 'e.ended_on as endedOn', 'e.times', 'e.description'])
    .select(['e.consequences', 'e.measures', 'position.name as position', 'incident.control'])
    .where('e.risk_id', '=', riskId)
    .orderBy('e.occurred_on', 'desc')
    .orderBy('e.id', 'desc')
    .limit(limit)
    .execute()
}
