import { type EventRecord, recordEvent } from '../db/audit.ts'
import { findStanding, insertCampaign, wasReviewed } from '../db/campaigns.ts'
import { type Trx, withEntity } from '../db/client.ts'
import { appToday } from '../db/clock.ts'
import { faultPoint } from '../db/fault-points.ts'
import { idOf } from '../db/ids.ts'
import { findReviewCalendar, noteTurn } from '../db/review-calendar.ts'
import { countInScope } from '../db/review-scope.ts'
import { yearOf } from '../domain/civil-dates.ts'
import { type TurnOutcome, turnOutcome } from '../domain/review-calendar.ts'
import { yearlyReviewScheduleId } from '../workflows/messages.ts'
import type { Tools } from './tools.ts'

export interface OpenReviews {
  entityId: string
  /** Civil date on which it was due. */
  day: string
}

/**
 * Opens the review of the vigencia of a day: its row, and what came of the day, in one transaction. A vigencia that is or was
 * under review, and one with nothing to review, is left alone, and that is an event. Answers the review, the same however
 * often; null where none was opened.
 */
export async function openYearlyReview(tools: Tools, { entityId, day }: OpenReviews): Promise<string | null> {
  faultPoint('worker:before-record')
  const vigencia = yearOf(day)
  const id = idOf('campaign', entityId, 'calendar', String(vigencia))
  return await withEntity(tools.database, entityId, async (trx) => {
    const standing = await findStanding(trx, entityId, vigencia)
    if (standing === id) return id
    const outcome = turnOutcome({
      isUnderReview: standing !== undefined,
      wasReviewed: await wasReviewed(trx, entityId, vigencia),
      inScope: await countInScope(trx, entityId, vigencia),
    })
    if (!(await noteTurn(trx, { entityId, vigencia, day, outcome }))) return null
    if (outcome === 'opened') return await open(trx, entityId, { id, vigencia })
    await recordEvent(trx, turnPassed(entityId, vigencia, outcome))
    return null
  })
}

async function open(trx: Trx, entityId: string, { id, vigencia }: { id: string; vigencia: number }): Promise<string> {
  const { workingDays, onSilence } = await findReviewCalendar(trx, entityId)
  const about = { kind: 'yearly' as const, cause: null, subjectId: null, openedBy: null }
  await insertCampaign(trx, { id, entityId, ...about, vigencia, workingDays, onSilence }, yearOf(appToday()))
  return id
}

function turnPassed(entityId: string, vigencia: number, outcome: TurnOutcome): EventRecord {
  const facts = { vigencia: String(vigencia), outcome }
  return {
    ...{ entityId, type: 'campaign.turn_passed', objectId: entityId, origin: 'workflow' },
    workflowId: yearlyReviewScheduleId(entityId),
    changes: Object.entries(facts).map(([field, after]) => ({ field, before: null, after })),
  }
}
