/** Delegated accesses of the demonstration, asked for, accepted and granted through the product's own acts. */
import { decideAccess } from '../../app/commands/decide-access.server.ts'
import { requestAccess } from '../../app/commands/request-access.server.ts'
import type { AppContext } from '../../app/context.server.ts'
import type { Actor } from '../../app/session.server.ts'
import { CALI_DELEGATIONS } from '../../catalog/demo/cali.ts'
import { withEntity } from '../../db/client.ts'
import { appToday } from '../../db/clock.ts'
import { findGrant } from '../../db/grants.ts'
import { idOf } from '../../db/ids.ts'
import { daysFrom, type GrantDays } from '../../domain/grant-days.ts'
import type { CaptureForm, GrantVerdict, RevocationCause } from '../../domain/grants.ts'
import * as acts from './acts.ts'

/** Who asks, who will enter data and who decides. */
const HEAD = 'dependencia'
const CLERK = 'atencion'
const LEAD = 'jefatura_ogac'

interface Wanted {
  form: CaptureForm
  key: string
  /** By default from today on. */
  days?: GrantDays
}

/** Asks for the clerk's access to the point of their organismo, for the rest of this vigencia; answers its id. */
export async function askForAccess(context: AppContext, entityId: string, wanted: Wanted): Promise<string> {
  const [head, clerk] = await Promise.all([
    acts.actorOf(context, entityId, HEAD),
    acts.actorOf(context, entityId, CLERK),
  ])
  return await ask(context, { head, clerk }, wanted)
}

interface Pair {
  head: Actor
  clerk: Actor
  /** Name of the point; by default the one the organismo has. */
  point?: string
}

async function ask(context: AppContext, { head, clerk, point }: Pair, { form, key, days }: Wanted): Promise<string> {
  const { entityId } = head
  const place = await withEntity(context.db, entityId, (trx) => {
    const own = trx.selectFrom('service_point').select('id').where('agency_id', '=', head.position.agencyId)
    return (point === undefined ? own : own.where('name', '=', point)).executeTakeFirstOrThrow()
  })
  const today = appToday()
  const asked = await requestAccess(context, head, {
    ...{ formKey: idOf('demo-access', entityId, key), granteeId: clerk.personId, pointId: place.id, form },
    ...{ ...(days ?? daysFrom(today)), radicado: `${today.slice(0, 4)}41730100001504` },
    ...{ radicadoOn: today, reason: 'Atiende a la ciudadanía en la ventanilla de la secretaría.' },
  })
  if (!asked.ok) throw new Error(JSON.stringify(asked.errors))
  return asked.grantId
}

/** One verdict, by whoever gives it in the demonstration. */
export async function sayOfAccess(
  context: AppContext,
  entityId: string,
  { grantId, verdict, cause = null }: { grantId: string; verdict: GrantVerdict; cause?: RevocationCause | null },
): Promise<void> {
  const duty = { accept: CLERK, decline: CLERK, grant: LEAD, deny: LEAD, withdraw: HEAD, revoke: HEAD }[verdict]
  await say(context, await acts.actorOf(context, entityId, duty), { grantId, verdict, cause })
}

async function say(
  context: AppContext,
  actor: Actor,
  said: { grantId: string; verdict: GrantVerdict; cause: RevocationCause | null },
): Promise<void> {
  const grant = await withEntity(context.db, actor.entityId, (trx) => findGrant(trx, said.grantId))
  if (!grant) throw new Error(`no access ${said.grantId}`)
  const { contentHash } = grant.state
  const reason = 'Según la comunicación interna que se cita.'
  await decideAccess(context, actor, { ...said, contentHash, reason, accepted: 'si' })
}

/** Asks, has it accepted and granted; what stands already is left as it is. */
async function granted(context: AppContext, pair: Pair, wanted: Wanted): Promise<string> {
  const grantId = await ask(context, pair, wanted)
  const { entityId } = pair.head
  const status = async () => (await withEntity(context.db, entityId, (trx) => findGrant(trx, grantId)))?.state.status
  if ((await status()) === 'asked') await say(context, pair.clerk, { grantId, verdict: 'accept', cause: null })
  if ((await status()) === 'accepted') {
    const lead = await acts.actorOf(context, entityId, LEAD)
    await say(context, lead, { grantId, verdict: 'grant', cause: null })
  }
  return grantId
}

/** One access that lets its person in, one that does from the next vigencia on, and one that waits for its decision. */
export async function liveAccesses(
  context: AppContext,
  entityId: string,
): Promise<{ granted: string; future: string; waiting: string }> {
  const [head, clerk] = await Promise.all([
    acts.actorOf(context, entityId, HEAD),
    acts.actorOf(context, entityId, CLERK),
  ])
  const next = daysFrom(`${Number(appToday().slice(0, 4)) + 1}-01-01`)
  return {
    granted: await granted(context, { head, clerk }, { form: 'F004', key: 'granted' }),
    future: await granted(context, { head, clerk }, { form: 'F004', key: 'future', days: next }),
    waiting: await ask(context, { head, clerk }, { form: 'F006', key: 'waiting' }),
  }
}

/** In Cali whoever attends at a window or a centre has access there, asked for by the head of each organismo. */
export async function liveDelegationsOfCali(context: AppContext, entityId: string): Promise<void> {
  for (const [i, { head, clerk, point }] of CALI_DELEGATIONS.entries()) {
    const pair = {
      ...{ head: await acts.actorAt(context, entityId, head), clerk: await acts.actorAt(context, entityId, clerk) },
      point,
    }
    // The first is the one every municipality has.
    if (i > 0) await granted(context, pair, { form: 'F004', key: point })
  }
}
