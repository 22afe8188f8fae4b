import type { Client } from '@temporalio/client'
import { type Database, withEntity, withoutEntity } from '../db/client.ts'
import { listHappened } from '../db/control-runs.ts'
import { listCalendarsKept } from '../db/review-calendar.ts'
import { endScheduleWish, listControlsToSchedule, type RunControl } from '../db/run-controls.ts'
import { dropControlSchedule, keepControlSchedule, keepEvidenceSchedule } from '../workflows/control-schedules.ts'
import { controlScheduleId } from '../workflows/messages.ts'
import { startHappenedRun } from '../workflows/tellings.ts'

/**
 * One round: the Schedule of every control is as its row says, and every entity has the one that begins its days. `known`: what
 * stood when this process began, and what it kept since; what the server lost meanwhile is made anew then.
 */
export async function keepControls(database: Database, client: Client, known: Set<string>): Promise<void> {
  if (known.size === 0) await learn(database, client, known)
  for (const { entityId } of await withoutEntity(database, (trx) => listCalendarsKept(trx))) {
    if (known.has(entityId)) continue
    await keepEvidenceSchedule(client, entityId)
    known.add(entityId)
  }
  for (const control of await withoutEntity(database, (trx) => listControlsToSchedule(trx)))
    await withEntity(database, control.entityId, async (trx) => {
      // The row is held: a retirement that comes meanwhile waits, and wishes again.
      await endScheduleWish(trx, control.id)
      await keep(client, control)
    })
}

/** A control that is executed when its risk happens has a run for each day on which it did. */
export async function startHappened(database: Database, client: Client): Promise<void> {
  for (const run of await withoutEntity(database, (trx) => listHappened(trx))) await startHappenedRun(client, run)
}

/** The Schedules the server has; those of controls it lost are made again. */
async function learn(database: Database, client: Client, known: Set<string>): Promise<void> {
  const standing = new Set<string>()
  for await (const { scheduleId } of client.schedule.list()) standing.add(scheduleId)
  known.add('')
  const controls = await withoutEntity(database, (trx) => listControlsToSchedule(trx, { all: true }))
  for (const control of controls) if (!standing.has(controlScheduleId(control.id))) await keep(client, control)
}

async function keep(client: Client, { id: controlId, entityId, rhythm, retiredOn }: RunControl): Promise<void> {
  if (retiredOn !== null) await dropControlSchedule(client, controlId)
  else if (rhythm !== null) await keepControlSchedule(client, { entityId, controlId, rhythm })
}
