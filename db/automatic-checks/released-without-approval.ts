import { sql } from 'kysely'
import { anyOf, type Examine, examine, sumOf } from './examination.ts'

/**
 * Nothing leaves the entity without approval (MM-GAC-P-008, actividad 7): whoever published a release approved its step 7 or signed
 * its correction, and every report that was issued is of an approved step.
 */
export const releasedWithoutApproval: Examine = (trx, { entityId }) => {
  const released = sql`release r join dataset d on d.id = r.dataset_id
    where r.entity_id = ${entityId} and r.published_at is not null`
  const issued = sql`document d where d.entity_id = ${entityId}`
  const approved = (version: string) => sql`exists (select from signature s
    where s.step_version_id = ${sql.ref(version)} and s.role = 'approver' and s.verdict = 'approve')`
  return examine(trx, {
    looked: sumOf(sql`select count(*) from ${released}`, sql`select count(*) from ${issued}`),
    violating: anyOf(
      sql`select 'release' as kind, r.id, null::text as place, d.title || ' v' || r.version as label,
          case when r.corrects_id is null then 'not_approved' else 'correction_not_signed' end as reason
        from ${released} and not ${approved('r.step_version_id')} and not exists (
          select from correction c join correction_signature s on s.correction_id = c.id and s.round = c.round
          where c.release_id = r.id and s.verdict = 'approve')`,
      sql`select 'step' as kind, d.cycle_id as id, '6' as place, d.title as label, 'issued_not_approved' as reason
        from ${issued} and not ${approved('d.step_version_id')}`,
    ),
  })
}
