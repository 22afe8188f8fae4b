/** What figures were called that an earlier version of step 4 asked for: the report may still show one of them. */
import { figureTitle } from '../catalog/figure-titles.ts'
import { figuresOf } from '../domain/figures.ts'
import type { Answers } from '../domain/forms.ts'
import { variablesOf } from '../domain/variables.ts'
import type { Trx } from './client.ts'

/** Title by id of every figure the cycle's versions of step 4 ever asked for, as the latest of them called it. */
export async function listFormerFigures(trx: Trx, cycleId: string): Promise<Map<string, string>> {
  const versions = await trx
    .selectFrom('step_version')
    .select(['step_code', 'answers'])
    .where('cycle_id', '=', cycleId)
    .where('step_code', 'in', ['2', '4'])
    .orderBy('n')
    .execute()
  const answersOf = (code: string) =>
    versions.filter((one) => one.step_code === code).map((one) => one.answers as unknown as Answers)
  const variables = variablesOf(answersOf('2').at(-1))
  const figures = answersOf('4').flatMap(figuresOf)
  return new Map(figures.map((figure) => [figure.id, figureTitle(figure, variables)]))
}
