import type { ActingPerson, Saved } from '../../db/administration.ts'
import type { Trx } from '../../db/client.ts'
import { listDutyNames } from '../../db/duty-names.ts'
import { idOf } from '../../db/ids.ts'
import { leadingTo, writeMail } from '../../db/mail.ts'
import { listOpenTasks, successionOf } from '../../db/open-work.ts'
import { addTenure, endTenure, findTenure } from '../../db/tenure-changes.ts'
import { addTenureInput, type EndTenure, endTenureInput } from '../../domain/administration.ts'
import { addDays } from '../../domain/civil-dates.ts'
import { administer, type Change, type Typed } from '../administration.server.ts'
import type { AppContext } from '../context.server.ts'
import type { Actor } from '../session.server.ts'
import { dutyName } from '../text/duties.ts'
import { vacancyMail } from '../text/vacancy-mail.ts'

/** A person holds a position from a day on, as titular or encargado; the position's open tasks are theirs that day. */
export function registerTenure(context: AppContext, actor: Actor, typed: Typed): Promise<Change<Saved>> {
  return administer(context, actor, { schema: addTenureInput, typed }, addTenure)
}

/** Ends a tenure; where its function is left to nobody and has open tasks, the head of the agency is told by mail. */
export function finishTenure(context: AppContext, actor: Actor, typed: Typed): Promise<Change<Saved>> {
  return administer(context, actor, { schema: endTenureInput, typed }, async (trx, by, input) => {
    const ended = await endTenure(trx, by, input)
    if (!ended.problems) await tellOfVacancy(trx, by, input, context.config.PUBLIC_URL)
    return ended
  })
}

async function tellOfVacancy(trx: Trx, by: ActingPerson, { id, on }: EndTenure, publicUrl: string): Promise<void> {
  const tenure = await findTenure(trx, by.entityId, id)
  if (!tenure) return
  const { duty } = tenure
  const tasks = await listOpenTasks(trx, by.entityId, duty)
  if (tasks.length === 0) return
  const { told } = await successionOf(trx, by.entityId, { duty, day: addDays(on, 1) })
  const called = await listDutyNames(trx, by.entityId)
  for (const person of told) {
    await writeMail(trx, {
      id: idOf('mail', 'vacancy', id, on, person.id),
      entityId: by.entityId,
      noticeId: null,
      personId: person.id,
      ...vacancyMail({ duty: dutyName(duty, called), from: addDays(on, 1), tasks: tasks.length }),
      ...leadingTo(publicUrl, '/ejercicios'),
    })
  }
}
