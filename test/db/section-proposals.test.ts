import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { withEntity } from '../../db/client.ts'
import { newId } from '../../db/ids.ts'
import { listProposals } from '../../db/section-proposals.ts'
import { asOwner, openCycle, smallTown, type Town } from '../support/town.ts'

let town: Town
let cycleId: string
beforeAll(async () => {
  town = await smallTown()
  cycleId = await openCycle(town, '2026-03-02T17:00:00.000Z')
})
afterAll(() => town.close())

/** One proposal for each reason, one minute after the other. */
async function propose(reasons: string[], from: string, isAnswered: boolean): Promise<void> {
  const [proposer, answerer] = [town.holders.profesional_sig, town.holders.profesional_ogac]
  const answer = {
    ...{ status: 'accepted', answered_at: sql<Date>`app_now()`, answered_by: answerer?.personId ?? '' },
    answered_position: answerer?.positionId ?? '',
  }
  const rows = reasons.map((reason, i) => ({
    ...{ id: newId(), entity_id: town.entityId, cycle_id: cycleId, section: 'alcance', base: 'a', value: 'b', reason },
    ...{ person_id: proposer?.personId ?? '', position_id: proposer?.positionId ?? '' },
    ...{ proposed_at: sql<Date>`${from}::timestamptz + ${i} * interval '1 minute'`, ...(isAnswered && answer) },
  }))
  await asOwner(town, (owner) =>
    withEntity(owner, town.entityId, (trx) => trx.insertInto('section_proposal').values(rows).execute()),
  )
}

it('those without an answer come first, however many were answered since, and the newest of each', async () => {
  await propose(['primera', 'segunda'], '2026-03-03T08:00:00-05:00', false)
  const answered = Array.from({ length: 100 }, (_, i) => `respondida ${i}`)
  await propose(answered, '2026-03-04T08:00:00-05:00', true)
  const listed = await withEntity(town.web, town.entityId, (trx) => listProposals(trx, cycleId, 'alcance'))
  expect(listed.map(({ reason }) => reason)).toEqual(['segunda', 'primera', ...answered.reverse().slice(0, 98)])
})
