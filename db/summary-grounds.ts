/** What the summaries of a cycle are made from: what its signed report printed, and the sizes of its segments (H9). */
import type { AggregateTable } from '../domain/aggregates.ts'
import type { SummarizedAgency, SummaryGrounds } from '../domain/summaries.ts'
import type { Trx } from './client.ts'
import { emitRepresentativeness } from './coverage.ts'
import { IN_TEXT } from './figure-codes.ts'
import { type FigureGrounds, findFigureGrounds, protectFigures } from './public-figures.ts'
import { readReportGrounds } from './report-grounds.ts'
import { publicCapture, publicSizeOf } from './said-numbers.ts'

/** As the rows say it; what has still to be counted is counted outside the transaction. */
export interface StoredSummaryGrounds
  extends Pick<SummaryGrounds, 'cycle' | 'reportHash' | 'printed' | 'report' | 'actionLines' | 'owners'> {
  agencies: SummarizedAgency[]
  numbers: FigureGrounds
}

/** Undefined while the cycle has issued no report. */
export async function findSummaryGrounds(trx: Trx, cycleId: string): Promise<StoredSummaryGrounds | undefined> {
  const six = await trx
    .selectFrom('step')
    .innerJoin('document', 'document.step_version_id', 'step.version_id')
    .innerJoin('cycle', 'cycle.id', 'step.cycle_id')
    .select(['step.version_id', 'document.id as documentId', 'cycle.entity_id'])
    .where('step.cycle_id', '=', cycleId)
    .where('step.code', '=', '6')
    .executeTakeFirst()
  if (!six?.version_id) return undefined
  const { cycle, version, procedure, duties } = await readReportGrounds(trx, cycleId, six.version_id)
  return {
    cycle: { id: cycleId, vigencia: cycle.vigencia },
    ...{ reportHash: version.hash, report: version.answers, owners: duties },
    printed: await printedBy(trx, six.documentId),
    actionLines: new Map(procedure.actionLines.map((line) => [line.code, line.text])),
    agencies: await listSummarized(trx, six.entity_id),
    numbers: await findFigureGrounds(trx, cycleId),
  }
}

async function printedBy(trx: Trx, documentId: string) {
  const rows = await trx
    .selectFrom('figure_code')
    .select(['code', 'title', 'printed'])
    .where('document_id', '=', documentId)
    .where('release_id', 'is', null)
    .where('chart', '<>', IN_TEXT)
    .orderBy('title')
    .execute()
  return rows.map(({ code, title, printed }) => ({ code, title, table: printed as unknown as AggregateTable }))
}

/** Every dependencia that stands today. */
async function listSummarized(trx: Trx, entityId: string): Promise<SummarizedAgency[]> {
  return await trx
    .selectFrom('agency')
    .select(['id', 'name', 'code'])
    .where('entity_id', '=', entityId)
    .where('ended_on', 'is', null)
    .orderBy('name')
    .execute()
}

/** Counts what the report does not print: the sizes of the segments and which of them carry a caveat. */
export async function emitSummaryGrounds(dataDir: string, stored: StoredSummaryGrounds): Promise<SummaryGrounds> {
  const { numbers, agencies: _agencies, ...grounds } = stored
  const together = await protectFigures(dataDir, numbers)
  const segments: SummaryGrounds['segments'] = []
  for (const segment of numbers.segments) {
    const size = publicSizeOf(together, segment)
    segments.push({ ...segment, size: size?.value ?? null, whole: size?.total.value ?? null })
  }
  const { caveats, floor } = await emitRepresentativeness(dataDir, numbers.coverage, publicCapture(together))
  const names = new Map(numbers.variables.map(({ code, label }) => [code, label]))
  return {
    ...{ ...grounds, segments, caveats, minimumBase: floor.base },
    variableName: (code) => names.get(code) ?? code,
  }
}
