/** Where a risk stands: its last assessment, the controls that count, and what they leave of it. */
import { sql } from 'kysely'
import { type Override, type OverrideBasis, standingOf } from '../domain/residual-overrides.ts'
import {
  type Axis,
  type EvidenceState,
  isSameMethodology,
  type Methodology,
  type MethodologyKey,
} from '../domain/risk-methodology.ts'
import type { AcceptableRisk } from '../domain/risk-treatment.ts'
import {
  type Place,
  placeAt,
  type RatedControl,
  type Residual,
  type RiskAnswers,
  typologyOf,
  zoneOf,
} from '../domain/risks.ts'
import { recordEvent } from './audit.ts'
import type { Trx } from './client.ts'
import { hashOf } from './content-hash.ts'
import { loadMethodology } from './methodologies.ts'
import { dropLapsedAcceptance } from './risk-acceptances.ts'
import { askToOverwrite, type RiskAbout } from './risk-follow-ups.ts'
import { settleAskToTreat } from './risk-next.ts'
import { planReview } from './risk-reviews.ts'
import { dropAlert, type MovedRisk, type Mover, noteMove } from './standing-moves.ts'

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
  /** What somebody wrote over its residual; null where nobody did. */
  override: HeldOverride | null
}

interface HeldOverride extends Override, OverrideBasis {
  id: string
}

