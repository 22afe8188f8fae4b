/** What the record says of the segments of step 4: their earlier rules, who names them, and the cycle before. */
import { sql } from 'kysely'
import { type Answers, rowsOf, textOf } from '../domain/forms.ts'
import type { SegmentRecord } from '../domain/segment-history.ts'
import { type Exercise, earlierOf } from '../domain/series.ts'
import type { Trx } from './client.ts'
import { isContentGone } from './gone-content.ts'

/** Step 4 of a cycle at every freezing, oldest first, and its draft last where somebody has saved one. */
export async function listSegmentRecords(trx: Trx, cycleId: string): Promise<SegmentRecord[]> {
  const frozen = await trx
    .selectFrom('step_version')
    .innerJoin('person', 'person.id', 'step_version.frozen_by')
    .select(['step_version.n', 'step_version.answers', 'step_version.frozen_at', 'person.display_name'])
    .where('step_version.cycle_id', '=', cycleId)
    .where('step_version.step_code', '=', '4')
    .orderBy('step_version.frozen_at')
    .execute()
  const draft = await trx
    .selectFrom('step_draft')
    .innerJoin('step', 'step.id', 'step_draft.step_id')
    .innerJoin('person', 'person.id', 'step_draft.saved_by')
    .select(['step_draft.answers', 'step_draft.saved_at', 'person.display_name'])
    .where('step.cycle_id', '=', cycleId)
    .where('step.code', '=', '4')
    .executeTakeFirst()
  const records = frozen.map(
    (row): SegmentRecord => ({
      ...{ stepVersion: row.n, at: row.frozen_at, by: row.display_name },
      answers: row.answers as unknown as Answers,
    }),
  )
  if (!draft) return records
  const answers = draft.answers as unknown as Answers
  return [...records, { stepVersion: null, at: draft.saved_at, by: draft.display_name, answers }]
}

/** The recommendations of step 6 by the segment they attend, as approved or, before that, as drafted. */
export async function listRecommended(trx: Trx, cycleId: string): Promise<{ segmentId: string; text: string }[]> {
  const row = await trx
    .selectFrom('step')
    .leftJoin('step_version', (join) =>
      join.onRef('step_version.id', '=', 'step.version_id').on('step.status', '=', 'approved'),
    )
    .leftJoin('step_draft', 'step_draft.step_id', 'step.id')
    .select(['step_version.answers as frozen', 'step_draft.answers as drafted'])
    .where('step.cycle_id', '=', cycleId)
    .where('step.code', '=', '6')
    .executeTakeFirst()
  const answers = (row?.frozen ?? row?.drafted ?? undefined) as unknown as Answers | undefined
  return rowsOf(answers, 'recomendaciones', 'lista').map((one) => ({
    segmentId: textOf(one.segmento),
    text: textOf(one.texto),
  }))
}

interface AnalysedExercise extends Exercise {
  /** SHA-256 of what its approved step 4 rests on. */
  hashes: string[]
}

/** The exercise an analysis is compared with, among those of earlier vigencias whose step 4 stands approved and whose data are kept. */
export async function findEarlierCycle(trx: Trx, cycleId: string): Promise<AnalysedExercise | undefined> {
  const { rows } = await sql<AnalysedExercise & { of: string; ofVigencia: number }>`
    select c.vigencia, c.id as "cycleId", c.name as "cycleName", four.input_hashes as hashes, own.name as of,
      own.vigencia as "ofVigencia"
    from cycle own join cycle c on c.entity_id = own.entity_id and c.vigencia < own.vigencia
        and c.status in ('active', 'closed')
      join step analysed on analysed.cycle_id = c.id and analysed.code = '4' and analysed.status = 'approved'
      join step_version four on four.id = analysed.version_id
    where own.id = ${cycleId}
      and not ${isContentGone('c.id')}
    order by c.vigencia desc, four.frozen_at desc, c.id`.execute(trx)
  const [first] = rows
  return first && earlierOf({ vigencia: first.ofVigencia, cycleName: first.of }, rows)
}
