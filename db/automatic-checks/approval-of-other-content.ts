import { sql } from 'kysely'
import { anyOf, type Examine, examine, sumOf } from './examination.ts'

/**
 * Every signature names the content that stands (model.md §2, hash scope): that of its version, which still has the SHA-256 of what was
 * frozen; that of the access that was asked for; and that of the files of a correction.
 */
export const approvalOfOtherContent: Examine = (trx, { entityId }) => {
  const steps = sql`signature s join step_version v on v.id = s.step_version_id where s.entity_id = ${entityId}`
  const versions = sql`step_version v where v.entity_id = ${entityId}`
  const accesses = sql`access_signature s join access_grant g on g.id = s.grant_id where s.entity_id = ${entityId}`
  const corrections = sql`correction_signature s join correction c on c.id = s.correction_id
    join release r on r.id = c.release_id where s.entity_id = ${entityId} and s.round = c.round and c.status = 'published'`
  const count = (rows: ReturnType<typeof sql>) => sql`select count(*) from ${rows}`
  return examine(trx, {
    looked: sumOf(count(steps), count(versions), count(accesses), count(corrections)),
    violating: anyOf(
      sql`select 'step' as kind, s.cycle_id as id, v.step_code as place, s.position_name as label, 'signed_other' as reason
        from ${steps} and s.content_hash <> v.hash`,
      sql`select 'step' as kind, v.cycle_id as id, v.step_code as place, 'v' || v.n as label, 'content_changed' as reason
        from ${versions} and v.hash <> encode(sha256(convert_to(v.canonical, 'UTF8')), 'hex')
          and not exists (select from disposal_tombstone t where t.object_id = v.id and t.sha256 = v.hash)`,
      sql`select 'grant' as kind, g.id, null::text as place, g.code as label, 'signed_other' as reason
        from ${accesses} and s.content_hash <> g.content_hash`,
      sql`select 'release' as kind, r.id, null as place, s.position_name as label, 'signed_other' as reason
        from ${corrections} and s.release_hash <> r.release_hash`,
    ),
  })
}
