import { countActiveAccesses, measureRecertified, measureRevocations } from '../../db/access-indicators.ts'
import { type Trx, withActor } from '../../db/client.ts'
import { appNow, appToday } from '../../db/clock.ts'
import {
  ACCESS_INDICATORS,
  type AccessIndicator,
  figureOf,
  isMet,
  type Measure,
} from '../../domain/access-indicators.ts'
import { whyNot } from '../../domain/permissions.ts'
import { refuseIf } from '../../domain/refusals.ts'
import { permitted } from '../commands/permitted.server.ts'
import type { AppContext } from '../context.server.ts'
import { vigenciaIn } from '../params.server.ts'
import { recordingRefusals } from '../refusal.server.ts'
import type { Actor } from '../session.server.ts'

const overseeObjection = (actor: Actor) =>
  whyNot(permitted(actor), 'oversee_access', 'Entity', { entityId: actor.entityId })

/** Whether this person sees the indicators: the page of accesses offers them to nobody else. */
export const overseesAccess = (actor: Actor) => overseeObjection(actor) === null

export interface ShownIndicator extends Measure {
  code: AccessIndicator
  value: number | null
  isMet: boolean | null
}

/** The indicators of a vigencia, this one unless the address says another, as they are at this moment. Others get 403. */
export async function loadAccessIndicators(context: AppContext, actor: Actor, search: URLSearchParams) {
  await recordingRefusals(context, actor, { objectId: actor.entityId }, async () => refuseIf(overseeObjection(actor)))
  return await withActor(context.db, actor, (trx) => measureAccess(trx, actor, search))
}

/** The same inside a transaction, for the page and for its file. Throws `Refused` for whoever does not oversee. */
export async function measureAccess(trx: Trx, actor: Actor, search: URLSearchParams) {
  refuseIf(overseeObjection(actor))
  const vigencia = vigenciaIn(search) ?? Number(appToday().slice(0, 4))
  const agencies = await countActiveAccesses(trx, actor.entityId)
  const sum = (count: 'active' | 'undelegated') => agencies.reduce((total, agency) => total + agency[count], 0)
  const measures: Record<AccessIndicator, Measure> = {
    undelegated: { numerator: sum('undelegated'), denominator: sum('active') },
    recertified: await measureRecertified(trx, actor.entityId, vigencia),
    revocation_hours: await measureRevocations(trx, actor.entityId, vigencia),
  }
  const indicators = ACCESS_INDICATORS.map(
    (code): ShownIndicator => ({
      ...{ code, ...measures[code], value: figureOf(measures[code]), isMet: isMet(code, measures[code]) },
    }),
  )
  return { vigencia, at: appNow(), indicators, agencies }
}
