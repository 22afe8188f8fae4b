import type { Trx } from '../../db/client.ts'
import { findCollector, findLag, listCollectors } from '../../db/collectors.ts'
import type { Problem } from '../../domain/administration.ts'
import { collectorState } from '../../domain/forwarding.ts'
import { areasOf } from '../../domain/permissions.ts'
import { Refused } from '../../domain/refusals.ts'
import { type Typed, typedIn } from '../administration.server.ts'
import {
  forwardAgain,
  pauseForwarding,
  resumeForwarding,
  retireCollector,
  updateCollector,
} from '../commands/keep-collectors.server.ts'
import type { AppContext } from '../context.server.ts'
import type { Actor } from '../session.server.ts'
import { COLLECTOR_FORM, COLLECTORS, collectorMissing } from '../text/collectors.ts'
import { completed, invalidOutside } from './outside-forms.server.ts'
import { historyOf } from './timelines.server.ts'

/** What the pages about collectors show of them. */

export async function collectorLines(trx: Trx, entityId: string) {
  const collectors = await listCollectors(trx, entityId)
  return await Promise.all(
    collectors.map(async (row) => {
      const { id, name, address, confirmed, confirmedAt } = row
      return { id, name, address, confirmed, confirmedAt, state: collectorState(row), lag: await findLag(trx, row) }
    }),
  )
}

/** Whether the sections of the administration stand above the page: control interno comes here without them. */
export const hasSections = (actor: Actor) => areasOf(actor.position.duty).includes('administration')

/** 422 with what was typed, but for what opens the collector. */
export function invalidCollector(form: string, problems: readonly Problem[], typed: Typed) {
  return invalidOutside({ form, missing: collectorMissing }, problems, typed)
}

export async function loadCollector(trx: Trx, actor: Actor, id: string, search: URLSearchParams) {
  const collector = await findCollector(trx, id)
  if (!collector) throw new Refused('not_visible')
  const { name, headerName, authority } = collector
  return {
    ...{
      collector,
      state: collectorState(collector),
      lag: await findLag(trx, collector),
      hasSections: hasSections(actor),
    },
    values: { name, headerName: headerName ?? '', authority: authority ?? '' },
    history: await historyOf(trx, actor, { kind: 'collector', id }, search),
  }
}

/** What each form of a collector's page does, and what is said once it was done. */
const ACTS = {
  detener: [pauseForwarding, 'detenido'],
  reanudar: [resumeForwarding, 'reanudado'],
  repetir: [forwardAgain, 'repetido'],
  retiro: [retireCollector, 'retirado'],
  [COLLECTOR_FORM]: [updateCollector, 'cambiado'],
} as const

/** The address to go on to, or 422 beside the fields. */
export async function actOnCollector(context: AppContext, actor: Actor, id: string, request: Request) {
  const typed: Typed = { ...completed(await typedIn(request)), id }
  const form = Object.hasOwn(ACTS, typed.formulario ?? '') ? (typed.formulario as keyof typeof ACTS) : COLLECTOR_FORM
  const [command, done] = ACTS[form]
  const change = await command(context, actor, typed)
  if (!change.ok && change.problems.some(({ code }) => code === 'not_found')) throw new Refused('not_visible')
  if (!change.ok) return invalidCollector(form, change.problems, typed)
  return form === 'retiro' ? `${COLLECTORS}?hecho=${done}` : `${COLLECTORS}/${id}?hecho=${done}`
}
