import { openAccountOf } from '../../db/account-changes.ts'
import { hashPassword, insertCredential } from '../../db/accounts.ts'
import { withEntity } from '../../db/client.ts'
import { installEntity as install } from '../../db/entities.ts'
import { entityIdOf, spendSetupLink } from '../../db/setup-links.ts'
import { type Install, installInput, type Problem, passwordInput, problemsOf } from '../../domain/administration.ts'
import type { Typed } from '../administration.server.ts'
import type { AppContext } from '../context.server.ts'

export type Installation = { made: true } | { made: false; problems: Problem[] } | { made: false; spent: true }

class Undo extends Error {
  readonly outcome: Installation

  constructor(outcome: Installation) {
    super('undo')
    this.outcome = outcome
  }
}

/**
 * Makes the entity with its first administrator and their account, and uses the link up: all in one transaction, so
 * that of two people with the same link one makes it and the other finds it spent (model.md §1).
 */
export async function installEntity(context: AppContext, token: string, typed: Typed): Promise<Installation> {
  const read = readInstallation(typed)
  if ('problems' in read) return { made: false, problems: read.problems }
  const { input, password } = read
  const entityId = entityIdOf(token)
  const passwordHash = await hashPassword(password)
  try {
    await withEntity(context.db, entityId, async (trx) => {
      if (!(await spendSetupLink(trx, token))) throw new Undo({ made: false, spent: true })
      const { personId, positionId } = await install(trx, entityId, input, context.config.APP_SECRET)
      const by = { entityId, personId, positionId, requestId: context.requestId }
      const { displayName, email } = input.administrator
      const accountId = await openAccountOf(trx, by, { personId, name: displayName, email })
      if (!accountId) throw new Undo({ made: false, problems: [{ field: 'administrator.email', code: 'email_taken' }] })
      await insertCredential(trx, accountId, passwordHash)
    })
    return { made: true }
  } catch (failure) {
    if (failure instanceof Undo) return failure.outcome
    throw failure
  }
}

type Read = { input: Install; password: string } | { problems: Problem[] }

function readInstallation(typed: Typed): Read {
  const { displayName, documentNumber, email, password, repeated, ...rest } = typed
  const parsed = installInput.safeParse({ ...rest, administrator: { displayName, documentNumber, email } })
  const problems = parsed.success ? [] : problemsOf(parsed.error)
  const secret = passwordInput.safeParse(password)
  if (!secret.success) problems.push({ ...(problemsOf(secret.error)[0] as Problem), field: 'password' })
  else if (password?.toLowerCase() === email?.trim().toLowerCase())
    problems.push({ field: 'password', code: 'password_like_email' })
  else if (password !== repeated) problems.push({ field: 'repeated', code: 'password_differs' })
  return parsed.success && problems.length === 0 ? { input: parsed.data, password: password ?? '' } : { problems }
}
