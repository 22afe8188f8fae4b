import type { Trx } from '../../db/client.ts'
import type { standOf } from '../../db/risk-standings.ts'
import { findTreatment, listAcceptances, listPlan } from '../../db/risk-treatment-pages.ts'
import { isWithinAppetite, nextInTreatment } from '../../domain/risk-treatment.ts'

/** What is done about a risk, and what comes next. */
export async function treatmentSummary(
  trx: Trx,
  riskId: string,
  { methodology, risk }: Awaited<ReturnType<typeof standOf>>,
) {
  const treatment = await findTreatment(trx, riskId)
  const [last] = (await listAcceptances(trx, riskId)).rows
  const inForce = treatment?.option ?? null
  const isAcceptanceAsked = last?.status === 'asked'
  const next = nextInTreatment({
    ...{ isWithin: isWithinAppetite(methodology, risk.typology, risk.zone), inForce, isAcceptanceAsked },
    ...{ isCurrent: treatment?.isCurrent ?? true, hasPlan: (await listPlan(trx, riskId)).rows.length > 0 },
  })
  return { inForce, isAcceptanceAsked, next }
}
