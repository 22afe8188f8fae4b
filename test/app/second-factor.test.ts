/** The second factor at the door and when signing: no step is skipped, no code is taken twice (ASVS 6.3.3, 6.5.1, 7.2.4). */
import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { requireAdministrator } from '../../app/administration.server.ts'
import type { AppContext } from '../../app/context.server.ts'
import * as own from '../../app/own-account.server.ts'
import { provedBy } from '../../app/prove.server.ts'
import * as accountRoute from '../../app/routes/person/account.tsx'
import * as factorRoute from '../../app/routes/person/second-factor.tsx'
import { enterWithCode } from '../../app/second-factor.server.ts'
import { type Actor, findSession, isProofRecent, requireActor } from '../../app/session.server.ts'
import { signIn } from '../../app/sign-in.server.ts'
import { decisionText } from '../../app/text/decisions.ts'
import { DEMO_ENTITIES, DEMO_PASSWORD } from '../../catalog/demo-users.ts'
import { type Database, openDatabase, withEntity } from '../../db/client.ts'
import { appNow, moveClock } from '../../db/clock.ts'
import { findFactor } from '../../db/second-factors.ts'
import { demoEntityId } from '../../db/seed.ts'
import { codeAt } from '../../db/totp.ts'
import { stepAt } from '../../domain/second-factor.ts'
import { type SeededProduct, seededProduct } from '../support/lived-in.ts'
import { pageOf } from '../support/route-page.ts'
import { TEST_SECRET } from '../support/services.ts'

const HOME = 'http://localhost:3000'
const entityId = demoEntityId('santamarta')
const emailOf = (duty: string) => DEMO_ENTITIES[0]?.users.find((user) => user.duty === duty)?.email ?? ''

let product: SeededProduct
let owner: Database
beforeAll(async () => {
  product = await seededProduct(HOME)
  owner = openDatabase(product.database.ownerUrl, { max: 2 })
}, 120_000)
afterAll(async () => {
  await owner?.close()
  await product?.close()
})
afterEach(() => moveClock(0))

/** As of one request. */
const on = (): AppContext => ({ ...product.context, requestId: randomUUID() })
const asked = (cookie: string, method = 'GET') => new Request(`${HOME}/bandeja`, { method, headers: { cookie } })
const cookieIn = (headers: Headers) =>
  headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ')
const isSomebody = async (cookie: string) => (await findSession(asked(cookie), on())) !== null

async function enter(duty: string, cookie = '') {
  const entry = await signIn(asked(cookie, 'POST'), on(), { email: emailOf(duty), password: DEMO_PASSWORD })
  if (!entry.ok) throw new Error(entry.reason)
  return { asksCode: entry.asksCode, cookie: cookieIn(entry.headers) }
}

/** What the phone shows `later` codes from now. */
async function phone(actor: Actor, later = 0): Promise<string> {
  const factor = await withEntity(owner, entityId, (trx) =>
    findFactor(trx, { accountId: actor.accountId, secret: TEST_SECRET }),
  )
  return codeAt(factor?.key ?? Buffer.alloc(20), stepAt(appNow()) + later)
}

/** Sets the factor up and answers what the person then has. */
async function enrol(duty: string): Promise<{ actor: Actor; recovery: string[] }> {
  const { cookie } = await enter(duty)
  const actor = await requireActor(asked(cookie), on())
  await own.beginOwnFactor(on(), actor)
  expect(await own.confirmOwnFactor(on(), actor, '000000')).toBeNull()
  const recovery = (await own.confirmOwnFactor(on(), actor, await phone(actor))) ?? []
  return { actor, recovery }
}

const events = (actor: Actor) =>
  withEntity(owner, entityId, async (trx) =>
    (
      await trx
        .selectFrom('event')
        .select(['type', 'reason_code'])
        .where('object_id', '=', actor.accountId)
        .orderBy('at')
        .execute()
    ).map(({ type, reason_code }) => [type, reason_code].filter((word) => word !== null).join(' ')),
  )

