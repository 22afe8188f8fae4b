import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { closeCampaign } from '../../app/commands/close-campaign.server.ts'
import { withEntity } from '../../db/client.ts'
import { appNow } from '../../db/clock.ts'
import { eventually } from '../../scripts/processes.ts'
import { inParallel } from '../bench/figures.ts'
import { decide, openScene, type Scene } from '../proofs/revocation.ts'
import { type ManyAccesses, manyAccesses, startDelegations } from '../support/many-accesses.ts'
import { answerLists, countUnproved, listsTold, openReview } from '../support/reviews.ts'

const REVIEWED = 250
/** By people, a few of them at the same time. */
const REVOKED = 40
const AT_ONCE = 4
const PATIENCE_S = 240

let scene: Scene

beforeAll(async () => {
  scene = await openScene()
}, 180_000)
afterAll(async () => await scene?.close(), 60_000)

async function inForce(grants: number, mark: string): Promise<ManyAccesses> {
  const { owner, entityId, temporal } = scene.world
  const made = await manyAccesses(owner, entityId, { agencies: 4, grants, alone: 0 }, mark)
  await startDelegations(temporal.client, { owner, entityId }, made.reviewed)
  return made
}

/** Accesses by what their door answered at a moment: one word each, however many pages were asked. */
async function answered(moment: 'before' | 'after', grantIds: string[]): Promise<Record<string, number>> {
  const { owner, entityId } = scene.world
  const { rows } = await withEntity(owner, entityId, (trx) =>
    sql<{ said: string; n: number }>`select said, count(*)::int as n from (
      select coalesce(string_agg(distinct p.outcome, ', '), 'nothing') as said
        from unnest(${grantIds}::uuid[]) g (id) left join access_probe p on p.grant_id = g.id and p.moment = ${moment}
        group by g.id) one group by said`.execute(trx),
  )
  return Object.fromEntries(rows.map(({ said, n }) => [said, n]))
}

it('hundreds of endings at once each show what was open before, and whoever revokes meanwhile waits for none of them', async () => {
  const { owner, entityId, context } = scene.world
  const reviewing = { owner, context, entityId }
  const { heads, reviewed } = await inForce(REVIEWED, 'revisados')
  const id = await openReview(context, scene.lead, 'retire')
  await eventually(() => listsTold(reviewing, id, reviewed), PATIENCE_S)
  await answerLists(reviewing, id, heads, () => 'retire')
  // Granted since the review began: nobody asks about them.
  const { reviewed: others } = await inForce(REVOKED, 'revocados')
  await closeCampaign(context, { ...scene.lead, provedAt: appNow() }, { campaignId: id })
  expect(await countUnproved(reviewing, id)).toBeGreaterThan(0)
  await inParallel(others, AT_ONCE, (grantId) => decide(scene, grantId, 'revoke', scene.lead))

  await eventually(async () => expect(await countUnproved(reviewing, id)).toBe(0), PATIENCE_S)
  await eventually(async () => expect(await answered('after', others)).toEqual({ denied: REVOKED }), PATIENCE_S)
  expect(await answered('after', reviewed)).toEqual({ denied: REVIEWED })
  expect(await answered('before', reviewed)).toEqual({ allowed: REVIEWED })
  // Whoever waits is held up for seconds at most: each was asked, though a busy page may not have answered one.
  expect(await answered('before', others)).not.toHaveProperty('nothing')
}, 900_000)
