/** Frozen versions of a step's content, to be read; `freeze.ts` makes them and nothing changes them. */
import type { Answers } from '../domain/forms.ts'
import type { StepCode } from '../domain/procedures.ts'
import type { Trx } from './client.ts'

export interface StepVersionRow {
  id: string
  stepCode: string
  n: number
  hash: string
  formVersion: number
  answers: Answers
  snapshotHtml: string
  frozenAt: Date
  frozenBy: string
  builtOn: Record<string, string>
}

/** One frozen version of a step; undefined when not visible or of another cycle. */
export async function findStepVersion(trx: Trx, cycleId: string, id: string): Promise<StepVersionRow | undefined> {
  const row = await trx
    .selectFrom('step_version')
    .innerJoin('person', 'person.id', 'step_version.frozen_by')
    .select([
      'step_version.id',
      'step_version.step_code as stepCode',
      'step_version.n',
      'step_version.hash',
      'step_version.form_version as formVersion',
      'step_version.answers',
      'step_version.snapshot_html as snapshotHtml',
      'step_version.frozen_at as frozenAt',
      'step_version.built_on as builtOn',
      'person.display_name as frozenBy',
    ])
    .where('step_version.id', '=', id)
    .where('step_version.cycle_id', '=', cycleId)
    .executeTakeFirst()
  if (!row) return undefined
  return { ...row, answers: row.answers as unknown as Answers, builtOn: row.builtOn as Record<string, string> }
}

export async function listStepVersions(trx: Trx, stepId: string) {
  return await trx
    .selectFrom('step_version')
    .innerJoin('person', 'person.id', 'step_version.frozen_by')
    .select([
      'step_version.id',
      'step_version.n',
      'step_version.hash',
      'step_version.frozen_at as frozenAt',
      'person.display_name as frozenBy',
    ])
    .where('step_version.step_id', '=', stepId)
    .orderBy('step_version.n', 'desc')
    .limit(50)
    .execute()
}

/** SHA-256 of a version's content; undefined when not visible or of another cycle. */
export async function findVersionHash(trx: Trx, cycleId: string, id: string): Promise<string | undefined> {
  const version = await trx
    .selectFrom('step_version')
    .select('hash')
    .where('id', '=', id)
    .where('cycle_id', '=', cycleId)
    .executeTakeFirst()
  return version?.hash
}

/** The version of a step that stands approved; `inputHashes` are the files and snapshots it names. */
export async function findApprovedVersion(
  trx: Trx,
  cycleId: string,
  stepCode: StepCode,
): Promise<{ id: string; answers: Answers; inputHashes: string[] } | undefined> {
  const version = await trx
    .selectFrom('step')
    .innerJoin('step_version', 'step_version.id', 'step.version_id')
    .select(['step_version.id', 'step_version.answers', 'step_version.input_hashes'])
    .where('step.cycle_id', '=', cycleId)
    .where('step.code', '=', stepCode)
    .where('step.status', '=', 'approved')
    .executeTakeFirst()
  if (!version) return undefined
  return {
    id: version.id,
    answers: version.answers as unknown as Answers,
    inputHashes: version.input_hashes as string[],
  }
}
