/** What the record says of the segments of step 4: their earlier rules, who names them, and the cycle before. */
import { type Answers, rowsOf, textOf } from '../domain/forms.ts'
import type { SegmentRecord } from '../domain/segment-history.ts'
import type { Trx } from './client.ts'

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

interface EarlierCycle {
  id: string
  vigencia: number
  /** SHA-256 of what its approved step 4 rests on. */
  hashes: string[]
}

/** The nearest earlier vigencia of the entity whose step 4 stands approved. */
export async function findEarlierCycle(
  trx: Trx,
  cycle: { id: string; entityId: string },
): Promise<EarlierCycle | undefined> {
  const row = await trx
    .selectFrom('cycle')
    .innerJoin('step', 'step.cycle_id', 'cycle.id')
    .innerJoin('step_version', 'step_version.id', 'step.version_id')
    .select(['cycle.id', 'cycle.vigencia', 'step_version.input_hashes'])
    .where('cycle.entity_id', '=', cycle.entityId)
    .where('cycle.vigencia', '<', (own) =>
      own.selectFrom('cycle as own').select('own.vigencia').where('own.id', '=', cycle.id),
    )
    .where('step.code', '=', '4')
    .where('step.status', '=', 'approved')
    .orderBy('cycle.vigencia', 'desc')
    .orderBy('step_version.frozen_at', 'desc')
    .executeTakeFirst()
  return row && { id: row.id, vigencia: row.vigencia, hashes: row.input_hashes as string[] }
}
