/** The report of a release's protection: stored with it when its files are made, and refused where they are not safe. */
import { cellWords, isUnsafe, type ProtectionReport, unprovenIn, unsafeCells } from '../domain/disclosure/report.ts'
import { Refused } from '../domain/refusals.ts'
import type { Trx } from './client.ts'
import { hashOf } from './content-hash.ts'
import { newId } from './ids.ts'

/** A report, with the title of each figure it speaks of. */
export interface StoredProtection extends ProtectionReport {
  titles: Record<string, string>
  /** `hashOfPast` of what the figures were protected against; absent in older reports. */
  past?: string
}

/** Cells a refusal names, at most. */
const NAMED = 12

/**
 * Throws `Refused('release_unsafe')` with the cells, where releasing would show a few people (features H6), and
 * `Refused('release_unproven')` where the time did not suffice to prove that it would not.
 */
export function requireSafe(report: ProtectionReport): void {
  const unproven = unprovenIn(report)
  if (!isUnsafe(report) && unproven > 0) throw new Refused('release_unproven', { n: unproven })
  if (!isUnsafe(report)) return
  const cells = unsafeCells(report)
  const named = cells.slice(0, NAMED).map(cellWords).join('; ')
  throw new Refused('release_unsafe', { cells: named, more: Math.max(0, cells.length - NAMED) })
}

const hashOfProtection = (content: StoredProtection) => hashOf(content)

/** Adds the report to a draft and names it there. */
export async function insertProtection(trx: Trx, entityId: string, releaseId: string, content: StoredProtection) {
  const hash = hashOfProtection(content)
  await trx
    .insertInto('release_protection')
    .values({ id: newId(), entity_id: entityId, release_id: releaseId, hash, content: JSON.stringify(content) })
    .execute()
  await trx.updateTable('release').set({ protection_hash: hash }).where('id', '=', releaseId).execute()
}

/** The report a release names; undefined for releases made before there was one. */
export async function findProtection(
  trx: Trx,
  releaseId: string,
): Promise<{ hash: string; content: StoredProtection } | undefined> {
  const row = await trx
    .selectFrom('release_protection')
    .innerJoin('release', (join) =>
      join
        .onRef('release.id', '=', 'release_protection.release_id')
        .onRef('release.protection_hash', '=', 'release_protection.hash'),
    )
    .select(['release_protection.hash', 'release_protection.content'])
    .where('release.id', '=', releaseId)
    .executeTakeFirst()
  return row && { hash: row.hash, content: row.content as unknown as StoredProtection }
}

/** That of the release step 7 signs, while it waits for its signatures or its hour. */
export async function findDraftProtection(trx: Trx, cycleId: string) {
  const draft = await trx
    .selectFrom('release')
    .select('id')
    .where('cycle_id', '=', cycleId)
    .where('corrects_id', 'is', null)
    .where('status', 'in', ['draft', 'scheduled'])
    .executeTakeFirst()
  return draft && (await findProtection(trx, draft.id))
}
