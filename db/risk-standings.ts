/** Where a risk stands: its last assessment, the controls that count, and what they leave of it. */
import { sql } from 'kysely'
import { methodologyOf } from '../catalog/methodologies/index.ts'
import type { MethodologyKey } from '../domain/risk-methodology.ts'
import { type Place, placeAt, type RatedControl, type RiskAnswers, residualOf, zoneOf } from '../domain/risks.ts'
import type { Trx } from './client.ts'

export interface Assessment {
  id: string
  n: number
  methodology: MethodologyKey
  answers: RiskAnswers
  inherent: Place
  contentHash: string
  reason: string | null
}

/** How a risk is rated now. */
export async function lastAssessment(trx: Trx, riskId: string): Promise<Assessment> {
  const row = await trx
    .selectFrom('risk_assessment')
    .selectAll()
    .where('risk_id', '=', riskId)
    .orderBy('n', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()
  const methodology = { code: row.methodology, n: row.methodology_n }
  return {
    ...{ id: row.id, n: row.n, methodology, answers: row.answers as unknown as RiskAnswers },
    ...{ contentHash: row.content_hash, reason: row.reason },
    inherent: placeAt(methodologyOf(methodology), row.probability, row.impact),
  }
}

/** The controls of a risk that count, in their order, as the methodology weighs them. */
export async function listRatedControls(trx: Trx, riskId: string): Promise<RatedControl[]> {
  const rows = await trx
    .selectFrom('risk_control')
    .select(['code', 'type', 'implementation', 'criteria'])
    .where('risk_id', '=', riskId)
    .where('retired_at', 'is', null)
    .orderBy('n')
    .execute()
  // Nobody has shown anything of a control whose executions are not recorded.
  return rows.map(({ criteria, ...row }) => ({
    ...{ ...row, criteria: criteria as Record<string, string>, evidence: 'never' as const },
  }))
}

/** Both residuals of a rated risk, with their traces. */
export function residualsOf({ methodology: key, answers, inherent }: Assessment, controls: readonly RatedControl[]) {
  const methodology = methodologyOf(key)
  const { typology } = answers
  return {
    declared: residualOf(methodology, inherent, controls, { typology, reading: 'declared' }),
    demonstrated: residualOf(methodology, inherent, controls, { typology, reading: 'demonstrated' }),
  }
}

/** Where a risk stands, worked out anew; answers the name of the zone its controls declare. */
export async function settleStanding(trx: Trx, entityId: string, riskId: string): Promise<string> {
  const assessment = await lastAssessment(trx, riskId)
  const { declared, demonstrated } = residualsOf(assessment, await listRatedControls(trx, riskId))
  const { inherent } = assessment
  const standing = {
    ...{ entity_id: entityId, assessment_id: assessment.id, typology: assessment.answers.typology },
    ...{ inherent_probability: inherent.probability, inherent_impact: inherent.impact, inherent_zone: inherent.zone },
    ...{ declared_p: declared.p, declared_i: declared.i, declared_zone: declared.zone },
    ...{ declared_probability: declared.probability, declared_impact: declared.impact },
    ...{ demonstrated_p: demonstrated.p, demonstrated_i: demonstrated.i, demonstrated_zone: demonstrated.zone },
    ...{ demonstrated_probability: demonstrated.probability, demonstrated_impact: demonstrated.impact },
    stood_at: sql<Date>`app_now()`,
  }
  await trx
    .insertInto('risk_standing')
    .values({ risk_id: riskId, ...standing })
    .onConflict((oc) => oc.column('risk_id').doUpdateSet(standing))
    .execute()
  return zoneOf(methodologyOf(assessment.methodology), declared.zone).name
}
