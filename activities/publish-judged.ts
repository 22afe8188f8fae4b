import { activityInfo } from '@temporalio/activity'
import { ApplicationFailure } from '@temporalio/common'
import { withEntity } from '../db/client.ts'
import { findJudgementGrounds, judgeAgain, PastChanged } from '../db/release-judgement.ts'
import type { Publication } from '../db/release-publication.ts'
import { settledCode } from './judgement.ts'
import type { Tools } from './tools.ts'

/**
 * Publishes what was judged beside everything that is public: where something became public since the files were made, they
 * are judged again, outside any transaction, and then published beside exactly that. What becomes public in between makes
 * the activity fail, and its next try judges that too. Files that would show a few people are never published, nor those of
 * which it could not be told in `TRIES` tries.
 */
export async function publishJudged(
  tools: Tools,
  entityId: string,
  publish: (judged: string | null) => Promise<Publication>,
): Promise<Publication> {
  try {
    return await publish(null)
  } catch (failure) {
    if (!(failure instanceof PastChanged)) throw failure
    return await publish(await judged(tools, entityId, failure.releaseId))
  }
}

async function judged({ database, dataDir, judging }: Tools, entityId: string, releaseId: string): Promise<string> {
  const grounds = await withEntity(database, entityId, (trx) => findJudgementGrounds(trx, releaseId))
  try {
    return await judgeAgain(dataDir, grounds, judging)
  } catch (failure) {
    throw asTold(failure, () => activityInfo().attempt)
  }
}

const FOR_GOOD = {
  release_unsafe: 'its figures would show a few people',
  release_unproven: 'the time did not suffice to prove that its figures show nobody',
}

/** What the workflow is told of a judgement that failed: it tries again, or for good that nothing is published. */
export function asTold(failure: unknown, attempt: () => number): unknown {
  const code = settledCode(failure, attempt)
  return code ? ApplicationFailure.nonRetryable(FOR_GOOD[code], code) : failure
}