describe('who has a second factor', () => {
  it('enters with password and code; between the two nobody is signed in, and the session is another one after', async () => {
    const { actor, recovery } = await enrol('profesional_sig')
    expect(recovery).toHaveLength(10)
    const pending = await enter('profesional_sig')
    expect(pending.asksCode).toBe(true)
    expect(await isSomebody(pending.cookie)).toBe(false)
    const tryCode = async (code: string) => await enterWithCode(asked(pending.cookie, 'POST'), on(), code)
    expect(await tryCode('')).toEqual({ ok: false, reason: 'code_missing' })
    // The code that confirmed it was used.
    expect(await tryCode(await phone(actor))).toEqual({ ok: false, reason: 'code_wrong' })
    const entered = await tryCode(await phone(actor, 1))
    if (!entered.ok) throw new Error(entered.reason)
    expect([await isSomebody(cookieIn(entered.headers)), await isSomebody(pending.cookie)]).toEqual([true, false])
    expect(await tryCode(await phone(actor, 1))).toEqual({ ok: false, reason: 'late' })
    const again = await enter('profesional_sig')
    const used = await enterWithCode(asked(again.cookie, 'POST'), on(), await phone(actor, 1))
    expect(used).toEqual({ ok: false, reason: 'code_wrong' })
    const recovered = async (cookie: string, code = recovery[0] ?? '') =>
      (await enterWithCode(asked(cookie, 'POST'), on(), ` ${code.toUpperCase()} `)).ok
    expect(await recovered(again.cookie)).toBe(true)
    expect(await recovered((await enter('profesional_sig')).cookie)).toBe(false)
    expect((await events(actor)).slice(-6)).toEqual([
      ...['session.refused code_wrong', 'session.started', 'session.refused code_wrong'],
      ...['account.recovery_used', 'session.started', 'session.refused code_wrong'],
    ])
  })

  it('is asked for the code when signing, once for each, and is let try ten times', async () => {
    const { actor } = await enrol('direccion_tic')
    const { cookie } = await enter('direccion_tic')
    const code = await phone(actor, 1)
    const entered = await enterWithCode(asked(cookie, 'POST'), on(), code)
    if (!entered.ok) throw new Error(entered.reason)
    const request = asked(cookieIn(entered.headers), 'POST')
    moveClock(6 * 60_000)
    const prove = async (typed: string) => {
      const form = new FormData()
      form.set('clave', DEMO_PASSWORD)
      form.set('codigo', typed)
      const context = on()
      const proof = await provedBy(request, context, await requireActor(request, context), form)
      return proof.ok ? 'proved' : proof.message
    }
    expect(await prove('')).toBe(decisionText.codeMissing)
    expect(await prove(code)).toBe(decisionText.codeWrong)
    const next = await phone(actor)
    expect(await prove(next)).toBe('proved')
    moveClock(12 * 60_000)
    for (let tries = 0; tries < 10; tries++) expect(await prove('000000')).toBe(decisionText.codeWrong)
    expect(await prove(await phone(actor))).toBe(decisionText.passwordThrottled)
  })
})

