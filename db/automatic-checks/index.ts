/** The automatic controls by id (domain/controls.ts). */
import type { ControlId } from '../../domain/controls.ts'
import { accessUnreviewed } from './access-unreviewed.ts'
import { accessWithoutDelegation } from './access-without-delegation.ts'
import { approvalOfOtherContent } from './approval-of-other-content.ts'
import { approvedOwnDraft } from './approved-own-draft.ts'
import { decisionWithoutEvent } from './decision-without-event.ts'
import { endingUnproven } from './ending-unproven.ts'
import type { Examine } from './examination.ts'
import { logIntact } from './log-intact.ts'
import { orphanedWork } from './orphaned-work.ts'
import { releasedWithoutApproval } from './released-without-approval.ts'
import { reminderUntold } from './reminder-untold.ts'
import { smallCellPublished } from './small-cell-published.ts'
import { writeWithoutEvent } from './write-without-event.ts'

/** All but those that are no question to the database alone (activities/run-check.ts). */
export const EXAMINATIONS: Record<Exclude<ControlId, 'backup_restorable' | 'history_differs'>, Examine> = {
  access_without_delegation: accessWithoutDelegation,
  released_without_approval: releasedWithoutApproval,
  approved_own_draft: approvedOwnDraft,
  approval_of_other_content: approvalOfOtherContent,
  decision_without_event: decisionWithoutEvent,
  write_without_event: writeWithoutEvent,
  reminder_untold: reminderUntold,
  small_cell_published: smallCellPublished,
  access_unreviewed: accessUnreviewed,
  ending_unproven: endingUnproven,
  orphaned_work: orphanedWork,
  log_intact: logIntact,
}
