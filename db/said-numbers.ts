/** Numbers said in the text beside the figures: sizes of segments, and what was captured of those attended (features N5). */
import { saidTitles } from '../catalog/figure-titles.ts'
import type { AggregateTable } from '../domain/aggregates.ts'
import { sizeOf } from '../domain/aggregates.ts'
import { captureRequest } from '../domain/coverage.ts'
import { variablesIn } from '../domain/rules.ts'
import type { Segment } from '../domain/segments.ts'
import type { CoverageGrounds } from './coverage.ts'
import type { AskedTable, ProtectedTables } from './protected-tables.ts'

interface SaidGrounds {
  segments: Segment[]
  coverage: CoverageGrounds
  snapshots: { hash: string; codes: Set<string> }[]
}

/** A table behind what is said, as the public has it. */
export interface SaidTable {
  id: string
  title: string
  table: AggregateTable
}

const COVERAGE = 'cobertura'
const idOf = ({ id }: Pick<Segment, 'id'>) => `segmento:${id}`

/** What has to be counted for them, each under an id no figure has. */
export function saidTables({ segments, coverage, snapshots }: SaidGrounds): AskedTable[] {
  const sizes = segments.flatMap((segment): AskedTable[] => {
    const { rule } = segment
    const snapshot = snapshots.find(({ codes }) => variablesIn(rule).every((code) => codes.has(code)))?.hash
    return snapshot ? [{ id: idOf(segment), snapshot, request: { kind: 'segment', rule } }] : []
  })
  const { attendance } = coverage
  if (!attendance?.snapshotHash) return sizes
  return [...sizes, { id: COVERAGE, snapshot: attendance.snapshotHash, request: captureRequest(attendance) }]
}

export function saidTitlesOf({ segments }: Pick<SaidGrounds, 'segments'>): Record<string, string> {
  const sizes = segments.map((segment) => [idOf(segment), saidTitles.segment(segment.name)])
  return { ...Object.fromEntries(sizes), [COVERAGE]: saidTitles.capture }
}

export function saidOf(grounds: SaidGrounds, { tables }: ProtectedTables): SaidTable[] {
  const titles = saidTitlesOf(grounds)
  return saidTables(grounds).flatMap(({ id }) => {
    const table = tables.get(id)
    return table ? [{ id, title: titles[id] ?? id, table }] : []
  })
}

/** How many records a segment has, at level `publico`; null where no snapshot tells. */
export function publicSizeOf({ tables }: ProtectedTables, segment: Pick<Segment, 'id'>) {
  const table = tables.get(idOf(segment))
  return table ? sizeOf(table) : null
}

/** Records captured by point and period, at level `publico`; null where the office gave no counts. */
export const publicCapture = ({ tables }: ProtectedTables): AggregateTable | null => tables.get(COVERAGE) ?? null
