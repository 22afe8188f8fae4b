import { type AnswerThen, answerAsOf, findActBehind } from '../../db/as-of.ts'
import type { Trx } from '../../db/client.ts'
import type { AskedObject } from '../../db/objects-at.ts'
import { asKnownThen, type Moment } from '../../domain/moments.ts'
import { Refused } from '../../domain/refusals.ts'
import type { AppContext } from '../context.server.ts'
import type { Actor } from '../session.server.ts'
import { auditing } from './consult-trail.server.ts'

export interface AsOfQuestion {
  personId: string
  object: AskedObject
  moment: Moment
}

/**
 * What somebody could do on a past date, for an auditor; that it was asked of them is on record (I5). Undefined where there is no such
 * object. Where more was known later, `knownThen` is what the product itself went by.
 */
export async function askAsOf(context: AppContext, actor: Actor, { personId, object, moment }: AsOfQuestion) {
  const { entityId } = actor
  const changes = [{ field: 'as_of', before: null, after: moment.day }]
  return await auditing(context, actor, { objectId: personId, type: 'audit.access_asked', changes }, async (trx) => {
    const ask = async (at: Moment) =>
      explained(trx, entityId, await answerAsOf(trx, { entityId, personId }, object, at))
    const answer = await ask(moment)
    const knownThen = moment.known > moment.at ? await ask(asKnownThen(moment)) : undefined
    return answer && { answer, knownThen: knownThen && differs(answer, knownThen) ? knownThen : null }
  })
}

async function explained(trx: Trx, entityId: string, answer: AnswerThen | undefined) {
  return answer && { ...answer, act: (await findActBehind(trx, entityId, answer)) ?? null }
}

/** Whether what was recorded afterwards changes what is said of that instant. */
function differs(one: AnswerThen, other: AnswerThen): boolean {
  const said = ({ object, rights }: AnswerThen) =>
    JSON.stringify([object.existed, rights.map((right) => right.verdict.may)])
  return said(one) !== said(other)
}

/** A cycle as it stood on a past date, with that it was looked at. Throws `Refused` where `work` finds none. */
export async function askCycleAsOf<T>(
  context: AppContext,
  actor: Actor,
  { cycleId, day }: { cycleId: string; day: string },
  work: (trx: Trx) => Promise<T | undefined>,
): Promise<T> {
  const changes = [{ field: 'as_of', before: null, after: day }]
  return await auditing(context, actor, { objectId: cycleId, type: 'audit.cycle_asked', changes }, async (trx) => {
    const read = await work(trx)
    if (read === undefined) throw new Refused('not_visible')
    return read
  })
}
