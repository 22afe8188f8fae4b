import { controlAddress } from '../app/text/automatic-checks.ts'
import { checkMail } from '../app/text/check-mail.ts'
import type { Finished, RunKey } from '../db/check-runs.ts'
import type { Trx } from '../db/client.ts'
import { appToday } from '../db/clock.ts'
import { TOLD_DUTIES } from '../domain/controls.ts'
import { tellDuties } from './tell-duties.ts'
import type { Tools } from './tools.ts'

/** Tells who keeps the process, in the transaction that opened the incident: each once, however often the control runs in red. */
export async function tellOfControl(
  trx: Trx,
  tools: Tools,
  { entityId, control }: RunKey,
  { result, opened }: Finished,
): Promise<void> {
  if (opened === null) return
  const whom = { entityId, duties: TOLD_DUTIES, day: appToday() }
  const path = controlAddress(control)
  await tellDuties(trx, tools, { ...whom, about: [opened], words: checkMail(control, result), path })
}
