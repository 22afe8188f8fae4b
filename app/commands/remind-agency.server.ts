import { eventBy } from '../../db/administration.ts'
import { headsAbove } from '../../db/agency-heads.ts'
import { recordEvent } from '../../db/audit.ts'
import type { Trx } from '../../db/client.ts'
import { appNow, appToday } from '../../db/clock.ts'
import { writeMail } from '../../db/mail.ts'
import { requireProcedureVersion } from '../../db/procedures.ts'
import { findSummary, holdSummary, type SummaryRow } from '../../db/summaries.ts'
import { areResultsPublic, insertReminder, lastToldOn, summaryMailRow } from '../../db/summary-notices.ts'
import {
  BY_HAND,
  HEAD,
  objectionToReminding,
  summaryState,
  type ToldHead,
  whoIsTold,
} from '../../domain/dissemination.ts'
import { summaryRow } from '../../domain/permission-rows.ts'
import { whyNot } from '../../domain/permissions.ts'
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
  await recordingRefusals(context, actor, { objectId: agencyId, cycleId }, async (trx, by) => {
    const summary = await findSummary(trx, { cycleId, agencyId })
    if (!summary) throw new Refused('not_visible')
    await holdSummary(trx, summary.id)
    const { procedure } = await requireProcedureVersion(trx, summary.procedureVersionId)
    refuseIf(whyNot(permitted(actor), 'remind', 'Summary', summaryRow(actor.entityId, procedure, [])))
    const today = appToday()
    refuseIf(objectionToReminding(summaryState(summary), await lastToldOn(trx, summary.id), today))
    const told = whoIsTold(await headsAbove(trx, actor.entityId, agencyId, today), HEAD)
    if (told.length === 0 || !(await areResultsPublic(trx, cycleId))) throw new Refused('out_of_date')
    await write(trx, { summary, told, entityId: actor.entityId, publicUrl: context.config.PUBLIC_URL })
    await recordEvent(trx, {
      ...{ ...eventBy(by), type: 'summary.reminded', objectId: summary.id, cycleId },
      changes: [
        { field: 'agency', before: null, after: summary.agencyName },
        { field: 'kind', before: null, after: BY_HAND },
        { field: 'recipients', before: null, after: told.length },
      ],
    })
  })
}

interface Reminder {
  summary: SummaryRow
  told: ToldHead[]
  entityId: string
  publicUrl: string
}

/** The line of the ledger and the mail of each who is told. */
async function write(trx: Trx, { summary, told, entityId, publicUrl }: Reminder): Promise<void> {
  const { id: summaryId, cycleId, agencyId, agencyName: agency, vigencia, dueDate, readAt } = summary
  const noticeId = await insertReminder(trx, { entityId, cycleId, summaryId }, { day: appToday(), now: appNow() })
  const facts = { kind: BY_HAND, agency, vigencia, dueDate, isRead: readAt !== null, catchesUp: 0 }
  for (const head of told)
    await writeMail(trx, {
      ...summaryMailRow(publicUrl, { entityId, cycleId, agencyId, noticeId }, head.personId),
      ...summaryMail({ ...facts, told: head.told }),
    })
}
