import type { AppLoadContext } from '@remix-run/node'
import type { Trx } from '../../db/client.ts'
import { findMoment, listMoments, listStepsAt, type StepThen } from '../../db/moments.ts'
import type { TimelineEntry } from '../../db/timeline.ts'
import { isId } from '../../domain/ids.ts'
import { stepTemplate } from '../../domain/procedures.ts'
import { notFound } from '../answer.server.ts'
import { eventSentence } from '../text/events.ts'
import { momentsText } from '../text/moments.ts'
import { requireCycle } from './step-head.server.ts'

interface Asked {
  from: string | null
  to: string | null
}

/**
 * A cycle at two moments of its history, each an event: how every step stood, and which version of its content it had, so that the
 * page of changes compares the two. Without a choice, from its beginning until now; the earlier one comes first, however they were chosen.
 */
export async function requireMomentsPage(trx: Trx, cycleId: string, asked: Asked, context: AppLoadContext) {
  const { head, cycle } = await requireCycle(trx, cycleId, context)
  const offered = await listMoments(trx, cycleId)
  const [newest, oldest] = [offered[0], offered.at(-1)]
  const chosen = async (id: string | null, otherwise: TimelineEntry | undefined) =>
    (isId(id) ? await findMoment(trx, cycleId, id) : undefined) ?? otherwise
  const two = [await chosen(asked.from, oldest), await chosen(asked.to, newest)]
  const [from, to] = two.filter((one) => one !== undefined).sort(inOrder)
  if (!from || !to) throw notFound(context.requestId)
  const [before, after] = [await listStepsAt(trx, cycleId, from), await listStepsAt(trx, cycleId, to)]
  const steps = after.map((then) => {
    const earlier = before.find(({ stepCode }) => stepCode === then.stepCode)
    return {
      ...{
        code: then.stepCode,
        title: stepTemplate(cycle.version.procedure, then.stepCode).title,
        before: earlier ? shown(earlier) : null,
        after: shown(then),
      },
      isChanged: earlier?.last.id !== then.last.id,
    }
  })
  const options = [...new Map([...offered, from, to].map((one) => [one.id, one])).values()].sort((a, b) =>
    inOrder(b, a),
  )
  return {
    ...{ cycle: { id: cycleId, name: head.name }, from: from.id, to: to.id, steps },
    moments: options.map((one) => ({ id: one.id, words: momentsText.moment(one) })),
  }
}

/** Instants of the record are finer than those of JavaScript; ids, made in order, tell events of one instant apart. */
function inOrder(a: TimelineEntry, b: TimelineEntry): number {
  return a.at.getTime() - b.at.getTime() || (a.id < b.id ? -1 : 1)
}

const shown = ({ last, version }: StepThen) => ({ sentence: eventSentence(last), at: last.at, version })
