import type { StepCode } from '../domain/procedures.ts'
import type { RefusalFacts } from '../domain/refusals.ts'
import type { Trx } from './client.ts'

/** Who settled the object a refused act was about, and when: position, person and instant, for the sentence of the refusal. */
export async function decidedFacts(
  trx: Trx,
  cycleId: string,
  about: { objectId: string; stepCode: StepCode },
): Promise<RefusalFacts> {
  const last = await trx
    .selectFrom('signature')
    .select(['position_name', 'person_name', 'signed_at', 'verdict'])
    .where('cycle_id', '=', cycleId)
    .where('step_version_id', '=', about.objectId)
    .where('role', '!=', 'author')
    .orderBy('signed_at', 'desc')
    .executeTakeFirst()
  if (!last) return {}
  return { by: last.position_name, person: last.person_name, at: last.signed_at.toISOString(), verdict: last.verdict }
}
