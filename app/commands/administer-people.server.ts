import { type AccountLink, closeAccount, openAccount, renewAccountLink } from '../../db/account-changes.ts'
import type { Saved } from '../../db/administration.ts'
import { dropDirectoryLink, endSessionsOf, resetFactor } from '../../db/factor-resets.ts'
import { listCutShort } from '../../db/handover.ts'
import { addPerson, changePerson, endPerson } from '../../db/person-changes.ts'
import {
  accountInput,
  addPersonInput,
  changePersonInput,
  closeAccountInput,
  endPersonInput,
  openAccountInput,
} from '../../domain/administration.ts'
import { tellOfCutShort } from '../absence-notice.server.ts'
import { administer, type Change, type Typed } from '../administration.server.ts'
import type { AppContext } from '../context.server.ts'
import type { Actor } from '../session.server.ts'
import { factorResetMail } from '../text/factor-mail.ts'

export function registerPerson(context: AppContext, actor: Actor, typed: Typed): Promise<Change<Saved>> {
  return administer(context, actor, { schema: addPersonInput, typed }, (trx, by, input) =>
    addPerson(trx, by, input, context.config.APP_SECRET),
  )
}

export function updatePerson(context: AppContext, actor: Actor, typed: Typed): Promise<Change<Saved>> {
  return administer(context, actor, { schema: changePersonInput, typed }, changePerson)
}

/** Whoever leaves is ended with their tenures, and their account closes in the same transaction; who substitutes is told. */
export function retirePerson(context: AppContext, actor: Actor, typed: Typed): Promise<Change<Saved>> {
  return administer(context, actor, { schema: endPersonInput, typed }, async (trx, by, input) => {
    const { id: personId, on } = input
    const cut = await listCutShort(trx, { personId, on })
    const ended = await endPerson(trx, by, input)
    if (ended.problems) return ended
    await closeAccount(trx, by, { personId, cause: 'contract_end' })
    await tellOfCutShort(trx, context, by.entityId, { cut, on })
    return ended
  })
}

export function giveAccount(context: AppContext, actor: Actor, typed: Typed): Promise<Change<AccountLink>> {
  return administer(context, actor, { schema: openAccountInput, typed }, openAccount)
}

export function giveNewLink(context: AppContext, actor: Actor, typed: Typed): Promise<Change<AccountLink>> {
  return administer(context, actor, { schema: accountInput, typed }, (trx, by, input) =>
    renewAccountLink(trx, by, input.personId),
  )
}

/** Whoever left a session open somewhere signs in again; the account stays open. */
export function closeSessions(context: AppContext, actor: Actor, typed: Typed): Promise<Change<Saved>> {
  return administer(context, actor, { schema: accountInput, typed }, (trx, by, { personId }) =>
    endSessionsOf(trx, by, personId),
  )
}

/** For whoever lost the phone and the recovery codes: they sign in with the password and set up another factor. */
export function takeFactorAway(context: AppContext, actor: Actor, typed: Typed): Promise<Change<Saved>> {
  return administer(context, actor, { schema: accountInput, typed }, (trx, by, { personId }) =>
    resetFactor(trx, by, { personId, mail: factorResetMail(), publicUrl: context.config.PUBLIC_URL }),
  )
}

/** The person of the directory is another one now: the next who comes by it with the account's address is linked anew. */
export function takeDirectoryAway(context: AppContext, actor: Actor, typed: Typed): Promise<Change<Saved>> {
  return administer(context, actor, { schema: accountInput, typed }, (trx, by, { personId }) =>
    dropDirectoryLink(trx, by, personId),
  )
}

/** Closes an account at once, whatever is open; what was theirs alone goes to another position where one is named. */
export function disableAccess(context: AppContext, actor: Actor, typed: Typed): Promise<Change<Saved>> {
  return administer(context, actor, { schema: closeAccountInput, typed }, (trx, by, input) =>
    closeAccount(trx, by, { ...input, cause: 'account_lost' }),
  )
}
