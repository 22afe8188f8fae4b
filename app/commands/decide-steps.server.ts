import { Refused } from '../../domain/refusals.ts'
import { objectionToTogether } from '../../domain/together.ts'
import type { AppContext } from '../context.server.ts'
import { recordRefusalOf, shownRefusal } from '../refusal.server.ts'
import type { Actor } from '../session.server.ts'
import { togetherText } from '../text/together.ts'
import { decideStep, type StepDecision } from './decide-step.server.ts'

export type TogetherVerdict = Pick<StepDecision, 'cycleId' | 'stepCode' | 'versionId' | 'contentHash' | 'role'>

/** What became of one decision of several. */
export type TogetherOutcome = TogetherVerdict &
  ({ outcome: 'done' | 'pending'; actId: string } | { outcome: 'skipped'; why: string })

/**
 * Approves several submitted steps, one after the other (experience 24): each is `decideStep` itself, judged with its row
 * in hand and stored under its own decision id, so that the same form sent again finds the same acts. What cannot be
 * decided is skipped and says why; after one that is still "En trámite" nobody is kept waiting for the others.
 */
export async function decideSteps(
  context: AppContext,
  actor: Actor,
  verdicts: readonly TogetherVerdict[],
): Promise<TogetherOutcome[]> {
  const outcomes: TogetherOutcome[] = []
  for (const verdict of verdicts) {
    const isHeldUp = outcomes.some(({ outcome }) => outcome === 'pending')
    outcomes.push(
      isHeldUp
        ? { ...verdict, outcome: 'skipped', why: togetherText.heldUp }
        : await decideOne(context, actor, verdict),
    )
  }
  return outcomes
}

async function decideOne(context: AppContext, actor: Actor, verdict: TogetherVerdict): Promise<TogetherOutcome> {
  try {
    await refuseToRead(context, actor, verdict)
    const { actId, settled } = await decideStep(context, actor, { ...verdict, verdict: 'approve', observations: [] })
    return { ...verdict, outcome: settled ? 'done' : 'pending', actId }
  } catch (failure) {
    // One that is not there is told as any other: the list goes on.
    if (failure instanceof Refused && failure.status === 404)
      return { ...verdict, outcome: 'skipped', why: togetherText.gone }
    return { ...verdict, outcome: 'skipped', why: shownRefusal(failure, actor).sentence }
  }
}

async function refuseToRead(
  context: AppContext,
  actor: Actor,
  { cycleId, stepCode, versionId }: TogetherVerdict,
): Promise<void> {
  const against = objectionToTogether(stepCode)
  if (!against) return
  const refusal = new Refused(against.code, against.facts)
  await recordRefusalOf(context, actor, { objectId: versionId, cycleId, stepCode }, refusal)
  throw refusal
}
