/** Complete answers and the facts around them, so that a test removes one thing and sees one thing missing. */
import { completeUpstream, DEMO_REFERENCES } from '../../catalog/demo/answers.ts'
import { CITY_FILE_COLUMNS } from '../../catalog/demo/city-file.ts'
import { DEMO_ENTITIES } from '../../catalog/demo-users.ts'
import type { StepCode } from '../../domain/procedures.ts'
import type { ReadinessContext } from '../../domain/readiness.ts'

export { completeAnswers, completeUpstream } from '../../catalog/demo/answers.ts'

export function completeContext(stepCode: StepCode): ReadinessContext {
  return {
    upstream: completeUpstream(stepCode),
    sources: [
      {
        id: DEMO_REFERENCES.source,
        name: 'Comunicaciones 2024',
        contractComplete: true,
        snapshotReady: true,
        approved: true,
        columns: CITY_FILE_COLUMNS,
      },
    ],
    agencies: DEMO_ENTITIES[0]?.agencies.map((agency) => agency.code) ?? [],
  }
}
