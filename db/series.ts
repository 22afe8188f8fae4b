/** What each vigencia of a variable counted, small groups hidden as for the public: the only numbers a series is made of (N11). */
import { join } from 'node:path'
import type { SeriesPoint, VariableHistory } from '../domain/series.ts'
import { optionCode } from '../domain/variable-definitions.ts'
import { emitAggregates, snapshotVariables } from './aggregates.ts'
import type { VigenciaGrounds } from './variables.ts'

export interface CountedVigencia extends SeriesPoint {
  cycleId: string
  cycleName: string
  sourceName: string
  snapshotHash: string
  /** The demonstration sentence of the source, where it has one. */
  notice: string | null
}

interface SeriesSource {
  dataDir: string
  code: string
  /** Smallest count the entity lets out. */
  threshold: number
}

/** Oldest vigencia first. Those whose sources hold no such list of categories are left out: a measure has no shares to follow. */
export async function emitSeries(
  { dataDir, code, threshold }: SeriesSource,
  history: VariableHistory,
  grounds: readonly VigenciaGrounds[],
): Promise<CountedVigencia[]> {
  const counted: CountedVigencia[] = []
  for (const { vigencia, n, snapshots, cycleId, cycleName } of grounds) {
    const dir = join(dataDir, 'snapshots')
    const snapshot = await firstWith(dir, code, snapshots)
    if (!snapshot) continue
    const table = await emitAggregates(
      'publico',
      { kind: 'count', rows: code },
      { dir, hash: snapshot.hash, threshold },
    )
    const options = history.versions.find((version) => version.n === n)?.definition.values ?? []
    counted.push({
      ...{ vigencia, n, cycleId, cycleName, total: table.total, notice: table.notice },
      ...{ sourceName: snapshot.sourceName, snapshotHash: snapshot.hash },
      counts: table.rows.values.flatMap((label, i) => {
        const count = table.cells[i]?.[0]
        return count ? [{ code: optionCode(label, options), label, count }] : []
      }),
    })
  }
  return counted
}

async function firstWith(dir: string, code: string, snapshots: VigenciaGrounds['snapshots']) {
  for (const snapshot of snapshots) {
    const { variables } = await snapshotVariables({ dir, hash: snapshot.hash })
    const type = variables.find((variable) => variable.code === code)?.type
    if (type === 'category' || type === 'boolean') return snapshot
  }
  return undefined
}
