import type { OpenAccount } from '../domain/administration.ts'
import type { RevocationCause } from '../domain/grants.ts'
import { listReaching, orderEndings } from './access-endings.ts'
import { type ActingPerson, eventBy, refuse, type Saved } from './administration.ts'
import { recordEvent } from './audit.ts'
import type { Trx } from './client.ts'
import { appNow, appToday } from './clock.ts'
import { makePasswordLink } from './password-links.ts'
import { isLastAdministrator, leaveNothing } from './tenure-changes.ts'

/** An account and the secret of the link with which its person chooses the password: shown once, only its hash is kept. */
export type AccountLink = { id: string; secret: string; problems?: undefined } | ReturnType<typeof refuse>

/** Opens the account of a person who has none, or opens their closed one again; the password comes by link. */
export async function openAccount(trx: Trx, actor: ActingPerson, input: OpenAccount): Promise<AccountLink> {
  const person = await trx
    .selectFrom('person')
    .select(['display_name', 'ended_on'])
    .where('id', '=', input.personId)
    .where('entity_id', '=', actor.entityId)
    .forUpdate()
    .executeTakeFirst()
  if (!person || person.ended_on !== null) return refuse('email', 'not_found')
  const known = await accountOf(trx, input.personId)
  if (known && known.disabled_at === null) return refuse('email', 'has_account')
  const name = person.display_name
  const id =
    known?.email === input.email
      ? await reopen(trx, actor, known.id)
      : await openAccountOf(trx, actor, { ...input, name })
  if (!id) return refuse('email', 'email_taken')
  return { id, secret: await makePasswordLink(trx, id, appNow()) }
}

/** A new link for whoever lost the password or let the first link pass; earlier links end. */
export async function renewAccountLink(trx: Trx, actor: ActingPerson, personId: string): Promise<AccountLink> {
  const known = await accountOf(trx, personId)
  if (!known || known.disabled_at !== null) return refuse('email', 'no_account')
  await recordEvent(trx, { ...eventBy(actor), type: 'account.link_made', objectId: known.id })
  return { id: known.id, secret: await makePasswordLink(trx, known.id, appNow()) }
}

/**
 * Closes an account: it opens no session, those that stand end at their next request (session.server.ts), and the granted
 * accesses of its person end at once (D4). It waits for nothing: what only they had is given to the position of `handTo`, and
 * without one is counted on the page of the system (features J3).
 */
export async function closeAccount(
  trx: Trx,
  actor: ActingPerson,
  { personId, cause, handTo }: { personId: string; cause: RevocationCause; handTo?: string | null },
): Promise<Saved> {
  const known = await accountOf(trx, personId)
  if (!known || known.disabled_at !== null) return refuse('email', 'no_account')
  if (await isLastAdministrator(trx, actor.entityId, { personId, on: appToday() }))
    return refuse('email', 'last_administrator')
  const leaving = { personId, on: appToday(), handTo }
  const against = handTo ? await leaveNothing(trx, actor, leaving) : null
  if (against) return against
  await trx.updateTable('account').set({ disabled_at: appNow() }).where('id', '=', known.id).execute()
  await trx.deleteFrom('auth_verification').where('identifier', '=', `password:${known.id}`).execute()
  await recordEvent(trx, { ...eventBy(actor), type: 'account.disabled', objectId: known.id })
  const effectiveOn = appToday()
  const ending = (await listReaching(trx, personId, effectiveOn)).map((grant) => grant.id)
  const order = { entityId: actor.entityId, cause, origin: 'account', originId: known.id } as const
  await orderEndings(trx, ending, { ...order, orderedBy: actor, effectiveOn, requestId: actor.requestId })
  return { id: known.id }
}

function accountOf(trx: Trx, personId: string) {
  return trx
    .selectFrom('account')
    .select(['id', 'email', 'disabled_at'])
    .where('person_id', '=', personId)
    .orderBy('disabled_at', (order) => order.asc().nullsFirst())
    .executeTakeFirst()
}

async function reopen(trx: Trx, actor: ActingPerson, id: string): Promise<string> {
  await trx.updateTable('account').set({ disabled_at: null }).where('id', '=', id).execute()
  await recordEvent(trx, { ...eventBy(actor), type: 'account.added', objectId: id })
  return id
}

/** An account without a password; undefined when the e-mail already opens one, perhaps of another entity. */
export async function openAccountOf(
  trx: Trx,
  actor: ActingPerson,
  account: { personId: string; name: string; email: string },
): Promise<string | undefined> {
  const { personId: person_id, name, email } = account
  const added = await trx
    .insertInto('account')
    .values({ name, email, email_verified: true, entity_id: actor.entityId, person_id })
    .onConflict((oc) => oc.doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!added) return undefined
  await recordEvent(trx, { ...eventBy(actor), type: 'account.added', objectId: added.id })
  return added.id
}
