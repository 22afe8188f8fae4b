/** Controls as their runs need them, and what their Schedules have still to be told. */
import { bogotaDate } from '../domain/civil-dates.ts'
import { type Rhythm, rhythmOf } from '../domain/control-periods.ts'
import type { ControlLife } from '../domain/control-year.ts'
import type { Trx } from './client.ts'
import { loadMethodology } from './methodologies.ts'

/** A control as its runs need it. */
export interface RunControl extends ControlLife {
  id: string
  entityId: string
  code: string
  riskId: string
  riskCode: string
  ownerPosition: string
  /** Position that owns its risk. */
  riskOwner: string
  ownerName: string
  /** Null where it is done only when something happens. */
  rhythm: Rhythm | null
  /** In the words of its methodology. */
  periodicity: string
}

const controls = (trx: Trx) =>
  trx
    .selectFrom('risk_control as c')
    .innerJoin('risk as r', 'r.id', 'c.risk_id')
    .innerJoin('risk_standing as s', 's.risk_id', 'r.id')
    .innerJoin('risk_assessment as a', 'a.id', 's.assessment_id')
    .innerJoin('position as p', 'p.id', 'c.owner_position')
    .select(['c.id', 'c.entity_id as entityId', 'c.code', 'c.risk_id as riskId', 'r.code as riskCode', 'c.periodicity'])
    .select([
      'c.owner_position as ownerPosition',
      'p.name as ownerName',
      'r.owner_position as riskOwner',
      'a.methodology',
      'a.methodology_n as n',
    ])
    .select(['c.created_at as createdAt', 'c.retired_at as retiredAt'])

type ControlRow = Awaited<ReturnType<ReturnType<typeof controls>['executeTakeFirstOrThrow']>>

async function controlOf(
  trx: Trx,
  { methodology, n, periodicity, createdAt, retiredAt, ...row }: ControlRow,
): Promise<RunControl> {
  const { periodicities } = await loadMethodology(trx, row.entityId, { code: methodology, n })
  const every = periodicities.find((one) => one.code === periodicity)
  const life = { createdOn: bogotaDate(createdAt), retiredOn: retiredAt && bogotaDate(retiredAt) }
  return { ...row, ...life, rhythm: rhythmOf(every?.perYear ?? 0), periodicity: every?.name ?? periodicity }
}

export async function requireControl(trx: Trx, controlId: string): Promise<RunControl> {
  return await controlOf(trx, await controls(trx).where('c.id', '=', controlId).executeTakeFirstOrThrow())
}

/** A control by its code and that of its risk; undefined where there is none such in the entity. */
export async function findControl(
  trx: Trx,
  entityId: string,
  { risk, control }: { risk: string; control: string },
): Promise<RunControl | undefined> {
  const row = await controls(trx)
    .where('c.entity_id', '=', entityId)
    .where('r.code', '=', risk)
    .where('c.code', '=', control)
    .executeTakeFirst()
  return row && (await controlOf(trx, row))
}

/** Controls whose Schedule does not say yet what their row says; over all entities. With `all`, every one that has runs. */
export async function listControlsToSchedule(trx: Trx, { all = false, limit = 200 } = {}): Promise<RunControl[]> {
  const rows = await controls(trx)
    .$if(!all, (query) => query.where('c.schedule_wanted', '=', true).orderBy('c.created_at').limit(limit))
    .$if(all, (query) => query.where('c.retired_at', 'is', null))
    .execute()
  const found: RunControl[] = []
  for (const row of rows) found.push(await controlOf(trx, row))
  return found
}

export async function endScheduleWish(trx: Trx, controlId: string): Promise<void> {
  await trx.updateTable('risk_control').set({ schedule_wanted: false }).where('id', '=', controlId).execute()
}

/** A control was retired: its Schedule goes, and its open runs are told. */
export async function noteRetired(trx: Trx, controlId: string): Promise<void> {
  await trx.updateTable('risk_control').set({ schedule_wanted: true }).where('id', '=', controlId).execute()
  await trx
    .updateTable('control_run')
    .set({ signal_wanted: true })
    .where('control_id', '=', controlId)
    .where('closed_at', 'is', null)
    .execute()
}
