/**
 * Bench `map` (issue 6): the page of the heat map with its list, over HTTP, in a municipality with 2,000 risks of five controls
 * each, whole and as a cell of the map leads to it. The naive way works out the residual of a hundred of them.
 */
import { DEMO_ENTITIES } from '../../catalog/demo-users.ts'
import { openDatabase, withActor, withEntity } from '../../db/client.ts'
import { settleStanding } from '../../db/risk-standings.ts'
import { roleUrl } from '../../db/roles.ts'
import { demoEntityId } from '../../db/seed.ts'
import { movedBy } from '../../db/standing-moves.ts'
import { signIn } from '../support/http.ts'
import { copyRisk, makeRisk, riskKeeper } from '../support/many-risks.ts'
import { TEST_SECRET } from '../support/services.ts'
import type { System } from '../support/system.ts'
import { type BenchRow, percentile, round, timed } from './figures.ts'
import { onRealSystem } from './real-services.ts'

const RISKS = 2_000
const CONTROLS = 5
const PAGES = 200
const WARM = 20
const LIMIT_MS = 150
const NAIVE = 100
const DUTY = 'jefatura_ogac'
const ADDRESSES = ['/riesgos', '/riesgos?momento=inherent&p=4&i=3']

export function map(): Promise<BenchRow[]> {
  return onRealSystem(async (system) => {
    const naive = await fill(system)
    const users = DEMO_ENTITIES.find(({ slug }) => slug === 'santamarta')?.users
    const head = await signIn(system.url, users?.find(({ duty }) => duty === DUTY)?.email ?? '')
    const times: number[] = []
    for (let i = 0; i < PAGES + WARM; i++)
      times.push(
        await timed(async () => {
          const { status } = await head.get(ADDRESSES[i % ADDRESSES.length] ?? '')
          if (status !== 200) throw new Error(`the map answered ${status}`)
        }),
      )
    const value = round(percentile(times.slice(WARM), 95))
    const row = { name: 'map: heat map and list over HTTP, p95', value, unit: 'ms', baseline: round(naive) }
    return [{ ...row, ratio: round(naive / value), target: `< ${LIMIT_MS} ms`, ok: value < LIMIT_MS }]
  })
}

/** Fills the map; answers how long the naive way takes. */
async function fill({ ownerUrl }: System): Promise<number> {
  const entityId = demoEntityId('santamarta')
  const owner = openDatabase(ownerUrl, { max: 1 })
  const web = openDatabase(roleUrl(ownerUrl, TEST_SECRET, 'web'), { max: 1 })
  try {
    const by = await withEntity(owner, entityId, (trx) => riskKeeper(trx, entityId, DUTY))
    const code = await withActor(web, by, (trx) => makeRisk(trx, by, CONTROLS))
    await withEntity(owner, entityId, (trx) => copyRisk(trx, code, RISKS))
    return await timed(() =>
      withEntity(owner, entityId, async (trx) => {
        const risks = await trx.selectFrom('risk').select('id').limit(NAIVE).execute()
        for (const { id } of risks) await settleStanding(trx, entityId, id, movedBy(by, 'reassessed'))
      }),
    )
  } finally {
    await Promise.all([owner.close(), web.close()])
  }
}
