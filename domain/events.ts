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
  'draft.brought_over': 'step',
  'attachment.added': 'attachment',
  'attachment.removed': 'attachment',
  'comment.written': 'comment',
  'comment.rewritten': 'comment',
  'comment.resolved': 'comment',
  'comment.reopened': 'comment',
  'comment.file_added': 'comment',
  'mention.seen': 'comment',
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
  'receipt.mailed': 'act',
  'source.attached': 'source',
  'source.changed': 'source',
  'source.continued': 'source',
  'source.detached': 'source',
  'source.columns_changed': 'source',
  'source.column_revealed': 'source',
  'connection.added': 'connection',
  'connection.changed': 'connection',
  'connection.tested': 'connection',
  'connection.used': 'connection',
  'connection.removed': 'connection',
  'fetch.requested': 'fetch',
  'fetch.failed': 'fetch',
  'fetch.cancelled': 'fetch',
  'import.requested': 'import',
  'import.restarted': 'import',
  'import.done': 'import',
  'import.failed': 'import',
  'import.cancelled': 'import',
  'template.kept': 'report_template',
  'template.default_chosen': 'report_template',
  'template.retired': 'report_template',
  'template.restored': 'report_template',
  'template.chosen': 'cycle',
  'section.assigned': 'report_section',
  'section.finished': 'report_section',
  'section.taken_up': 'report_section',
  'proposal.made': 'section_proposal',
  'proposal.accepted': 'section_proposal',
  'proposal.declined': 'section_proposal',
  'proposal.withdrawn': 'section_proposal',
  'attendance.recorded': 'attendance',
  'map.received': 'map_file',
  'map.kept': 'division_map',
  'map.withdrawn': 'division_map',
  'variables.adopted': 'step_version',
  'crosswalk.proposed': 'crosswalk',
  'crosswalk.approved': 'crosswalk',
  'crosswalk.returned': 'crosswalk',
  'document.issued': 'document',
  'improvement.created': 'improvement_action',
  'improvement.changed': 'improvement_action',
  'improvement.dropped': 'improvement_action',
  'improvement.reported': 'improvement_action',
  'improvement.done': 'improvement_action',
  'improvement.verified': 'improvement_action',
  'improvement.checked': 'improvement_action',
  'improvement.handed': 'improvement_action',
  'finding.recorded': 'finding',
  'finding.analysed': 'finding',
  'finding.reopened': 'finding',
  'finding.closed': 'finding',
  'risk.registered': 'risk',
  'risk.reassessed': 'risk',
  'risk.treated': 'risk',
  'risk.acceptance_asked': 'risk_acceptance',
  'risk.accepted': 'risk_acceptance',
  'risk.acceptance_declined': 'risk_acceptance',
  'risk.acceptance_withdrawn': 'risk_acceptance',
  'risk.acceptance_lapsed': 'risk_acceptance',
  'risk.acceptance_expired': 'risk_acceptance',
  'control.added': 'risk_control',
  'control.retired': 'risk_control',
  'release.drafted': 'release',
  'correction.prepared': 'correction',
  'correction.submitted': 'correction',
  'correction.signed': 'correction',
  'correction.returned': 'correction',
  'correction.discarded': 'correction',
  'correction.withdrawn': 'correction',
  'release.planned': 'release',
  'release.held': 'release',
  'release.scheduled': 'release',
  'release.unscheduled': 'release',
  'release.published': 'release',
  'release.withdrawn': 'release',
  'release.corrected': 'release',
  'summary.delivered': 'agency_summary',
  'summary.read': 'agency_summary',
  'summary.answered': 'agency_summary',
  'summary.reminded': 'agency_summary',
  'summary.moved': 'agency_summary',
  'access.list_received': 'access_list',
  'access.list_asked': 'access_list',
  'access.row_settled': 'access_list',
  'rights.filed': 'rights_request',
  'rights.received': 'rights_request',
  'rights.identified': 'rights_request',
  'rights.completion_asked': 'rights_request',
  'rights.completion_received': 'rights_request',
  'rights.completed': 'rights_request',
  'rights.extended': 'rights_request',
  'rights.forwarded': 'rights_request',
  'rights.attended': 'rights_request',
  'rights.denied': 'rights_request',
  'rights.lapsed': 'rights_request',
  'rights.opened': 'rights_request',
  'rights.followed': 'rights_request',
  'rights.forgotten': 'rights_request',
  'consent.withdrawn': 'rights_request',
  'rights.term_moved': 'rights_request',
  'citizen.erased': 'rights_request',
  'citizen.erased_again': 'erasure',
  'citizen.unlinked': 'erasure',
  'access.asked': 'access_grant',
  'access.accepted': 'access_grant',
  'access.declined': 'access_grant',
  'access.granted': 'access_grant',
  'access.denied': 'access_grant',
  'access.withdrawn': 'access_grant',
  'access.ending_ordered': 'access_grant',
  'access.revoked': 'access_grant',
  'access.began': 'access_grant',
  'access.probed': 'access_grant',
  'access.lapsed': 'access_grant',
  'access.expired': 'access_grant',
  'access.unanswered': 'access_grant',
  'capture.begun': 'capture_draft',
  'capture.saved': 'capture_draft',
  'capture.dropped': 'capture_draft',
  'capture.declined': 'capture_outcome',
  'capture.recorded': 'capture_record',
  'capture.read': 'capture_record',
  'capture.corrected': 'capture_record',
  'capture.receipt_mailed': 'capture_record',
  'capture.searched': 'capture_search',
  'access.retired': 'access_grant',
  'access.suspended': 'access_grant',
  'access.shortened': 'access_grant',
  'campaign.opened': 'access_campaign',
  'campaign.closing': 'access_campaign',
  'campaign.closed': 'access_campaign',
  'campaign.ticketed': 'access_campaign',
  'campaign.calendar_changed': 'entity',
  'campaign.turn_passed': 'entity',
  'review.joined': 'access_grant',
  'review.left': 'access_grant',
  'review.moved': 'access_grant',
  'review.unassigned': 'access_grant',
  'review.answered': 'access_grant',
  'review.stated': 'access_grant',
  'review.ended': 'access_grant',
  'point.added': 'service_point',
  'point.changed': 'service_point',
  'session.started': 'account',
  'session.refused': 'account',
  'session.ended': 'account',
  'session.ended_elsewhere': 'account',
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
  'account.password_changed': 'account',
  'account.directory_linked': 'account',
  'account.directory_unlinked': 'account',
  'account.factor_begun': 'account',
  'account.factor_added': 'account',
  'account.factor_removed': 'account',
  'account.factor_reset': 'account',
  'account.sessions_ended': 'account',
  'account.recovery_renewed': 'account',
  'account.recovery_used': 'account',
  'tenure.added': 'tenure',
  'tenure.ended': 'tenure',
  'absence.planned': 'absence',
  'absence.cancelled': 'absence',
  'calendar.day_added': 'calendar_day',
  'calendar.day_removed': 'calendar_day',
  'procedure.adopted': 'procedure_version',
  'export.made': 'export',
  'incident.opened': 'incident',
  'incident.closed': 'incident',
  'incident.resolved': 'incident',
  'check.asked': 'check_round',
  'check.passed': 'automatic_check_run',
  'check.failed': 'automatic_check_run',
  'check.not_done': 'automatic_check_run',
  'check.gate_set': 'check_gate',
  'check.gate_lifted': 'check_gate',
} as const

