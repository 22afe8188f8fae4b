/** Coverage of a cycle: what the office counted, beside what its snapshot holds (E10, N17). */
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import canonicalize from 'canonicalize'
import { sql } from 'kysely'
import { type AggregateTable, sizeOf } from '../domain/aggregates.ts'
import {
  type AttendanceLine,
  atPoints,
  type Coverage,
  type CoverageFloor,
  captureRequest,
  caveatsOf,
  coverageOf,
  floorOf,
  type Representativeness,
  type SegmentBase,
} from '../domain/coverage.ts'
import type { Answers } from '../domain/forms.ts'
import type { SegmentRule } from '../domain/rules.ts'
import { type Segment, segmentsOf } from '../domain/segments.ts'
import { emitAggregates, UnknownVariable } from './aggregates.ts'
import type { Trx } from './client.ts'
import { newId } from './ids.ts'

export interface Attendance {
  n: number
  sourceId: string
  pointVariable: string
  periodVariable: string
  lines: AttendanceLine[]
  sha256: string
  recordedBy: string
  recordedAt: Date
}

/** The counts in force; undefined where there are none. */
export async function findAttendance(trx: Trx, cycleId: string): Promise<Attendance | undefined> {
  const row = await trx
    .selectFrom('attendance')
    .innerJoin('person', 'person.id', 'attendance.recorded_by')
    .select(['n', 'source_id', 'point_variable', 'period_variable', 'lines', 'sha256', 'recorded_at'])
    .select('person.display_name')
    .where('cycle_id', '=', cycleId)
    .orderBy('n', 'desc')
    .executeTakeFirst()
  return (
    row && {
      ...{ n: row.n, sourceId: row.source_id, pointVariable: row.point_variable },
      ...{ periodVariable: row.period_variable, sha256: row.sha256 },
      lines: row.lines as unknown as AttendanceLine[],
      ...{ recordedBy: row.display_name, recordedAt: row.recorded_at },
    }
  )
}

export interface NewAttendance extends Pick<Attendance, 'sourceId' | 'pointVariable' | 'periodVariable' | 'lines'> {
  entityId: string
  cycleId: string
  personId: string
  positionId: string
}

/** Keeps the counts beside the earlier ones; null where they are those in force already. */
export async function insertAttendance(trx: Trx, made: NewAttendance) {
  const { sourceId, pointVariable, periodVariable, lines } = made
  const content = canonicalize({ sourceId, pointVariable, periodVariable, lines }) ?? ''
  const sha256 = createHash('sha256').update(content).digest('hex')
  // The same counts sent twice at once: the second waits, and finds the first.
  await sql`select pg_advisory_xact_lock(hashtextextended(${made.cycleId}, 12))`.execute(trx)
  const before = await findAttendance(trx, made.cycleId)
  if (before?.sha256 === sha256) return null
  const [id, n] = [newId(), (before?.n ?? 0) + 1]
  await trx
    .insertInto('attendance')
    .values({
      ...{ id, n, sha256, entity_id: made.entityId, cycle_id: made.cycleId, source_id: sourceId },
      ...{ point_variable: pointVariable, period_variable: periodVariable, lines: JSON.stringify(lines) },
      ...{ recorded_by: made.personId, recorded_position: made.positionId },
    })
    .execute()
  return { id, n, sha256 }
}

export interface CoverageGrounds {
  attendance: (Pick<Attendance, 'pointVariable' | 'periodVariable' | 'lines'> & { snapshotHash: string | null }) | null
  floor: CoverageFloor
  segments: Segment[]
  snapshots: string[]
  threshold: number
}

