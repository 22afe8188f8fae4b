/** Where a risk stands: its last assessment, the controls that count, and what they leave of it. */
import { sql } from 'kysely'
import type { EvidenceState, Methodology, MethodologyKey } from '../domain/risk-methodology.ts'
import type { AcceptableRisk } from '../domain/risk-treatment.ts'
import {
  type Place,
  placeAt,
  type RatedControl,
  type Residual,
  type RiskAnswers,
  residualOf,
  typologyOf,
  zoneOf,
} from '../domain/risks.ts'
import type { Trx } from './client.ts'
import { hashOf } from './content-hash.ts'
import { loadMethodology } from './methodologies.ts'
import { dropLapsedAcceptance } from './risk-acceptances.ts'
import { planReview } from './risk-reviews.ts'

export interface Assessment {
  id: string
  n: number
  key: MethodologyKey
  /** The version it was made with. */
  methodology: Methodology
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
  const key = { code: row.methodology, n: row.methodology_n }
  const methodology = await loadMethodology(trx, row.entity_id, key)
  return {
    ...{ id: row.id, n: row.n, key, methodology, answers: row.answers as unknown as RiskAnswers },
    ...{ contentHash: row.content_hash, reason: row.reason },
    inherent: placeAt(methodology, row.probability, row.impact),
  }
}

/** The controls of a risk that count, in their order, as the methodology weighs them; nobody has shown anything of most at first. */
export async function listRatedControls(trx: Trx, riskId: string): Promise<RatedControl[]> {
  const rows = await trx
    .selectFrom('risk_control as c')
    .leftJoin('control_standing as s', 's.control_id', 'c.id')
    .select(['c.code', 'c.type', 'c.implementation', 'c.criteria', 's.state'])
    .where('c.risk_id', '=', riskId)
    .where('c.retired_at', 'is', null)
    .orderBy('c.n')
    .execute()
  return rows.map(({ criteria, state, ...row }) => ({
    ...{ ...row, criteria: criteria as Record<string, string>, evidence: (state ?? 'never') as EvidenceState },
  }))
}

/** Both residuals of a rated risk, with their traces. */
export function residualsOf({ methodology, answers, inherent }: Assessment, controls: readonly RatedControl[]) {
  const { typology } = answers
  return {
    declared: residualOf(methodology, inherent, controls, { typology, reading: 'declared' }),
    demonstrated: residualOf(methodology, inherent, controls, { typology, reading: 'demonstrated' }),
  }
}

/** A risk as it stands now, what the policy says of it, and the hash of what an acceptance binds itself to. */
export async function standOf(trx: Trx, riskId: string) {
  const assessment = await lastAssessment(trx, riskId)
  const controls = await listRatedControls(trx, riskId)
  const { demonstrated, declared } = residualsOf(assessment, controls)
  const { methodology } = assessment
  const { typology } = assessment.answers
  const risk: AcceptableRisk = { typology, zone: demonstrated.zone, evidence: controls.map((one) => one.evidence) }
  const content = {
    ...{ schema: 1, risk: riskId, assessment: assessment.contentHash, controls },
    places: { inherent: assessment.inherent, declared: placeOf(declared), demonstrated: placeOf(demonstrated) },
    policy: { zone: zoneOf(methodology, risk.zone), typology: typologyOf(methodology, typology) ?? null },
  }
  return { assessment, methodology, controls, declared, demonstrated, risk, content, stateHash: hashOf(content) }
}

const placeOf = ({ trace: _trace, ...place }: Residual): Place => place

interface Settled {
  methodology: Methodology
  /** Name of the zone its controls declare. */
  declaredName: string
  /** Code of the zone it demonstrably stood in; null where it stood nowhere. */
  before: string | null
  demonstrated: string
}

/**
 * Where a risk stands, worked out anew, and an acceptance of something else lapses with it.
 * Held: two controls of one risk that change at once are counted one after the other.
 */
export async function settleStanding(trx: Trx, entityId: string, riskId: string): Promise<Settled> {
  const stood = await trx
    .selectFrom('risk_standing')
    .select(['assessment_id', 'demonstrated_zone'])
    .where('risk_id', '=', riskId)
    .forUpdate()
    .executeTakeFirst()
  const { assessment, methodology, declared, demonstrated, stateHash } = await standOf(trx, riskId)
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
  await dropLapsedAcceptance(trx, riskId, stateHash)
  // Only another rating or another zone moves the day of its next review.
  if (stood?.assessment_id !== assessment.id || stood.demonstrated_zone !== demonstrated.zone)
    await planReview(trx, entityId, riskId)
  const before = stood?.demonstrated_zone ?? null
  const declaredName = zoneOf(methodology, declared.zone).name
  return { methodology, declaredName, before, demonstrated: demonstrated.zone }
}
