import type { RefusalCode } from '../domain/refusals.ts'
import { recordEvent } from './audit.ts'
import type { Trx } from './client.ts'

interface RefusalRecord {
  entityId: string
  personId: string | null
  positionId: string | null
  actingFor?: string | null
  objectId: string
  code: RefusalCode
  /** Of an input: which field, and what was wrong with it. */
  faults?: readonly { path: string; code: string }[]
  cycleId?: string | null
  stepCode?: string | null
  actId?: string | null
  origin: 'web' | 'courier' | 'workflow'
  requestId: string | null
}

/** One event for one refusal: actor, object and reason code, never the typed text (model.md §3.1). */
export async function recordRefusal(trx: Trx, refusal: RefusalRecord): Promise<void> {
  await recordEvent(trx, {
    entityId: refusal.entityId,
    type: 'act.refused',
    objectId: refusal.objectId,
    actorPerson: refusal.personId,
    actorPosition: refusal.positionId,
    ...(refusal.actingFor !== undefined && { actingFor: refusal.actingFor }),
    reasonCode: refusal.code,
    changes: (refusal.faults ?? []).map(({ path, code }) => ({ field: path, before: null, after: code })),
    cycleId: refusal.cycleId ?? null,
    stepCode: refusal.stepCode ?? null,
    actId: refusal.actId ?? null,
    origin: refusal.origin,
    requestId: refusal.requestId,
  })
}
