import { sql } from 'kysely'
import { type ActingPerson, eventBy, refuse, type Saved } from './administration.ts'
import { recordEvent } from './audit.ts'
import type { Trx } from './client.ts'
import { newId } from './ids.ts'
import { leadingTo, writeMail } from './mail.ts'
import { dropFactor } from './second-factors.ts'

/** Ends the sessions of a person's account, which stays open; refused where there is none. */
export async function endSessionsOf(trx: Trx, actor: ActingPerson, personId: string): Promise<Saved> {
  const account = await findOpenAccount(trx, actor, personId)
  if (!account) return refuse('email', 'no_account')
  await dropSessions(trx, account.id)
  await recordEvent(trx, { ...eventBy(actor), type: 'account.sessions_ended', objectId: account.id })
  return { id: account.id }
}

function findOpenAccount(trx: Trx, actor: ActingPerson, personId: string) {
  return trx
    .selectFrom('account')
    .select('id')
    .where('person_id', '=', personId)
    .where('entity_id', '=', actor.entityId)
    .where('disabled_at', 'is', null)
    .executeTakeFirst()
}

async function dropSessions(trx: Trx, accountId: string): Promise<void> {
  await sql`delete from session where account_id = ${accountId} and kind <> 'probe'`.execute(trx)
}

export interface FactorReset {
  personId: string
  mail: { subject: string; body: string }
  publicUrl: string
}

/**
 * Takes the second factor of a person's account away, with its event and a mail to the person; their sessions end. Refused
 * where there is none.
 */
export async function resetFactor(
  trx: Trx,
  actor: ActingPerson,
  { personId, mail, publicUrl }: FactorReset,
): Promise<Saved> {
  const account = await findOpenAccount(trx, actor, personId)
  if (!account || !(await dropFactor(trx, account.id))) return refuse('email', 'no_factor')
  await dropSessions(trx, account.id)
  const id = newId()
  await recordEvent(trx, { ...eventBy(actor), type: 'account.factor_reset', objectId: account.id })
  await writeMail(trx, {
    id,
    entityId: actor.entityId,
    noticeId: null,
    personId,
    ...mail,
    ...leadingTo(publicUrl, '/cuenta'),
  })
  return { id: account.id }
}

/** Takes from a person's account its link to the entity's directory; their sessions end. Refused where there is none. */
export async function dropDirectoryLink(trx: Trx, actor: ActingPerson, personId: string): Promise<Saved> {
  const account = await findOpenAccount(trx, actor, personId)
  const unlinked = await trx
    .deleteFrom('account_credential')
    .where('account_id', '=', account?.id ?? null)
    .where('provider_id', '<>', 'credential')
    .executeTakeFirst()
  if (!account || unlinked.numDeletedRows === 0n) return refuse('email', 'not_linked')
  await dropSessions(trx, account.id)
  await recordEvent(trx, { ...eventBy(actor), type: 'account.directory_unlinked', objectId: account.id })
  return { id: account.id }
}
