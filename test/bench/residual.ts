/**
 * Bench `residual` (issue 6): what is left of a risk worked out anew in the transaction that changes the evidence of one of its
 * controls, in an entity with 2,000 risks of five controls each. The naive way works out every risk of the entity.
 */
import { openDatabase, withActor, withEntity } from '../../db/client.ts'
import { appToday } from '../../db/clock.ts'
import { settleEvidence } from '../../db/control-standings.ts'
import { newId } from '../../db/ids.ts'
import { settleStanding } from '../../db/risk-standings.ts'
import { requireControl } from '../../db/run-controls.ts'
import { movedBy } from '../../db/standing-moves.ts'
import { copyRisk, makeRisk } from '../support/many-risks.ts'
import { smallTown, type Town } from '../support/town.ts'
import { type BenchRow, percentile, round, timed } from './figures.ts'

const RISKS = 2_000
const CONTROLS = 5
const CHANGED = 300
const WARM = 30
const LIMIT_MS = 20
/** Risks the naive way is measured with; the figure is for all of them. */
const NAIVE = 100

export async function residual(): Promise<BenchRow[]> {
  const town = await smallTown()
  try {
    const ids = await fill(town)
    const times: number[] = []
    for (const [i, controlId] of ids.slice(0, CHANGED + WARM).entries())
      times.push(await change(town, controlId, i % 2 === 0 ? SHOWN : FAILED))
    const naive = await timed(() => everyRisk(town))
    const value = round(percentile(times.slice(WARM), 95))
    const baseline = round((naive * RISKS) / NAIVE)
    const row = {
      name: 'residual: after one evidence, p95',
      value,
      unit: 'ms',
      baseline,
      ratio: round(baseline / value),
    }
    return [{ ...row, target: `≤ ${LIMIT_MS} ms`, ok: value <= LIMIT_MS }]
  } finally {
    await town.close()
  }
}

/** Evidence that moves the risk, and evidence that leaves it where it is. */
const SHOWN = { status: 'executed', shows: 'shown', valid_until: '2099-12-31' }
const FAILED = { status: 'missed', shows: 'failed', missed_on: '2026-01-31' }

/** A control is shown to work, or to have failed: the time its evidence and its risk take within the transaction. */
async function change(town: Town, controlId: string, shown: typeof SHOWN | typeof FAILED): Promise<number> {
  const { entityId, worker } = town
  return await withEntity(worker, entityId, async (trx) => {
    const days = { period_start: '2026-01-01', period_end: '2026-01-31', opens_on: '2026-01-02', due_on: '2026-01-30' }
    await trx
      .insertInto('control_run')
      .values({
        ...{ id: newId(), entity_id: entityId, control_id: controlId, ...days, late_until: '2026-02-28' },
        ...{ workflow_id: `control:${controlId}`, ...shown },
      })
      .execute()
    return await timed(async () => {
      const control = await requireControl(trx, controlId)
      await settleEvidence(trx, control, appToday(), { origin: 'workflow', workflowId: null, actId: null })
    })
  })
}

async function everyRisk({ admin, entityId, worker }: Town): Promise<void> {
  await withEntity(worker, entityId, async (trx) => {
    const risks = await trx.selectFrom('risk').select('id').limit(NAIVE).execute()
    for (const { id } of risks) await settleStanding(trx, entityId, id, movedBy(admin, 'reassessed'))
  })
}

/** A control of each risk. */
async function fill({ admin, web, entityId, database }: Town): Promise<string[]> {
  const code = await withActor(web, admin, (trx) => makeRisk(trx, admin, CONTROLS))
  const owner = openDatabase(database.ownerUrl, { max: 1 })
  try {
    return await withEntity(owner, entityId, (trx) => copyRisk(trx, code, RISKS))
  } finally {
    await owner.close()
  }
}
