/** Residuals that somebody wrote over: each with its reason and its event, ended by whoever takes it back or by another computation. */
import { sql } from 'kysely'
import type { OverrideInput, OverrideRead } from '../domain/methodology-inputs.ts'
import { Refused, refuseIf } from '../domain/refusals.ts'
import { type Override, objectionToOverride } from '../domain/residual-overrides.ts'
import { zoneAt, zoneOf } from '../domain/risks.ts'
import { eventBy } from './administration.ts'
import { recordEvent } from './audit.ts'
import type { Trx } from './client.ts'
import { endAskToOverwrite } from './risk-follow-ups.ts'
import type { ComputedPlace } from './risk-pages.ts'
import { settleStanding, standOf } from './risk-standings.ts'
import type { HeldRisk, RiskKeeper } from './risks.ts'
import { type MovedRisk, movedBy } from './standing-moves.ts'

/**
 * Writes another place over the residual of a risk; the same form sent again writes nothing. Throws `Refused('body_differs')`
 * where it says something else then, `content_changed` to whoever read another computation or did not read what stands over it,
 * and whatever objects to the place.
 */
export async function overwriteResidual(
  trx: Trx,
  by: RiskKeeper,
  risk: HeldRisk,
  { formKey: id, read, reason, ...override }: OverrideInput,
): Promise<MovedRisk | null> {
  if (await isTaken(trx, risk.id, { id, reason, ...override })) return null
  const standing = await standOf(trx, risk.id)
  if (readOf(standing) !== read) throw new Refused('content_changed')
  const { assessment, methodology } = standing
  const { declared } = standing.computed
  if (!methodology.probability[override.probability] || !methodology.impact[override.impact])
    throw new Refused('out_of_date')
  refuseIf(objectionToOverride(assessment.inherent, declared, override))
  await endOverride(trx, risk.id, 'replaced')
  const { last } = await trx
    .selectFrom('residual_override')
    .select(({ fn }) => fn.max('n').as('last'))
    .where('risk_id', '=', risk.id)
    .executeTakeFirstOrThrow()
  const zone = zoneAt(methodology, override.probability, override.impact)
  await trx
    .insertInto('residual_override')
    .values({
      ...{ ...override, id, entity_id: by.entityId, risk_id: risk.id, n: (last ?? 0) + 1, zone, reason },
      ...{ assessment_id: assessment.id, computed_p: declared.p, computed_i: declared.i },
      ...{ computed_probability: declared.probability, computed_impact: declared.impact, computed_zone: declared.zone },
      ...{ written_by: by.personId, written_position: by.positionId },
    })
    .execute()
  const { moved } = await settleStanding(trx, by.entityId, risk.id, movedBy(by, 'overwritten'))
  await endAskToOverwrite(trx, { entityId: by.entityId, riskId: risk.id, riskCode: risk.code })
  await recordEvent(trx, {
    ...{ ...eventBy(by), type: 'risk.overwritten', objectId: risk.id },
    changes: [
      { field: 'code', before: null, after: risk.code },
      { field: 'zone', before: zoneOf(methodology, declared.zone).name, after: zoneOf(methodology, zone).name },
    ],
  })
  return moved
}

type Standing = Pick<Awaited<ReturnType<typeof standOf>>, 'assessment' | 'computed' | 'override'>

/** What a page shows of a residual: what is computed, and what somebody wrote over it. */
export function readOf({ assessment, computed, override }: Standing): string {
  return [assessment.contentHash, computed.declared.p, computed.declared.i, override?.id ?? ''].join(':')
}

async function isTaken(
  trx: Trx,
  riskId: string,
  { id, reason, probability, impact }: Override & { id: string; reason: string },
): Promise<boolean> {
  const known = await trx
    .selectFrom('residual_override')
    .select(['risk_id', 'reason', 'probability', 'impact'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (!known) return false
  const isSame =
    known.risk_id === riskId && known.reason === reason && known.probability === probability && known.impact === impact
  if (!isSame) throw new Refused('body_differs')
  return true
}

/**
 * Takes what was written over a residual back: it is what is computed again. Throws `Refused('override_over')` where nothing
 * stands, `content_changed` to whoever did not read what stands.
 */
export async function withdrawOverride(
  trx: Trx,
  by: RiskKeeper,
  risk: HeldRisk,
  { read }: OverrideRead,
): Promise<MovedRisk | null> {
  const standing = await standOf(trx, risk.id)
  if (!standing.override) throw new Refused('override_over')
  if (readOf(standing) !== read) throw new Refused('content_changed')
  await endOverride(trx, risk.id, 'withdrawn')
  const { moved } = await settleStanding(trx, by.entityId, risk.id, movedBy(by, 'override_withdrawn'))
  await recordEvent(trx, {
    ...{ ...eventBy(by), type: 'risk.override_withdrawn', objectId: risk.id },
    changes: [{ field: 'code', before: null, after: risk.code }],
  })
  return moved
}

async function endOverride(trx: Trx, riskId: string, ending: 'withdrawn' | 'replaced'): Promise<void> {
  await trx
    .updateTable('residual_override')
    .set({ ending, ended_at: sql<Date>`app_now()` })
    .where('risk_id', '=', riskId)
    .where('ended_at', 'is', null)
    .execute()
}

export interface ShownOverride {
  n: number
  probability: number
  impact: number
  zone: string
  computed: ComputedPlace
  reason: string
  position: string
  writtenAt: Date
  ending: string | null
  endedAt: Date | null
  /** Of the assessment it was written over. */
  assessmentN: number
}

/** What was written over the residual of a risk, the last first. */
export async function listOverrides(trx: Trx, riskId: string): Promise<ShownOverride[]> {
  const rows = await trx
    .selectFrom('residual_override as o')
    .innerJoin('position', 'position.id', 'o.written_position')
    .innerJoin('risk_assessment as a', 'a.id', 'o.assessment_id')
    .select(['o.n', 'o.probability', 'o.impact', 'o.zone', 'o.reason', 'o.ending'])
    .select(['position.name as position', 'o.written_at as writtenAt', 'o.ended_at as endedAt', 'a.n as assessmentN'])
    .select(['o.computed_probability', 'o.computed_impact', 'o.computed_zone'])
    .where('o.risk_id', '=', riskId)
    .orderBy('o.n', 'desc')
    .limit(50)
    .execute()
  return rows.map(({ computed_probability: probability, computed_impact: impact, computed_zone: zone, ...row }) => ({
    ...row,
    computed: { probability, impact, zone },
  }))
}
