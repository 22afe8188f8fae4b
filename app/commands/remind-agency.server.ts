import { eventBy } from '../../db/administration.ts'
import { recordEvent } from '../../db/audit.ts'
import { appNow, appToday } from '../../db/clock.ts'
import { writeMail } from '../../db/mail.ts'
import { requireProcedureVersion } from '../../db/procedures.ts'
import { findSummary, holdSummary } from '../../db/summaries.ts'
import {
  areResultsPublic,
  headsAbove,
  insertReminder,
  lastToldOn,
  listHeadPositions,
  summaryMailRow,
} from '../../db/summary-notices.ts'
import { HEAD, objectionToReminding, summaryState, whoIsTold } from '../../domain/dissemination.ts'
import { summaryRow, whyNot } from '../../domain/permissions.ts'
import { Refused, refuseIf } from '../../domain/refusals.ts'
import type { AppContext } from '../context.server.ts'
import { recordingRefusals } from '../refusal.server.ts'
import type { Actor } from '../session.server.ts'
import { summaryMail } from '../text/summary-mail.ts'
import { permitted } from './permitted.server.ts'

/** Reminds a dependencia by hand of its summary, at most once a day; those that go by themselves go on (features H9). */
export async function remindAgency(
  context: AppContext,
  actor: Actor,
  { cycleId, agencyId }: { cycleId: string; agencyId: string },
): Promise<void> {
  const { PUBLIC_URL } = context.config
  await recordingRefusals(context, actor, { objectId: agencyId, cycleId }, async (trx, by) => {
    const found = await findSummary(trx, { cycleId, agencyId })
    if (!found) throw new Refused('not_visible')
    await holdSummary(trx, found.id)
    const { procedure } = await requireProcedureVersion(trx, found.procedureVersionId)
    const heads = await listHeadPositions(trx, agencyId)
    refuseIf(whyNot(permitted(actor), 'remind', 'Summary', summaryRow(actor.entityId, procedure, heads)))
    const today = appToday()
    refuseIf(objectionToReminding(summaryState(found), await lastToldOn(trx, found.id), today))
    const told = whoIsTold(await headsAbove(trx, actor.entityId, agencyId, today), HEAD)
    if (told.length === 0 || !(await areResultsPublic(trx, cycleId))) throw new Refused('out_of_date')
    const { entityId } = actor
    const place = { entityId, cycleId, summaryId: found.id }
    const noticeId = await insertReminder(trx, place, { day: today, now: appNow() })
    const { agencyName: agency, vigencia, dueDate, readAt } = found
    for (const { personId, told: as } of told)
      await writeMail(trx, {
        ...summaryMailRow(PUBLIC_URL, { entityId, cycleId, agencyId, noticeId }, personId),
        ...summaryMail({
          ...{ kind: 'by_hand', told: as, agency, vigencia, dueDate, isRead: readAt !== null, catchesUp: 0 },
        }),
      })
    await recordEvent(trx, {
      ...{ ...eventBy(by), type: 'summary.reminded', objectId: found.id, cycleId },
      changes: [
        { field: 'agency', before: null, after: agency },
        { field: 'kind', before: null, after: 'by_hand' },
        { field: 'recipients', before: null, after: told.length },
      ],
    })
  })
}
