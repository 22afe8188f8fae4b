import { runActMail, runMail } from '../app/text/control-mail.ts'
import { type EventRecord, recordEvents } from '../db/audit.ts'
import type { Trx } from '../db/client.ts'
import { checkersOf, headsOfPost, holdersOfPost, lockDueRunNotices } from '../db/control-notices.ts'
import { runEvent } from '../db/control-run-acts.ts'
import { holdRun, type LoadedRun } from '../db/control-runs.ts'
import { idOf } from '../db/ids.ts'
import { openIncident } from '../db/incidents.ts'
import { type NewMail, toldBeside, writeMail } from '../db/mail.ts'
import { settleNotice, type Told } from '../db/notices.ts'
import { IN_CHARGE } from '../db/terms.ts'
import { isToCheck } from '../domain/control-runs.ts'
import { chooseNotices, type DueNotice, noticeKind, type Sending } from '../domain/notices.ts'
import type { Tools } from './tools.ts'

/** Tells whoever must be told of the day of a run, once: mail rows, ledger, events. */
export async function tellDueOfRun(trx: Trx, tools: Tools, runId: string, now: Date): Promise<void> {
  const events: EventRecord[] = []
  for (const sending of chooseNotices(await lockDueRunNotices(trx, runId, now))) {
    for (const older of sending.catchesUp) await settleNotice(trx, older.id, 'superseded', now)
    events.push(await send(trx, tools, await holdRun(trx, runId), sending, now))
  }
  await recordEvents(trx, events)
}

async function send(
  trx: Trx,
  tools: Tools,
  run: LoadedRun,
  { notice, catchesUp }: Sending<DueNotice>,
  now: Date,
): Promise<EventRecord> {
  const { control } = run
  const inCharge = notice.duty === IN_CHARGE
  const post = { entityId: control.entityId, positionId: control.ownerPosition }
  const people = inCharge ? await holdersOfPost(trx, post, now) : await headsOfPost(trx, post, now)
  const facts = { control: control.code, risk: control.riskCode, dueOn: run.state.dueOn, kind: noticeKind(notice.kind) }
  for (const { personId, told } of people)
    await writeMail(trx, {
      ...{ ...addressed(tools, run, personId), id: idOf('mail', notice.id, personId), noticeId: notice.id },
      ...runMail({ ...facts, told }),
    })
  // Nobody directs whoever directs everything: that is no fault.
  const isTold = people.length > 0 || !inCharge
  await settleNotice(trx, notice.id, isTold ? 'sent' : 'failed', now, catchesUp.length)
  if (!isTold) {
    const incident = { entityId: control.entityId, kind: 'nobody_told', objectType: 'notice' } as const
    await openIncident(trx, { ...incident, objectId: notice.id, origin: 'workflow' })
  }
  const change = (field: string, after: string | number) => ({ field, before: null, after })
  return {
    ...runEvent(run, isTold ? 'notice.sent' : 'notice.failed'),
    objectId: notice.id,
    changes: [change('kind', notice.kind), change('recipients', people.length), change('control', control.code)],
    ...(!isTold && { reasonCode: 'nobody_told' }),
  }
}

/** What was done with a run waits for somebody else: whoever checks it, or whoever has to show it anew. */
export async function tellOfRunAct(
  trx: Trx,
  tools: Tools,
  run: LoadedRun,
  { actId, at }: { actId: string; at: Date },
): Promise<void> {
  const { state, control } = run
  const isReturned = state.status === 'rejected'
  if (!isReturned && !isToCheck(state)) return
  const post = { entityId: control.entityId, positionId: control.ownerPosition }
  const people: Told[] = isReturned ? await holdersOfPost(trx, post, at) : await checkersOf(trx, run)
  if (people.length === 0 && !isReturned) {
    const incident = { entityId: control.entityId, kind: 'run_unchecked', objectType: 'control_run' } as const
    await openIncident(trx, { ...incident, objectId: state.id, origin: 'workflow' })
  }
  for (const { personId, told } of people)
    await writeMail(trx, {
      ...{ ...addressed(tools, run, personId), id: idOf('mail', actId, personId), noticeId: null },
      ...runActMail({ control: control.code, risk: control.riskCode, status: state.status, told }),
    })
}

function addressed({ publicUrl }: Tools, { state, control }: LoadedRun, personId: string) {
  const path = `/riesgos/${control.riskCode}/controles/${control.code}/ejecuciones/${state.period.start}`
  const about: Pick<NewMail, 'entityId' | 'personId' | 'link' | 'host' | 'path'> = {
    ...{ entityId: control.entityId, personId },
    ...toldBeside(publicUrl, path),
  }
  return about
}
