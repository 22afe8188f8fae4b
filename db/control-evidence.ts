/** Evidence of controls (features D4): files by their hash, in revisions, with the period they cover and who attests; reused across controls. */
import { sql } from 'kysely'
import { type EvidenceDays, earliestEvidence } from '../domain/control-runs.ts'
import type { AttachedFile, NamedFile } from './attachments.ts'
import type { Trx } from './client.ts'
import type { Hand } from './tenures.ts'

/** Evidence as a run may show it, whoever brought it for whichever control. */
export interface KnownEvidence extends EvidenceDays {
  id: string
  sha256: string
  hands: string[]
  /** Somebody verified a run that it shows, and nobody returned one: it may show another control too. */
  isAccepted: boolean
}

/** Of the evidence `e`. */
const ACCEPTED = sql<boolean>`(exists (select from control_evidence_use u join control_run r on r.id = u.run_id
    where u.evidence_id = e.id and u.recorded_at is not null and r.status = 'verified')
  and not exists (select from control_evidence_use u join act brought on brought.id = u.act_id
      join act returned on returned.run_id = u.run_id
    where u.evidence_id = e.id and u.recorded_at is not null and returned.kind = 'reject'
      and returned.status in ('done', 'confirmed') and returned.stored_at > brought.stored_at))`

/** Evidence of the entity that counts somewhere; undefined where there is none such. */
export async function findEvidence(trx: Trx, entityId: string, id: string): Promise<KnownEvidence | undefined> {
  const row = await trx
    .selectFrom('control_evidence as e')
    .select(['e.id', 'e.sha256', 'e.period_start', 'e.period_end', 'e.valid_until', 'e.attested_by', 'e.attested_for'])
    .select(ACCEPTED.as('isAccepted'))
    .where('e.entity_id', '=', entityId)
    .where('e.id', '=', id)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('control_evidence_use as u')
          .select('u.act_id')
          .whereRef('u.evidence_id', '=', 'e.id')
          .where('u.recorded_at', 'is not', null),
      ),
    )
    .executeTakeFirst()
  if (!row) return undefined
  const { period_start, period_end, valid_until, attested_by, attested_for, isAccepted } = row
  return {
    ...{ id: row.id, sha256: row.sha256, from: period_start, to: period_end, validUntil: valid_until },
    hands: attested_for === null ? [attested_by] : [attested_by, attested_for],
    isAccepted,
  }
}

/** A file brought for a run: the next revision of what was shown of it before, or the first. */
export async function insertEvidence(
  trx: Trx,
  brought: { id: string; entityId: string; runId: string; file: NamedFile; days: EvidenceDays; by: Hand },
): Promise<void> {
  const { id, entityId, runId, file, days, by } = brought
  const earlier = await lastOfRun(trx, runId)
  await trx
    .insertInto('control_evidence')
    .values({
      ...{ id, entity_id: entityId, chain_id: earlier?.chain_id ?? id, n: (earlier?.n ?? 0) + 1 },
      ...{ sha256: file.sha256, bytes: file.bytes, name: file.name, media_type: file.mediaType },
      ...{ period_start: days.from, period_end: days.to, valid_until: days.validUntil },
      ...{ attested_by: by.personId, attested_position: by.positionId, attested_for: by.actingFor ?? null },
    })
    .execute()
}

/** The last revision that was brought for a run itself; what it took from another control has its chain there. */
async function lastOfRun(trx: Trx, runId: string): Promise<{ chain_id: string; n: number } | undefined> {
  const found = await sql<{ chain_id: string; n: number }>`
    select e.chain_id, max(e.n)::int as n from control_evidence e
    where e.chain_id in (
      select f.chain_id from control_evidence_use u join control_evidence f on f.id = u.evidence_id
      where u.run_id = ${runId} and not exists (
        select from control_evidence_use o join control_evidence g on g.id = o.evidence_id
        where g.chain_id = f.chain_id and o.run_id <> ${runId}))
    group by 1 order by 2 desc limit 1`.execute(trx)
  return found.rows[0]
}

/** What an act shows of a run; it counts once the act is recorded. */
export async function noteEvidence(
  trx: Trx,
  use: { actId: string; evidenceId: string; entityId: string; controlId: string; runId: string },
): Promise<void> {
  await trx
    .insertInto('control_evidence_use')
    .values({
      ...{ act_id: use.actId, evidence_id: use.evidenceId, entity_id: use.entityId },
      ...{ control_id: use.controlId, run_id: use.runId },
    })
    .execute()
}

/** The file of an evidence that counts somewhere in the entity; undefined where there is none such. */
export async function findEvidenceFile(trx: Trx, entityId: string, id: string): Promise<AttachedFile | undefined> {
  if (!(await findEvidence(trx, entityId, id))) return undefined
  return await trx
    .selectFrom('control_evidence')
    .select(['name', 'media_type as mediaType', 'sha256'])
    .where('id', '=', id)
    .executeTakeFirst()
}

export interface OfferedEvidence extends EvidenceDays {
  id: string
  name: string
  control: string
}

/** Evidence of the entity that was accepted, covers a day of a period and is in force, for whoever shows one thing for several controls. */
export async function listOfferedEvidence(
  trx: Trx,
  entityId: string,
  { period, today, limit = 50 }: { period: { start: string; end: string }; today: string; limit?: number },
): Promise<OfferedEvidence[]> {
  const found = await sql<OfferedEvidence>`
    select e.id, e.name, e.period_start as "from", e.period_end as "to", e.valid_until as "validUntil", first.code as control
    from control_evidence e cross join lateral (
      select c.code from control_evidence_use u join risk_control c on c.id = u.control_id
      where u.evidence_id = e.id and u.recorded_at is not null order by u.recorded_at limit 1) first
    where e.entity_id = ${entityId} and e.period_start <= ${period.end} and e.period_end >= ${period.start}
      and e.period_start >= ${earliestEvidence(period)} and e.valid_until >= ${today} and ${ACCEPTED}
    order by e.uploaded_at desc, e.id limit ${limit}`.execute(trx)
  return found.rows
}
