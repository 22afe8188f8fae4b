/** What followed on the risk of the demonstration, through the product's own commands: a sheet, its readings, an event. */
import { addIndicator, measureIndicator, recordRiskEvent } from '../../app/commands/follow-risk.server.ts'
import type { AppContext } from '../../app/context.server.ts'
import { DEMO_EVENT, DEMO_INDICATOR, DEMO_READINGS } from '../../catalog/demo/plans.ts'
import { appToday } from '../../db/clock.ts'
import { idOf } from '../../db/ids.ts'
import { addDays, addMonths } from '../../domain/civil-dates.ts'
import { periodAt } from '../../domain/risk-indicators.ts'
import * as acts from './acts.ts'

export async function liveRiskFollow(context: AppContext, entityId: string, risk: string): Promise<void> {
  const keeper = await acts.actorOf(context, entityId, 'direccion_tic')
  const key = (name: string, at = 0) => idOf('demo-risk-follow', entityId, name, at)
  const firstPeriod = `${addMonths(appToday(), -DEMO_READINGS.length).slice(0, 7)}-01`
  const sheet = { ...DEMO_INDICATOR, formKey: key('sheet'), firstPeriod, positionId: keeper.position.id }
  const code = await addIndicator(context, keeper, risk, sheet)
  for (const [at, [numerator, denominator]] of DEMO_READINGS.entries()) {
    const period = periodAt(sheet.frequency, firstPeriod, at)
    const input = { formKey: key('reading', at), period: period.from, numerator, denominator, note: '' }
    await measureIndicator(context, keeper, code, { input, period })
  }
  const happened = { formKey: key('event'), occurredOn: addDays(appToday(), -40), endedOn: '', times: 2 }
  await recordRiskEvent(context, keeper, risk, { ...DEMO_EVENT, ...happened, incidentId: '' })
}
