/** What is to be done next about a risk as it stands, and asking whoever answers for it to decide that (features D9). */
import { sql } from 'kysely'
import type { MethodologyKey } from '../domain/risk-methodology.ts'
import { isWithinAppetite, nextInTreatment, type Treatment } from '../domain/risk-treatment.ts'
import type { Trx } from './client.ts'
import { loadMethodology } from './methodologies.ts'
import { askToTreat, endAskToTreat, type RiskAbout } from './risk-follow-ups.ts'
import { acceptanceAsked, isPlanned, treatmentInForce } from './treatments-in-force.ts'

interface Row extends MethodologyKey {
  entityId: string
  typology: string
  zone: string
  inForce: Treatment | null
  isCurrent: boolean
  isAcceptanceAsked: boolean
  hasPlan: boolean
}

/** What is done about a rated risk today, and what comes next. */
export async function nextForRisk(trx: Trx, riskId: string) {
  const stood = sql<Row>`(
    select s.entity_id as "entityId", a.methodology as code, a.methodology_n as n, s.typology, s.demonstrated_zone as zone,
      t.option as "inForce", coalesce(t.assessment_id = s.assessment_id, true) as "isCurrent",
      ${acceptanceAsked(sql`s.risk_id`)} as "isAcceptanceAsked", ${isPlanned(sql`s.risk_id`)} as "hasPlan"
    from risk_standing s join risk_assessment a on a.id = s.assessment_id
    left join lateral (${treatmentInForce(sql`s.risk_id`)}) t on true where s.risk_id = ${riskId})`
  const row = await trx.selectFrom(stood.as('stood')).selectAll().executeTakeFirstOrThrow()
  const { entityId, typology, zone, inForce, isAcceptanceAsked, hasPlan } = row
  const isWithin = isWithinAppetite(await loadMethodology(trx, entityId, row), typology, zone)
  return { inForce, isAcceptanceAsked, hasPlan, next: nextInTreatment({ ...row, isWithin }) }
}

/** Asks that the treatment be decided, or no longer: whatever moves the risk or ends its acceptance calls this. */
export async function settleAskToTreat(trx: Trx, about: RiskAbout): Promise<void> {
  const { next } = await nextForRisk(trx, about.riskId)
  if (next === 'decide' || next === 'confirm') await askToTreat(trx, about, null)
  else await endAskToTreat(trx, about, 'dropped')
}