describe('the pages, without a script', () => {
  const factorPage = pageOf(factorRoute, 'cuenta/segundo-factor')
  const accountPage = pageOf(accountRoute, 'cuenta')
  const open = async (page: typeof factorPage, path: string, cookie: string, form?: Record<string, string>) => {
    const init = form ? { method: 'POST', body: new URLSearchParams(form) } : {}
    const answer = await page(new Request(`${HOME}${path}`, { ...init, headers: { cookie } }), on())
    return { status: answer.status, html: await answer.text() }
  }

  it('show the key as a picture and by hand, the recovery codes in one answer, and the sessions', async () => {
    const { cookie } = await enter('control_interno')
    const actor = await requireActor(asked(cookie), on())
    const path = '/cuenta/segundo-factor'
    const send = (form: Record<string, string>) => open(factorPage, path, cookie, form)
    expect((await send({ formulario: 'empezar' })).status).toBe(302)
    const begun = await open(factorPage, path, cookie)
    expect(begun.html).toMatch(/<svg class="qr" role="img" aria-label="[^"]+"/)
    expect(begun.html).toMatch(/<code class="breakable">([A-Z2-7]{4} ?){8}<\/code>/)
    expect((await send({ formulario: 'confirmar', codigo: '12' })).status).toBe(422)
    const confirmed = await send({ formulario: 'confirmar', codigo: await phone(actor) })
    expect(confirmed.html.match(/<code>([a-z2-7]{4} ?){4}<\/code>/g)).toHaveLength(10)
    const after = await open(factorPage, path, cookie)
    expect(after.html).not.toMatch(/<svg class="qr"|<code>/)
    expect(after.html).toContain('Le quedan 10 códigos de recuperación sin usar.')
    const account = await open(accountPage, '/cuenta', cookie)
    expect(account.html).toContain('Esta sesión')
    expect((await open(accountPage, '/cuenta', cookie, { formulario: 'clave', nueva: 'corta' })).status).toBe(422)
  })
})

describe('an entity that asks for a second factor', () => {
  const ask = (isRequired: boolean) =>
    withEntity(owner, entityId, (trx) =>
      trx.updateTable('entity').set({ second_factor_required: isRequired }).where('id', '=', entityId).execute(),
    )

  it('lets nobody sign or administer without it, however lately they gave the password', async () => {
    const { cookie } = await enter('administracion')
    await ask(true)
    const request = asked(cookie, 'POST')
    const actor = await requireActor(request, on())
    expect(isProofRecent(actor)).toBe(false)
    const form = new FormData()
    form.set('clave', DEMO_PASSWORD)
    expect(await provedBy(request, on(), actor, form)).toEqual({ ok: false, message: decisionText.factorMissing })
    const sent = await requireAdministrator(request, on()).catch((thrown: Response) => thrown.headers.get('Location'))
    expect(sent).toBe('/cuenta/segundo-factor')
    await own.beginOwnFactor(on(), actor)
    await own.confirmOwnFactor(on(), actor, await phone(actor))
    const ready = await requireAdministrator(request, on())
    expect([ready.hasFactor, isProofRecent(ready)]).toEqual([true, true])
    await ask(false)
  })
})

describe('one’s own sessions', () => {
  it('are listed with this one first, and end one by one, all others, or with a new password', async () => {
    const all = [await enter('alcaldia'), await enter('alcaldia'), await enter('alcaldia')].map(({ cookie }) => cookie)
    const [here = '', ...others] = all
    const actor = await requireActor(asked(here), on())
    const sessions = await own.listOwnSessions(on(), actor)
    expect(sessions.map(({ isThis }) => isThis)).toEqual([true, false, false])
    const living = async () => await Promise.all([here, ...others].map(isSomebody))
    const other = await requireActor(asked(others[0] ?? ''), on())
    await own.endOtherSessions(on(), actor, other.sessionId)
    expect(await living()).toEqual([true, false, true])
    // A session of somebody else is none of one's own.
    const stranger = await enter('profesional_ogac')
    const theirs = await requireActor(asked(stranger.cookie), on())
    await own.endOtherSessions(on(), actor, theirs.sessionId)
    expect(await isSomebody(stranger.cookie)).toBe(true)
    await own.changeOwnPassword(on(), actor, 'otra-clave-bien-larga')
    expect(await living()).toEqual([true, false, false])
    const before = await signIn(asked(''), on(), { email: emailOf('alcaldia'), password: DEMO_PASSWORD })
    expect(before.ok).toBe(false)
    expect((await events(actor)).filter((type) => type.startsWith('account') || type.includes('elsewhere'))).toEqual([
      ...['session.ended_elsewhere', 'account.password_changed', 'session.ended_elsewhere'],
    ])
  })
})