/** How a risk is rated now. */
export async function lastAssessment(trx: Trx, riskId: string): Promise<Assessment> {
  const row = await trx
    .selectFrom('risk_assessment as a')
    .leftJoin('residual_override as o', (join) =>
      join.onRef('o.risk_id', '=', 'a.risk_id').on('o.ended_at', 'is', null),
    )
    .selectAll('a')
    .select(['o.id as o_id', 'o.assessment_id as o_assessment', 'o.probability as o_probability'])
    .select(['o.impact as o_impact', 'o.computed_p as o_p', 'o.computed_i as o_i'])
    .where('a.risk_id', '=', riskId)
    .orderBy('a.n', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()
  const key = { code: row.methodology, n: row.methodology_n }
  const methodology = await loadMethodology(trx, row.entity_id, key)
  return {
    ...{ id: row.id, n: row.n, key, methodology, answers: row.answers as unknown as RiskAnswers },
    ...{ contentHash: row.content_hash, reason: row.reason },
    inherent: placeAt(methodology, row.probability, row.impact),
    override: row.o_id === null ? null : (overrideOf(row) as HeldOverride),
  }
}

function overrideOf(
  row: Record<`o_${'id' | 'assessment' | 'p' | 'i'}`, string | null> & Record<`o_${Axis}`, number | null>,
) {
  const { o_id: id, o_assessment: assessmentId, o_probability: probability, o_impact: impact, o_p: p, o_i: i } = row
  return { id, assessmentId, probability, impact, p, i }
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

/** A risk as it stands now, what the policy says of it, and the hash of what an acceptance binds itself to. */
export async function standOf(trx: Trx, riskId: string) {
  const assessment = await lastAssessment(trx, riskId)
  const controls = await listRatedControls(trx, riskId)
  const { methodology, inherent } = assessment
  const { typology } = assessment.answers
  const rated = { assessmentId: assessment.id, inherent, typology }
  const stands = standingOf(methodology, rated, controls, assessment.override)
  const { override, declared, demonstrated } = stands
  const risk: AcceptableRisk = { typology, zone: demonstrated.zone, evidence: controls.map((one) => one.evidence) }
  const content = {
    ...{ schema: 1, risk: riskId, assessment: assessment.contentHash, controls },
    places: { inherent: assessment.inherent, declared: placeOf(declared), demonstrated: placeOf(demonstrated) },
    ...(override && { override: override.id }),
    policy: { zone: zoneOf(methodology, risk.zone), typology: typologyOf(methodology, typology) ?? null },
  }
  return { assessment, methodology, controls, ...stands, risk, content, stateHash: hashOf(content) }
}

const placeOf = ({ trace: _trace, ...place }: Residual): Place => place

/** What was written over a computation that is another one now no longer stands: by nobody's decision. */
async function lapseOverride(trx: Trx, about: RiskAbout, { id }: HeldOverride): Promise<void> {
  await trx
    .updateTable('residual_override')
    .set({ ending: 'lapsed', ended_at: sql<Date>`app_now()` })
    .where('id', '=', id)
    .execute()
  await recordEvent(trx, {
    ...{ entityId: about.entityId, type: 'risk.override_lapsed', objectId: about.riskId, origin: 'system' },
    changes: [{ field: 'code', before: null, after: about.riskCode }],
  })
  await askToOverwrite(trx, about)
}

async function aboutOf(trx: Trx, entityId: string, riskId: string): Promise<RiskAbout> {
  const { code } = await trx.selectFrom('risk').select('code').where('id', '=', riskId).executeTakeFirstOrThrow()
  return { entityId, riskId, riskCode: code }
}

/** Until this transaction ends nobody else works out where the risk stands, or what is shown of its controls. */
export async function holdStanding(trx: Trx, riskId: string): Promise<void> {
  await trx.selectFrom('risk_standing').select('risk_id').where('risk_id', '=', riskId).forUpdate().execute()
}

interface Settled {
  /** Name of the zone its controls declare. */
  declaredName: string
  /** Null where it demonstrably stands as it stood, or stood nowhere. */
  moved: MovedRisk | null
}

/**
 * Where a risk stands, worked out anew: whatever changes it asks this. What moves of it is noted and asked of its owner, who is asked
 * for its treatment as it stands now, and an acceptance of something else lapses with it. Held: two controls of one risk that change
 * at once are counted one after the other.
 */
export async function settleStanding(trx: Trx, entityId: string, riskId: string, mover: Mover): Promise<Settled> {
  const stood = await trx
    .selectFrom('risk_standing as s')
    .innerJoin('risk_assessment as a', 'a.id', 's.assessment_id')
    .select(['s.assessment_id', 's.demonstrated_zone', 's.demonstrated_p as p', 's.demonstrated_i as i'])
    .select(['a.methodology as code', 'a.methodology_n as n'])
    .where('s.risk_id', '=', riskId)
    .forUpdate('s')
    .executeTakeFirst()
  const { assessment, methodology, override, declared, demonstrated, stateHash } = await standOf(trx, riskId)
  if (assessment.override && !override)
    await lapseOverride(trx, await aboutOf(trx, entityId, riskId), assessment.override)
  const { inherent } = assessment
  const standing = {
    ...{ entity_id: entityId, assessment_id: assessment.id, typology: assessment.answers.typology },
    ...{ inherent_probability: inherent.probability, inherent_impact: inherent.impact, inherent_zone: inherent.zone },
    ...{ declared_p: declared.p, declared_i: declared.i, declared_zone: declared.zone },
    ...{ declared_probability: declared.probability, declared_impact: declared.impact },
    ...{ demonstrated_p: demonstrated.p, demonstrated_i: demonstrated.i, demonstrated_zone: demonstrated.zone },
    ...{ demonstrated_probability: demonstrated.probability, demonstrated_impact: demonstrated.impact },
    ...{ override_id: override?.id ?? null, stood_at: sql<Date>`app_now()` },
  }
  await trx
    .insertInto('risk_standing')
    .values({ risk_id: riskId, ...standing })
    .onConflict((oc) => oc.column('risk_id').doUpdateSet(standing))
    .execute()
  const hasLapsed = await dropLapsedAcceptance(trx, riskId, stateHash)
  // The day of its next review hangs on its rating and its zone; what is asked of its owner, on what was accepted of it as well.
  const isElsewhere = stood?.assessment_id !== assessment.id || stood.demonstrated_zone !== demonstrated.zone
  if (isElsewhere) await planReview(trx, entityId, riskId)
  if (isElsewhere || hasLapsed) await settleAskToTreat(trx, await aboutOf(trx, entityId, riskId))
  const declaredName = zoneOf(methodology, declared.zone).name
  if (!stood) return { declaredName, moved: null }
  const isSameVersion = isSameMethodology(stood, assessment.key)
  if (!isSameVersion) await dropAlert(trx, riskId)
  const before = { p: stood.p, i: stood.i, zone: isSameVersion ? stood.demonstrated_zone : null }
  const moved = { methodology, before, after: demonstrated }
  return { declaredName, moved: await noteMove(trx, { entityId, riskId }, moved, mover) }
}
