import * as accounts from '../db/accounts.ts'
import { withActor } from '../db/client.ts'
import { appNow } from '../db/clock.ts'
import { beginFactor, confirmFactor, dropFactor, findFactor, renewRecoveryCodes } from '../db/second-factors.ts'
import { type Device, deviceOf } from '../domain/devices.ts'
import { qrModules, qrPath } from '../domain/qr.ts'
import { base32, inGroups, keyAddress } from '../domain/second-factor.ts'
import { IDLE_MS } from '../domain/sessions.ts'
import type { AppContext } from './context.server.ts'
import { factorOf, recordFactor } from './second-factor.server.ts'
import type { Actor } from './session.server.ts'

/** What people do with their own account: its sessions, its password, its second factor. Each leaves its event. */

export interface ShownSession {
  id: string
  device: Device
  startedAt: Date
  seenAt: Date
  isThis: boolean
}

/** Sessions of the actor's account that live on, this one first. */
export async function listOwnSessions(context: AppContext, actor: Actor): Promise<ShownSession[]> {
  const at = appNow()
  const idleSince = new Date(at.getTime() - IDLE_MS)
  const open = await accounts.listSessions(context.sessionDb, actor.accountId, { at, idleSince })
  return open
    .map(({ userAgent, ...session }) => ({
      ...session,
      device: deviceOf(userAgent),
      isThis: session.id === actor.sessionId,
    }))
    .sort((a, b) => Number(b.isThis) - Number(a.isThis))
}

/** Ends another session of the same account, or all the others. */
export async function endOtherSessions(context: AppContext, actor: Actor, only: string | null = null): Promise<void> {
  const except = actor.sessionId
  const ended = await accounts.endSessions(context.sessionDb, actor.accountId, { except, only })
  if (ended > 0)
    await withActor(context.db, actor, (trx) => recordFactor(trx, context, actor, 'session.ended_elsewhere'))
}

/** Not so for whoever has only ever come in by the entity's directory. */
export async function hasPassword(context: AppContext, actor: Actor): Promise<boolean> {
  return (await accounts.findPasswordHash(context.sessionDb, actor.accountId)) !== undefined
}

/** Another password; every other session ends with it (ASVS 7.4.3). */
export async function changeOwnPassword(context: AppContext, actor: Actor, password: string): Promise<void> {
  await accounts.changePassword(context.sessionDb, actor.accountId, await accounts.hashPassword(password))
  await withActor(context.db, actor, (trx) => recordFactor(trx, context, actor, 'account.password_changed'))
  await endOtherSessions(context, actor)
}

export interface ShownFactor {
  isConfirmed: boolean
  recoveryLeft: number
  /** What the phone takes, while it is not confirmed. */
  key: { groups: string; address: string; qr: { side: number; path: string } | null } | null
}

/** Null where the account has no second factor, begun or confirmed. */
export async function findOwnFactor(context: AppContext, actor: Actor): Promise<ShownFactor | null> {
  const found = await withActor(context.db, actor, (trx) => findFactor(trx, factorOf(context, actor)))
  if (!found) return null
  const { isConfirmed, recoveryLeft } = found
  const key = base32(found.key)
  const address = keyAddress({ issuer: 'Caracteriza', account: actor.email, key })
  const modules = isConfirmed ? null : qrModules(address)
  const shown = { groups: inGroups(key), address, qr: modules && qrPath(modules) }
  return { isConfirmed, recoveryLeft, key: isConfirmed ? null : shown }
}

/** A key for the phone; nothing asks for its codes until the first of them confirms it. */
export async function beginOwnFactor(context: AppContext, actor: Actor): Promise<void> {
  await withActor(context.db, actor, async (trx) => {
    if (await beginFactor(trx, factorOf(context, actor)))
      await recordFactor(trx, context, actor, 'account.factor_begun')
  })
}

/** Recovery codes, shown this once; null where the code is not the phone's. */
export async function confirmOwnFactor(context: AppContext, actor: Actor, code: string): Promise<string[] | null> {
  return await withActor(context.db, actor, async (trx) => {
    const codes = await confirmFactor(trx, factorOf(context, actor), code)
    if (codes) await recordFactor(trx, context, actor, 'account.factor_added')
    else await recordFactor(trx, context, { ...actor, personId: null }, 'session.refused', { reasonCode: 'code_wrong' })
    return codes
  })
}

export async function renewOwnCodes(context: AppContext, actor: Actor): Promise<string[]> {
  return await withActor(context.db, actor, async (trx) => {
    await recordFactor(trx, context, actor, 'account.recovery_renewed')
    return await renewRecoveryCodes(trx, factorOf(context, actor))
  })
}

export async function dropOwnFactor(context: AppContext, actor: Actor): Promise<void> {
  await withActor(context.db, actor, async (trx) => {
    if (await dropFactor(trx, actor.accountId)) await recordFactor(trx, context, actor, 'account.factor_removed')
  })
}
