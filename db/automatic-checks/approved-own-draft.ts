import { sql } from 'kysely'
import { anyOf, type Examine, examine, sumOf } from './examination.ts'

/**
 * Nobody approved what they elaborated (model.md §4): neither steps nor corrections, accesses, answers of a review or correspondences
 * of variables. Acting for somebody counts as both persons.
 */
export const approvedOwnDraft: Examine = (trx, { entityId }) => {
  const steps = sql`signature s join step_version v on v.id = s.step_version_id
    where s.entity_id = ${entityId} and s.role in ('approver', 'consent') and s.verdict = 'approve'`
  const accesses = sql`access_signature s join access_grant g on g.id = s.grant_id
    where s.entity_id = ${entityId} and s.kind in ('grant', 'deny')`
  const answers = sql`review_answer a join review_item i on i.id = a.item_id join access_grant g on g.id = i.grant_id
    where a.entity_id = ${entityId} and a.status = 'recorded' and a.verdict <> 'retire'`
  const corrections = sql`correction_signature s join correction c on c.id = s.correction_id
    where s.entity_id = ${entityId} and s.verdict = 'approve'`
  const crosswalks = sql`crosswalk w join variable v on v.id = w.variable_id
    where w.entity_id = ${entityId} and w.status = 'approved'`
  const count = (rows: ReturnType<typeof sql>) => sql`select count(*) from ${rows}`
  return examine(trx, {
    looked: sumOf(count(steps), count(accesses), count(answers), count(corrections), count(crosswalks)),
    violating: anyOf(
      sql`select 'step' as kind, s.cycle_id as id, v.step_code as place, s.position_name as label, 'own_step' as reason
        from ${steps} and (v.authors ? s.person_id::text or v.authors ? s.acting_for::text)`,
      sql`select 'grant' as kind, g.id, null as place, g.code as label, 'own_access' as reason from ${accesses}
        and (s.person_id in (g.asked_by, g.grantee_id, g.asked_for) or s.acting_for in (g.asked_by, g.grantee_id, g.asked_for))`,
      sql`select 'grant' as kind, g.id, null as place, g.code as label, 'own_review' as reason from ${answers}
        and g.grantee_id in (a.person_id, a.acting_for)`,
      sql`select 'cycle' as kind, c.cycle_id as id, null as place, s.position_name as label, 'own_correction' as reason
        from ${corrections} and (s.person_id = any(c.authors) or s.acting_for = any(c.authors))`,
      sql`select 'crosswalk' as kind, w.id, w.to_n::text as place, v.code as label, 'own_crosswalk' as reason from ${crosswalks}
        and (w.decided_by in (w.proposed_by, w.proposed_for) or w.decided_for in (w.proposed_by, w.proposed_for))`,
    ),
  })
}
