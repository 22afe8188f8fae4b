/** Delegated accesses of the demonstration, asked for, accepted and granted through the product's own acts. */
import { decideAccess } from '../../app/commands/decide-access.server.ts'
import { requestAccess } from '../../app/commands/request-access.server.ts'
import type { AppContext } from '../../app/context.server.ts'
import { withEntity } from '../../db/client.ts'
import { appToday } from '../../db/clock.ts'
import { findGrant } from '../../db/grants.ts'
import { idOf } from '../../db/ids.ts'
import type { CaptureForm, GrantVerdict, RevocationCause } from '../../domain/grants.ts'
import * as acts from './acts.ts'

/** Who asks, who will enter data and who decides. */
const HEAD = 'dependencia'
const CLERK = 'atencion'
const LEAD = 'jefatura_ogac'

/** Asks for the clerk's access to the point of their organismo, for the rest of this vigencia; answers its id. */
export async function askForAccess(
  context: AppContext,
  entityId: string,
  { form, key }: { form: CaptureForm; key: string },
): Promise<string> {
  const [head, clerk] = await Promise.all([
    acts.actorOf(context, entityId, HEAD),
    acts.actorOf(context, entityId, CLERK),
  ])
  const point = await withEntity(context.db, entityId, (trx) =>
    trx
      .selectFrom('service_point')
      .select('id')
      .where('agency_id', '=', head.position.agencyId)
      .executeTakeFirstOrThrow(),
  )
  const today = appToday()
  const asked = await requestAccess(context, head, {
    ...{ formKey: idOf('demo-access', entityId, key), granteeId: clerk.personId, pointId: point.id, form },
    ...{ startsOn: today, endsOn: `${today.slice(0, 4)}-12-31`, radicado: `${today.slice(0, 4)}41730100001504` },
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
  const actor = await acts.actorOf(context, entityId, duty)
  const grant = await withEntity(context.db, entityId, (trx) => findGrant(trx, grantId))
  if (!grant) throw new Error(`no access ${grantId}`)
  const { contentHash } = grant.state
  const reason = 'Según la comunicación interna que se cita.'
  await decideAccess(context, actor, { grantId, contentHash, verdict, cause, reason, accepted: 'si' })
}

/** One access that lets its person in, and one that waits for its decision; what stands already is left as it is. */
export async function liveAccesses(
  context: AppContext,
  entityId: string,
): Promise<{ granted: string; waiting: string }> {
  const granted = await askForAccess(context, entityId, { form: 'F004', key: 'granted' })
  const status = async () => (await withEntity(context.db, entityId, (trx) => findGrant(trx, granted)))?.state.status
  if ((await status()) === 'asked') await sayOfAccess(context, entityId, { grantId: granted, verdict: 'accept' })
  if ((await status()) === 'accepted') await sayOfAccess(context, entityId, { grantId: granted, verdict: 'grant' })
  return { granted, waiting: await askForAccess(context, entityId, { form: 'F006', key: 'waiting' }) }
}
