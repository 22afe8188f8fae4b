/** The vocabulary of the record: every type of event, with the object it is about. Sentences stand in `app/text/events.ts`. */

export const EVENT_TYPES = {
  'cycle.requested': 'cycle',
  'cycle.started': 'cycle',
  'cycle.closed': 'cycle',
  'cycle.cancelled': 'cycle',
  'step.opened': 'step',
  'step.submitted': 'step_version',
  'step.reviewed': 'step_version',
  'step.signed': 'step_version',
  'step.approved': 'step',
  'step.returned': 'step_version',
  'step.withdrawn': 'step_version',
  'step.lapsed': 'step',
  'step.restored': 'step',
  'step.waits_again': 'step',
  'reopening.asked': 'reopening',
  'reopening.granted': 'reopening',
  'reopening.declined': 'reopening',
  'draft.saved': 'step',
  'attachment.added': 'attachment',
  'attachment.removed': 'attachment',
  'comment.written': 'comment',
  'task.claimed': 'task',
  'task.released': 'task',
  'view.saved': 'saved_view',
  'view.shared': 'saved_view',
  'view.default_chosen': 'saved_view',
  'view.deleted': 'saved_view',
  'term.moved': 'term',
  'term.expired': 'term',
  'notice.sent': 'notice',
  'notice.failed': 'notice',
  'act.refused': 'act',
  'source.attached': 'source',
  'source.changed': 'source',
  'source.detached': 'source',
  'import.requested': 'import',
  'import.done': 'import',
  'import.failed': 'import',
  'import.cancelled': 'import',
  'document.issued': 'document',
  'release.drafted': 'release',
  'release.published': 'release',
  'release.withdrawn': 'release',
  'release.corrected': 'release',
  'session.started': 'account',
  'session.refused': 'account',
  'session.ended': 'account',
  'session.proved': 'account',
  'session.position_chosen': 'position',
  'entity.installed': 'entity',
  'entity.changed': 'entity',
  'agency.added': 'agency',
  'agency.changed': 'agency',
  'position.added': 'position',
  'position.changed': 'position',
  'person.added': 'person',
  'person.changed': 'person',
  'account.added': 'account',
  'account.link_made': 'account',
  'account.password_set': 'account',
  'account.disabled': 'account',
  'tenure.added': 'tenure',
  'tenure.ended': 'tenure',
  'calendar.day_added': 'calendar_day',
  'calendar.day_removed': 'calendar_day',
  'procedure.adopted': 'procedure_version',
  'export.made': 'export',
  'incident.opened': 'incident',
} as const

export type EventType = keyof typeof EVENT_TYPES

/** Where an event came from. */
export type Origin = 'web' | 'workflow' | 'courier' | 'system'

/** One changed field. Fields of a citizen appear by name only: `before` and `after` stay null (model.md §5). */
export interface FieldChange {
  field: string
  before: string | number | boolean | null
  after: string | number | boolean | null
}