export type EventType = keyof typeof EVENT_TYPES

type Prefix = EventType extends `${infer P}.${string}` ? P : never

/** What people look for in a timeline. */
export const EVENT_KINDS = [
  ...(['decisions', 'drafts', 'comments', 'terms', 'sources', 'report', 'releases', 'refusals'] as const),
  ...(['people', 'exports', 'system'] as const),
] as const
export type EventKind = (typeof EVENT_KINDS)[number]

/** Kind of the types that begin with each word: every type has one. */
const KINDS: Record<Prefix, EventKind> = {
  ...{ cycle: 'decisions', step: 'decisions', reopening: 'decisions', procedure: 'decisions' },
  ...{ draft: 'drafts', attachment: 'drafts', comment: 'comments', mention: 'comments' },
  ...{ task: 'terms', term: 'terms', notice: 'terms', calendar: 'terms' },
  ...{ source: 'sources', connection: 'sources', fetch: 'sources', import: 'sources', map: 'sources' },
  ...{ attendance: 'sources', variables: 'sources', crosswalk: 'sources' },
  ...{ section: 'report', template: 'report', proposal: 'report', document: 'report' },
  ...{ improvement: 'report', finding: 'report', risk: 'decisions', control: 'decisions' },
  ...{ release: 'releases', correction: 'releases', summary: 'releases', act: 'refusals', receipt: 'terms' },
  ...{ session: 'people', entity: 'people', agency: 'people', position: 'people' },
  ...{ person: 'people', account: 'people', tenure: 'people', access: 'people', point: 'people', absence: 'people' },
  ...{ capture: 'people', campaign: 'people', review: 'people' },
  ...{ rights: 'decisions', consent: 'decisions', citizen: 'decisions' },
  ...{ export: 'exports', view: 'exports', incident: 'system', check: 'system' },
}

export function kindOfEvent(type: EventType): EventKind {
  return KINDS[type.slice(0, type.indexOf('.')) as Prefix]
}

/** Kinds that can happen in these types. */
export function kindsOf(types: readonly EventType[]): EventKind[] {
  const present = new Set(types.map(kindOfEvent))
  return EVENT_KINDS.filter((kind) => present.has(kind))
}

/** Types of a kind, and of a set where one is given. */
export function eventsOf(kind: EventKind, among: readonly EventType[] = EVERY_TYPE): EventType[] {
  return among.filter((type) => kindOfEvent(type) === kind)
}

const EVERY_TYPE = Object.keys(EVENT_TYPES) as EventType[]

/** What the administration changed; who came in and out is the audit's business. */
export const ADMINISTRATION_EVENTS: readonly EventType[] = EVERY_TYPE.filter((type) =>
  /^(entity|agency|point|position|person|account|tenure|absence|calendar|procedure|map|template)\./.test(type),
)

/** What a timeline is narrowed to (experience 30); the address carries all of it. */
export interface TimelineFilters {
  kind?: EventKind | undefined
  stepCode?: string | undefined
  /** Who acted, and in which position. */
  personId?: string | undefined
  positionId?: string | undefined
  /** Civil dates in Bogotá, both included. */
  from?: string | undefined
  to?: string | undefined
}

/** Where an event came from. */
export type Origin = 'web' | 'workflow' | 'courier' | 'system'

/** One changed field. Fields of a citizen appear by name only: `before` and `after` stay null (model.md §5). */
export interface FieldChange {
  field: string
  before: string | number | boolean | null
  after: string | number | boolean | null
}
