/** What an issued report fixes of each variable beside its figures, for the page that follows it through the vigencias (N5, N11). */
import { join } from 'node:path'
import { followedTitle } from '../catalog/figure-titles.ts'
import type { AggregateTable } from '../domain/aggregates.ts'
import { HIDDEN_NUMBERS, type NumberSummary } from '../domain/number-summaries.ts'
import type { ScoredVariable } from '../domain/variables.ts'
import { emitNumbers, type SnapshotSource } from './aggregates.ts'
import type { NamedSnapshot } from './named-snapshots.ts'
import type { AskedTable, ProtectedTables } from './protected-tables.ts'

interface FollowedGrounds {
  variables: readonly ScoredVariable[]
  snapshots: readonly NamedSnapshot[]
  threshold: number
}

/** How a variable is followed from one vigencia to the next: by the share of each value, or by mean and quartiles. */
const FOLLOWED: Partial<Record<string, 'shares' | 'numbers'>> = {
  ...{ category: 'shares', boolean: 'shares' },
  ...{ integer: 'numbers', decimal: 'numbers' },
}

/** Under it stands the table of a variable among those of its exercise; no figure has such an id. */
export const followedId = (code: string) => `serie:${code}`

interface Followed {
  code: string
  label: string
  by: 'shares' | 'numbers'
  snapshot: NamedSnapshot
}

/** The prioritized variables, each in the first snapshot that holds it so that it can be followed. */
function followedVariables({ variables, snapshots }: Omit<FollowedGrounds, 'threshold'>): Followed[] {
  return variables
    .filter(({ prioritized }) => prioritized)
    .flatMap(({ code, label }): Followed[] => {
      const snapshot = snapshots.find(({ types }) => FOLLOWED[types.get(code) ?? ''])
      const by = FOLLOWED[snapshot?.types.get(code) ?? '']
      return snapshot && by ? [{ code, label, by, snapshot }] : []
    })
}

/** What has to be counted for them, to be protected with the figures of the exercise. */
export function followedTables(grounds: Omit<FollowedGrounds, 'threshold'>): AskedTable[] {
  return followedVariables(grounds).map(({ code, snapshot }) => ({
    ...{ id: followedId(code), snapshot: snapshot.hash, request: { kind: 'count', rows: code } },
  }))
}

export const followedTitlesOf = ({ variables }: Pick<FollowedGrounds, 'variables'>): Record<string, string> =>
  Object.fromEntries(variables.map(({ code, label }) => [followedId(code), followedTitle(label)]))

export interface FollowedTable {
  id: string
  title: string
  sourceName: string
  /** Counts at level `publico`; classes where it is a number. */
  table: AggregateTable
  /** Null where it is followed by shares. */
  numbers: NumberSummary | null
}

/** `together`: what `protectFigures` answered for the same grounds. */
export async function emitFollowed(
  dataDir: string,
  grounds: FollowedGrounds,
  together: ProtectedTables,
): Promise<FollowedTable[]> {
  const followed: FollowedTable[] = []
  for (const { code, label, by, snapshot } of followedVariables(grounds)) {
    const table = together.tables.get(followedId(code))
    if (!table) continue
    const source = { dir: join(dataDir, 'snapshots'), hash: snapshot.hash, threshold: grounds.threshold }
    const numbers = by === 'shares' ? null : await numbersIn(source, code, together)
    followed.push({
      ...{ id: followedId(code), title: followedTitle(label), sourceName: snapshot.sourceName, table, numbers },
    })
  }
  return followed
}

/** Beside the mean of nearly the same people from before, a second mean would tell the numbers of the few who came or left. */
const numbersIn = async (source: SnapshotSource, code: string, { moved }: ProtectedTables): Promise<NumberSummary> =>
  moved.includes(followedId(code)) ? HIDDEN_NUMBERS : await emitNumbers(code, source)
