/** Which events are of a cycle, an access, a review, a run of a control, a risk, a collector or a release: its own, and those of what belongs to it. */
import { type RawBuilder, sql } from 'kysely'
import type { SubjectKind, TimelineSubject } from '../domain/timeline.ts'

type Scope = RawBuilder<unknown>

const SCOPES: Record<SubjectKind, (id: string) => Scope> = {
  cycle: (id) => sql`e.cycle_id = ${id}`,
  grant: (id) => about(sql`select ${id}::uuid union all select id from notice where grant_id = ${id}`),
  // What was answered of each access is an event of that access, by an act of the review.
  campaign: (id) => sql`e.id in (
    select x.id from event x where x.object_id in (select ${id}::uuid
      union all select n.id from notice n join review_list l on l.id = n.list_id where l.campaign_id = ${id})
    union select x.id from event x join act a on a.id = x.act_id join review_list l on l.id = a.list_id
      where l.campaign_id = ${id})`,
  run: (id) => about(sql`select ${id}::uuid union all select id from notice where run_id = ${id}`),
  risk: (id) =>
    about(sql`select ${id}::uuid
      union all select id from risk_acceptance where risk_id = ${id}
      union all select id from risk_control where risk_id = ${id}
      union all select id from risk_indicator where risk_id = ${id}`),
  collector: (id) => sql`e.object_id = ${id}`,
  // A correction is of what it corrects, and of the release it became.
  release: (id) =>
    about(sql`select ${id}::uuid union all select id from correction where corrects_id = ${id} or release_id = ${id}`),
}

const about = (objects: Scope): Scope => sql`e.object_id in (${objects})`

/** Condition over `event e`. */
export const eventsOfSubject = ({ kind, id }: TimelineSubject): Scope => SCOPES[kind](id)