/** What representativeness is computed from: steps 3 and 4 as approved, the snapshots in use and the counts in force. */
export async function findCoverageGrounds(trx: Trx, cycleId: string): Promise<CoverageGrounds> {
  const steps = await trx
    .selectFrom('step')
    .innerJoin('step_version', 'step_version.id', 'step.version_id')
    .select(['step.code', 'step_version.answers'])
    .where('step.cycle_id', '=', cycleId)
    .where('step.code', 'in', ['3', '4'])
    .execute()
  const answers = (code: string) => steps.find((step) => step.code === code)?.answers as unknown as Answers | undefined
  const sources = await trx
    .selectFrom('source')
    .select(['id', 'snapshot_hash'])
    .where('cycle_id', '=', cycleId)
    .where('detached_at', 'is', null)
    .orderBy('attached_at')
    .execute()
  const { minimum_cell: threshold } = await trx
    .selectFrom('cycle')
    .innerJoin('entity', 'entity.id', 'cycle.entity_id')
    .select('entity.minimum_cell')
    .where('cycle.id', '=', cycleId)
    .executeTakeFirstOrThrow()
  const recorded = await findAttendance(trx, cycleId)
  return {
    attendance: recorded
      ? { ...recorded, snapshotHash: sources.find(({ id }) => id === recorded.sourceId)?.snapshot_hash ?? null }
      : null,
    ...{ floor: floorOf(answers('3')), segments: segmentsOf(answers('4')), threshold },
    snapshots: sources.flatMap(({ snapshot_hash: hash }) => (hash ? [hash] : [])),
  }
}

/**
 * `shown` is what its reader may have of the counts, null where that is nothing. Whether a segment needs its caveat is
 * decided on the exact ones and says no number.
 */
export async function emitRepresentativeness(
  dataDir: string,
  grounds: CoverageGrounds,
  shown: AggregateTable | 'exact' | null,
): Promise<Representativeness> {
  const { attendance, floor, segments, snapshots, threshold } = grounds
  const source = (hash: string) => ({ dir: join(dataDir, 'snapshots'), hash, threshold })
  const covered = attendance?.snapshotHash
    ? await orNull(async () => {
        const { lines, snapshotHash } = attendance
        const exact = await emitAggregates('interno', captureRequest(attendance), source(snapshotHash ?? ''))
        const told = shown === 'exact' ? exact : shown
        return { shown: told && coverageOf(lines, told, floor), exact: coverageOf(lines, exact, floor) }
      })
    : null
  const under = (covered?.exact.points ?? []).filter(({ isUnder }) => isUnder).map(({ point }) => point)
  const sizeAt = async (rule: SegmentRule, hash: string) =>
    sizeOf(await emitAggregates('interno', { kind: 'segment', rule }, source(hash))).value ?? 0
  const bases: SegmentBase[] = []
  for (const segment of segments) {
    const sizes = await Promise.all(
      snapshots.map(async (hash) => ({ hash, size: await orNull(() => sizeAt(segment.rule, hash)) })),
    )
    const size = sizes.find((one) => one.size !== null)?.size
    if (size === undefined || size === null) continue
    const inUnder =
      attendance?.snapshotHash && under.length > 0
        ? await orNull(() =>
            sizeAt(atPoints(segment.rule, attendance.pointVariable, under), attendance.snapshotHash ?? ''),
          )
        : 0
    bases.push({ segment, size, fromUnder: inUnder ?? 0 })
  }
  const coverage = covered?.shown ? { ...covered.shown, points: marked(covered.shown, covered.exact) } : null
  return { floor, coverage, caveats: caveatsOf(bases, floor) }
}

/** Whether a point is under the floor is said of its exact counts, hidden or not. */
const marked = (shown: Coverage, exact: Coverage) =>
  shown.points.map((point, i) => ({ ...point, isUnder: exact.points[i]?.isUnder ?? point.isUnder }))

/** Null where the snapshot does not offer what is asked. */
async function orNull<T>(ask: () => Promise<T>): Promise<T | null> {
  try {
    return await ask()
  } catch (failure) {
    if (failure instanceof UnknownVariable) return null
    throw failure
  }
}
