import { controlAddress } from '../app/text/automatic-checks.ts'
import { checkMail } from '../app/text/check-mail.ts'
import type { Finished, RunKey } from '../db/check-runs.ts'
import type { Trx } from '../db/client.ts'
import { appToday } from '../db/clock.ts'
import { idOf } from '../db/ids.ts'
import { leadingTo, writeMail } from '../db/mail.ts'
import { headsFor, holdersOf } from '../db/notices.ts'
import { TOLD_DUTIES } from '../domain/controls.ts'
import type { Tools } from './tools.ts'

/** Tells who keeps the process, in the transaction that opened the incident: each once, however often the control runs in red. */
export async function tellOfControl(
  trx: Trx,
  { publicUrl }: Tools,
  { entityId, control }: RunKey,
  { result, opened }: Finished,
): Promise<void> {
  if (opened === null) return
  for (const personId of await keepersOf(trx, entityId))
    await writeMail(trx, {
      ...{ id: idOf('mail', opened, personId), entityId, noticeId: null, personId },
      ...checkMail(control, result),
      ...leadingTo(publicUrl, controlAddress(control)),
    })
}

/** Whoever holds a duty that keeps the process, and for a vacant one whoever is told of vacancies (model.md §1). */
async function keepersOf(trx: Trx, entityId: string): Promise<string[]> {
  const told = new Set<string>()
  for (const duty of TOLD_DUTIES) {
    const day = appToday()
    const holders = await holdersOf(trx, { entityId, duty, day, barredOn: null })
    for (const id of holders.length > 0 ? holders : await headsFor(trx, entityId, duty, day)) told.add(id)
  }
  return [...told]
}
