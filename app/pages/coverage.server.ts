import path from 'node:path'
import { listCaptureCoverage } from '../../db/capture-coverage.ts'
import { withActor } from '../../db/client.ts'
import { emitRepresentativeness, findAttendance } from '../../db/coverage.ts'
import { findCycleHead } from '../../db/cycle-pages.ts'
import { findFigureGrounds } from '../../db/public-figures.ts'
import { emitReportNumbers } from '../../db/report-numbers.ts'
import { shareCovered } from '../../domain/coverage.ts'
import { attendanceObjection } from '../commands/record-attendance.server.ts'
import type { AppContext } from '../context.server.ts'
import type { Actor } from '../session.server.ts'
import { caveatSentence, coverageText, representativenessParagraph } from '../text/coverage.ts'
import { formatInstant } from '../text/format.ts'
import { sentenceOf } from '../text/refusals.ts'
import { groundOf } from './analysis.server.ts'
import { variablesOf } from './segment-counts.server.ts'

/** What was captured of those attended, the paragraph it makes, and the form of the counts. Throws 404 and 403 as the analysis does. */
export async function loadCoverage(context: AppContext, actor: Actor, cycleId: string, sourceId: string) {
  const read = await withActor(context.db, actor, async (trx) => {
    const ground = await groundOf(trx, actor, cycleId)
    const head = await findCycleHead(trx, cycleId)
    return {
      ...ground,
      recorded: await findAttendance(trx, cycleId),
      desks: head ? await listCaptureCoverage(trx, actor.entityId, head.vigencia) : [],
      grounds: await findFigureGrounds(trx, cycleId),
      objection: sentenceOf(attendanceObjection(actor, ground.cycle), actor),
    }
  })
  const { recorded, desks, grounds, objection, sources, cycleName } = read
  const { DATA_DIR } = context.config
  const dir = path.resolve(DATA_DIR, 'snapshots')
  const own = await emitRepresentativeness(DATA_DIR, grounds.coverage, 'exact')
  const { base: printed } = await emitReportNumbers(DATA_DIR, grounds)
  const source = sources.find(({ id }) => id === (sourceId || recorded?.sourceId)) ?? sources[0]
  const variables = source?.snapshotHash ? await variablesOf({ dir, hash: source.snapshotHash }) : []
  const listed = ({ code, label }: { code: string; label: string }) => ({ code, label })
  return {
    ...{ cycleId, cycleName, objection, floor: own.floor },
    sources: sources.map(({ id, name }) => ({ id, name })),
    source: source ? { id: source.id, name: source.name } : null,
    points: variables.filter(({ type }) => type === 'category').map(listed),
    periods: variables.filter(({ type }) => type === 'category' || type === 'date').map(listed),
    recorded: recorded && {
      ...{ pointVariable: recorded.pointVariable, periodVariable: recorded.periodVariable },
      typed: recorded.lines.map(lineOf).join('\n'),
      words: coverageText.recordedBy(recorded.recordedBy, formatInstant(recorded.recordedAt), recorded.n),
    },
    coverage: own.coverage,
    desks,
    anomalies: own.coverage ? anomaliesOf(own.coverage) : [],
    paragraph: representativenessParagraph(printed),
    caveats: own.caveats.map((caveat) => `${caveat.name}. ${caveatSentence(caveat, own.floor.base)}`),
  }
}

export type CoveragePage = Awaited<ReturnType<typeof loadCoverage>>

function lineOf({
  point,
  period,
  attended,
  refused,
}: {
  point: string
  period: string
  attended: number
  refused: number | null
}) {
  return [point, period, attended, ...(refused === null ? [] : [refused])].join('; ')
}

/** What does not add up is said, and nothing is corrected. */
function anomaliesOf({
  points,
  unknown,
}: NonNullable<Awaited<ReturnType<typeof emitRepresentativeness>>['coverage']>): string[] {
  return [
    ...points.filter((point) => (shareCovered(point) ?? 0) > 1).map(({ point }) => coverageText.moreCaptured(point)),
    ...unknown.points.map(coverageText.unknownPoint),
    ...unknown.periods.map(coverageText.unknownPeriod),
  ]
}
