/** What a cycle decided on and published, as an evidence pack takes it: frozen contents, attached files, documents, files of releases. */
import { sql } from 'kysely'
import type { StepCode } from '../domain/procedures.ts'
import { OF_CONTENT } from '../verifier/packs.ts'
import type { Trx } from './client.ts'

export interface FrozenContent {
  id: string
  stepCode: StepCode
  n: number
  hash: string
  frozenAt: Date
  /** Its form may carry personal data, which no auditor is shown, or a disposal took it away. */
  isWithheld: boolean
}

/** How far a pack reaches. */
export interface Covered {
  entityId: string
  cycleId: string
  /** Events that count: those sealed below this place. */
  size: bigint
  /** Forms that may carry personal data, as `step:version`. */
  confidential: readonly string[]
}

/** The versions that a sealed event of the cycle decided on, in the order in which they were frozen. */
export async function listDecidedContents(trx: Trx, covered: Covered): Promise<FrozenContent[]> {
  const { entityId, cycleId, size, confidential } = covered
  const { rows } = await sql<FrozenContent>`
    select v.id, v.step_code as "stepCode", v.n, v.hash, v.frozen_at as "frozenAt",
      v.step_code || ':' || v.form_version = any(${[...confidential]}::text[])
        or exists (select from disposal_tombstone t where t.object_id = v.id) as "isWithheld"
    from step_version v
    where v.cycle_id = ${cycleId} and exists (
      select from event e join log_leaf l on l.entity_id = e.entity_id and l.event_id = e.id
      where e.cycle_id = v.cycle_id and e.entity_id = ${entityId} and e.content_hash = v.hash
        and e.type = any(${[...OF_CONTENT]}) and l.n < ${size}::bigint)
    order by v.step_code, v.n, v.id`.execute(trx)
  return rows
}

/** A version as its hash was taken, and as people saw it. */
export async function findFrozenText(trx: Trx, id: string): Promise<{ canonical: string; html: string }> {
  return await trx
    .selectFrom('step_version')
    .select(['canonical', 'snapshot_html as html'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
}

export interface EvidenceFile {
  kind: 'attachment' | 'document' | 'release'
  stepCode: StepCode
  /** As it was named, perhaps after somebody. */
  name: string
  sha256: string
  /** Why it stays out: its step may carry personal data, it was withdrawn from the public, or a disposal took it away. */
  withheld: 'confidential' | 'withdrawn' | 'disposed' | null
}

/** Files of the cycle, also attached ones that were taken off since: a version may name them. Neither sources nor drafts of releases. */
export async function listEvidenceFiles(
  trx: Trx,
  { cycleId, confidential }: Pick<Covered, 'cycleId' | 'confidential'>,
): Promise<EvidenceFile[]> {
  const { rows } = await sql<EvidenceFile>`
    select 'attachment' as kind, s.code as "stepCode", a.name, a.sha256,
      case when exists (select from disposal_tombstone t where t.object_id = a.id) then 'disposed' when exists (select from unnest(${[...confidential]}::text[]) f where split_part(f, ':', 1) = s.code) then 'confidential'
        end as withheld
    from attachment a join step s on s.id = a.step_id where a.cycle_id = ${cycleId}
    union
    select 'document', '6', d.code || '.' || f.format, f.sha256,
      case when exists (select from disposal_tombstone t where t.object_id = f.id) then 'disposed' end
    from document d join lateral (
      select d.id, 'pdf' as format, d.sha256
      union all select o.id, o.format, o.sha256 from document_file o where o.document_id = d.id) f on true
    where d.cycle_id = ${cycleId}
    union
    select 'release', '7', f.name, f.sha256, case r.status when 'withdrawn' then 'withdrawn' end
    from release r join release_file f on f.release_id = r.id
    where r.cycle_id = ${cycleId} and r.status in ('published', 'corrected', 'withdrawn')
    order by 1, 2, 3, 4`.execute(trx)
  return rows
}
