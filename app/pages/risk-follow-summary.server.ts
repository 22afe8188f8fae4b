import type { Trx } from '../../db/client.ts'
import { appToday } from '../../db/clock.ts'
import { listFindings } from '../../db/finding-pages.ts'
import { countRiskEvents } from '../../db/risk-events.ts'
import { listIndicators } from '../../db/risk-indicators.ts'
import { findCadence } from '../../db/risk-reviews.ts'
import type { HeldRisk } from '../../db/risks.ts'
import { entityCalendar } from '../../db/terms.ts'
import { attendedRow } from '../../domain/permission-rows.ts'
import { whyNot } from '../../domain/permissions.ts'
import { levelOutdone } from '../../domain/risk-reviews.ts'
import { termChip } from '../../domain/terms.ts'
import { permitted } from '../commands/permitted.server.ts'
import type { Actor } from '../session.server.ts'
import { sentenceOf } from '../text/refusals.ts'

/** Why this person does not review or measure what these positions answer for, as a sentence; null when they do. */
export function attendObjection(actor: Actor, positions: readonly string[]): string | null {
  return sentenceOf(whyNot(permitted(actor), 'attend', 'Risk', attendedRow(actor.entityId, positions)), actor)
}

/** When a risk is reviewed, how often it really happened beside how it is rated, its indicators and its findings. */
export async function followSummary(trx: Trx, actor: Actor, { id, assessment }: HeldRisk) {
  const cadence = await findCadence(trx, id)
  const { methodology } = assessment
  const times = await countRiskEvents(trx, id)
  const rated = assessment.inherent.probability
  const at = levelOutdone(methodology, rated, times)
  const name = (level: number) => methodology.probability[level]?.name ?? ''
  const calendar = await entityCalendar(trx, actor.entityId)
  const findings = await listFindings(trx, actor.entityId, { riskId: id, limit: 20 })
  return {
    cadence: cadence && { ...cadence, chip: termChip(cadence.dueOn, appToday(), calendar) },
    real: { times, level: at === null ? null : name(at), rated: name(rated) },
    indicators: await listIndicators(trx, id),
    findings: findings.rows.map(({ code, status }) => ({ code, status })),
  }
}

export type FollowSummary = Awaited<ReturnType<typeof followSummary>>
