/** A release becomes public only beside what its figures were protected against; beside more, they are judged again. */

import { cellsOf } from '../domain/disclosure/marked-table.ts'
import { Refused } from '../domain/refusals.ts'
import type { Trx } from './client.ts'
import type { ProtectionLimits } from './protection-thread.ts'
import { emitPublicFigures, type FigureGrounds, findFigureGrounds, protectSafely } from './public-figures.ts'
import { hashOfPast, hashOfPublic, type PublicFile, readPublishedTables } from './published-tables.ts'
import { findProtection } from './release-protection.ts'
import type { ReleaseMetadata } from './releases.ts'

/** Something became public since the figures of a release were protected. */
export class PastChanged extends Error {
  readonly releaseId: string
  constructor(releaseId: string) {
    super(`something became public since release ${releaseId} was judged`)
    this.name = 'PastChanged'
    this.releaseId = releaseId
  }
}

/**
 * Throws `PastChanged` where more is public than the release was judged against, when its files were made or as `judged`
 * says. Call with `holdIssuing` held.
 */
export async function requireSamePast(trx: Trx, releaseId: string, judged: string | null): Promise<void> {
  if (!(await findTablesOf(trx, releaseId))) return
  const now = await hashOfPublic(trx)
  if (now === judged) return
  const protection = await findProtection(trx, releaseId)
  if (now !== protection?.content.past) throw new PastChanged(releaseId)
}

/** What judging a release again rests on. */
export interface JudgementGrounds {
  file: PublicFile
  /** Ids of the figures behind its tables, in the order of the file. */
  figures: string[]
  grounds: FigureGrounds
}

/** Throws where the release carries no tables. */
export async function findJudgementGrounds(trx: Trx, releaseId: string): Promise<JudgementGrounds> {
  const found = await findTablesOf(trx, releaseId)
  if (!found) throw new Error(`release ${releaseId} has no tables`)
  const { tables } = found.metadata as unknown as ReleaseMetadata
  const { title, version, sha256 } = found
  return {
    file: { title, version, sha256 },
    figures: tables.map(({ figure }) => figure),
    grounds: await findFigureGrounds(trx, found.cycleId),
  }
}

/** The file of a release that has its tables; undefined where it has none. */
async function findTablesOf(trx: Trx, releaseId: string) {
  return await trx
    .selectFrom('release')
    .innerJoin('dataset', 'dataset.id', 'release.dataset_id')
    .innerJoin('release_file', 'release_file.release_id', 'release.id')
    .select(['release.cycle_id as cycleId', 'release.metadata', 'dataset.title', 'release.version'])
    .select('release_file.sha256')
    .where('release.id', '=', releaseId)
    .where('release_file.kind', '=', 'json')
    .executeTakeFirst()
}

/**
 * Protects the figures of a release anew, beside everything that is public now; answers what that is (`hashOfPast`). Throws
 * `Refused('release_unsafe')` where its files show a cell that would now be hidden, or figures that would show a few people.
 */
export async function judgeAgain(
  dataDir: string,
  { file, figures, grounds }: JudgementGrounds,
  limits?: ProtectionLimits,
): Promise<string> {
  await protectSafely(dataDir, grounds, limits)
  const allowed = await emitPublicFigures(dataDir, grounds)
  const written = await readPublishedTables(dataDir, file)
  written.forEach((table, i) => {
    const now = allowed.find(({ id }) => id === figures[i])?.table
    const cells = now ? cellsOf(now) : []
    const tells = cellsOf(table).some(({ value }, place) => value !== null && value !== cells[place]?.value)
    if (tells) throw new Refused('release_unsafe', { cells: file.title, more: 0 })
  })
  return hashOfPast(grounds)
}
