import { type Kysely, sql } from 'kysely'

/** Types of events as the product told their kinds apart until then: what samples of all events were drawn from. */
const KINDS = {
  decisions: `
    cycle.requested cycle.started cycle.closed cycle.cancelled step.opened step.submitted step.reviewed step.signed step.approved
    step.returned step.withdrawn step.lapsed step.restored step.waits_again reopening.asked reopening.granted reopening.declined
    risk_map.received risk_map.accepted risk.registered risk.reassessed risk.handed risk.treated risk.acceptance_asked risk.accepted
    risk.acceptance_declined risk.acceptance_withdrawn risk.acceptance_lapsed risk.acceptance_expired methodology.copied
    methodology.edited methodology.published methodology.discarded methodology.chosen risk.moved risk.overwritten
    risk.override_withdrawn risk.override_lapsed risk.reviewed risk.cadence_changed risk.materialized indicator.added
    indicator.measured indicator.corrected indicator.retired indicator.handed control.added control.handed control.retired
    control.paused control.resumed control.evidence_changed control.run_opened control.run_paused control.executed control.omitted
    control.verified control.excused control.rejected control.missed control.run_term_moved control.run_closed control.run_withdrawn
    risk.demonstrated_moved risk.alert_answered rights.filed rights.received rights.identified rights.completion_asked
    rights.completion_received rights.completed rights.extended rights.forwarded rights.attended rights.denied rights.lapsed
    rights.opened rights.followed rights.forgotten consent.withdrawn rights.term_moved citizen.erased citizen.erased_again
    citizen.unlinked procedure.adopted`,
  drafts: `draft.saved draft.brought_over attachment.added attachment.removed`,
  comments: `comment.written comment.rewritten comment.resolved comment.reopened comment.file_added mention.seen`,
  terms: `
    task.claimed task.released term.moved term.expired notice.sent notice.failed receipt.mailed calendar.day_added
    calendar.day_removed`,
  sources: `
    source.attached source.changed source.continued source.detached source.columns_changed source.column_revealed source.rejects_taken
    connection.added connection.changed connection.tested connection.used connection.removed fetch.requested fetch.failed
    fetch.cancelled import.requested import.restarted import.done import.failed import.cancelled attendance.recorded map.received
    map.kept map.withdrawn variables.adopted crosswalk.proposed crosswalk.approved crosswalk.returned`,
  report: `
    template.kept template.default_chosen template.retired template.restored template.chosen section.assigned section.finished
    section.taken_up proposal.made proposal.accepted proposal.declined proposal.withdrawn document.issued improvement.created
    improvement.changed improvement.dropped improvement.reported improvement.done improvement.drop_decided improvement.verified
    improvement.checked improvement.handed finding.recorded finding.handed finding.analysed finding.reopened finding.closed`,
  releases: `
    release.drafted correction.prepared correction.submitted correction.signed correction.returned correction.discarded
    correction.withdrawn release.planned release.held release.scheduled release.unscheduled release.published release.withdrawn
    release.corrected summary.delivered summary.read summary.answered summary.reminded summary.moved`,
  refusals: `act.refused`,
  people: `
    access.list_received access.list_asked access.row_settled access.asked access.accepted access.declined access.granted
    access.denied access.withdrawn access.ending_ordered access.revoked access.began access.probed access.lapsed access.expired
    access.unanswered capture.begun capture.saved capture.dropped capture.declined capture.recorded capture.read capture.corrected
    capture.receipt_mailed capture.searched access.retired access.suspended access.shortened campaign.opened campaign.closing
    campaign.closed campaign.ticketed campaign.calendar_changed campaign.turn_passed review.joined review.left review.moved
    review.unassigned review.answered review.stated review.ended point.added point.changed session.started session.refused
    session.ended session.ended_elsewhere session.proved session.position_chosen entity.installed entity.changed agency.added
    agency.changed position.added position.changed person.added person.changed account.added account.link_made account.password_set
    account.disabled account.password_changed account.directory_linked account.directory_unlinked account.factor_begun
    account.factor_added account.factor_removed account.factor_reset account.sessions_ended account.recovery_renewed
    account.recovery_used tenure.added tenure.ended absence.planned absence.cancelled`,
  exports: `
    view.saved view.shared view.default_chosen view.deleted export.made audit.consulted audit.access_asked audit.cycle_asked
    audit.event_read audit.reading_consulted audit.reading_listed audit.proof_taken audit.log_file_taken audit.samples_consulted
    audit.sample_read audit.sample_drawn audit.sample_repeated audit.paper_written`,
  system: `
    log.day_published incident.opened incident.closed incident.resolved check.asked check.passed check.failed check.not_done
    check.gate_set check.gate_lifted`,
}

const PARTS = {
  decisions: { '': `step.reviewed step.signed step.returned reopening.granted reopening.declined` },
  grants: { granted: `access.granted`, denied: `access.denied` },
  control_runs: { executed: `control.executed`, omitted: `control.omitted`, missed: `control.missed` },
  events: KINDS,
}

/** A sample keeps the types it is drawn from with the part each counts in (decision 0058): the product may tell kinds apart otherwise later. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
alter table audit_sample add column parts jsonb;
comment on column audit_sample.parts is 'Types of events it was drawn from, each with its part; null where that is the step of the event.';
`.execute(db)
  for (const [population, parts] of Object.entries(PARTS))
    for (const [part, types] of Object.entries(parts))
      await sql`
update audit_sample set parts = coalesce(parts, '{}') || (
  select jsonb_object_agg(type, nullif(${part}, '')) from unnest(${types.trim().split(/\s+/)}::text[]) type)
where population = ${population} and (part is null or population = 'decisions' or part = ${part});
`.execute(db)
  await sql`alter table audit_sample alter column parts set not null`.execute(db)
}
