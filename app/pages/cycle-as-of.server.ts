import { confidentialForms } from '../../catalog/forms/index.ts'
import { type Trx, withActor } from '../../db/client.ts'
import { appNow, appToday } from '../../db/clock.ts'
import { findCycleHead } from '../../db/cycle-pages.ts'
import { findContentThen, findCycleAt } from '../../db/cycles-at.ts'
import { findTombstone } from '../../db/disposal-pages.ts'
import { requireProcedureVersion } from '../../db/procedures.ts'
import { momentOf } from '../../domain/moments.ts'
import { notFound } from '../answer.server.ts'
import { askCycleAsOf } from '../commands/ask-as-of.server.ts'
import { requireAuditor } from '../commands/consult-trail.server.ts'
import type { AppContext } from '../context.server.ts'
import { textIn } from '../params.server.ts'
import type { Actor } from '../session.server.ts'
import { momentFaults, stepThenSentence } from '../text/as-of.ts'

/** A cycle as it stood on a date from the address: `fecha`, `hora`, and `paso`, whose content is shown. */
export async function loadCycleAsOf(context: AppContext, actor: Actor, cycleId: string, search: URLSearchParams) {
  requireAuditor(actor)
  const fields = {
    fecha: textIn(search, 'fecha') || appToday(),
    hora: textIn(search, 'hora'),
    paso: textIn(search, 'paso'),
  }
  const moment = momentOf({ date: fields.fecha, time: fields.hora, known: '' }, appNow())
  if ('fault' in moment) {
    // Nothing of the past is shown, so nothing is on record.
    const page = await withActor(context.db, actor, (trx) => headOf(trx, cycleId, fields))
    if (!page) throw notFound(context.requestId)
    return { ...page, faults: momentFaults(moment.fault) }
  }
  return await askCycleAsOf(context, actor, { cycleId, day: moment.day }, async (trx) => {
    const page = await headOf(trx, cycleId, fields)
    if (!page) return undefined
    const cycle = await findCycleAt(trx, actor.entityId, cycleId, moment)
    if (!cycle) return { ...page, at: moment.at }
    const { procedure } = await requireProcedureVersion(trx, cycle.procedureVersionId)
    const steps = cycle.steps.map((step) => ({
      ...{ code: step.code, status: step.status, versionId: step.version?.id ?? null },
      title: procedure.steps.find(({ code }) => code === step.code)?.title ?? '',
      sentence: stepThenSentence(step, actor.entity.dutyNames),
      hash: step.version?.hash ?? null,
    }))
    const shown = steps.find(({ code, versionId }) => code === fields.paso && versionId)
    const content = shown?.versionId ? await contentThen(trx, cycleId, shown.versionId) : undefined
    return {
      ...{ ...page, at: moment.at, status: cycle.status, steps },
      content: shown && content ? { code: shown.code, title: shown.title, ...content } : null,
    }
  })
}

/** What it said, or by which act that went since: what is not kept is shown of no date. */
async function contentThen(trx: Trx, cycleId: string, versionId: string) {
  const found = await findContentThen(trx, cycleId, versionId, confidentialForms())
  return found && { html: found.html, gone: (await findTombstone(trx, versionId, ['content'])) ?? null }
}

async function headOf(trx: Trx, cycleId: string, fields: Record<'fecha' | 'hora' | 'paso', string>) {
  const head = await findCycleHead(trx, cycleId)
  if (!head) return undefined
  const { name, radicado, id } = head
  const faults: ReturnType<typeof momentFaults> = {}
  return { id, name, radicado, fields, faults, at: null, status: null, steps: [], content: null }
}
