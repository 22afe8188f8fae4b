/** The profile of a snapshot just made, in a process of its own. */
import { answerApart } from '../ingest/apart.ts'
import type { ProfileTask } from '../profile-apart.ts'
import { keepProfile } from './profile.ts'

answerApart(async ({ ref, rejects }: ProfileTask) => {
  await keepProfile(ref, rejects)
  return true
})
