/** Signing in with the entity's directory, and proving oneself there again before signing (issue 5, part 11). */
import { randomUUID } from 'node:crypto'
import type { JWTPayload } from 'jose'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { AppContext } from '../../app/context.server.ts'
import * as own from '../../app/own-account.server.ts'
import { provedBy } from '../../app/prove.server.ts'
import * as accountRoute from '../../app/routes/person/account.tsx'
import * as proveRoute from '../../app/routes/person/directory.ts'
import * as startRoute from '../../app/routes/public/directory.ts'
import * as backRoute from '../../app/routes/public/directory-back.ts'
import * as signInRoute from '../../app/routes/public/sign-in.tsx'
import { enterWithCode } from '../../app/second-factor.server.ts'
import { type Actor, findSession, isProofRecent, requireActor } from '../../app/session.server.ts'
import { signIn } from '../../app/sign-in.server.ts'
import { decisionText } from '../../app/text/decisions.ts'
import { directoryText, signInText } from '../../app/text/sign-in.ts'
import { DEMO_ENTITIES, DEMO_PASSWORD } from '../../catalog/demo-users.ts'
import { type Database, openDatabase, withEntity } from '../../db/client.ts'
import { appNow, moveClock } from '../../db/clock.ts'
import { dropDirectoryLink } from '../../db/factor-resets.ts'
import { findFactor } from '../../db/second-factors.ts'
import { demoEntityId } from '../../db/seed.ts'
import { codeAt } from '../../db/totp.ts'
import type { DirectoryRefusal } from '../../domain/directory.ts'
import { stepAt } from '../../domain/second-factor.ts'
import { CLIENT, type Issuer, openIssuer } from '../support/issuer.ts'
import { type SeededProduct, seededProduct } from '../support/lived-in.ts'
import { pageOf } from '../support/route-page.ts'
import { TEST_SECRET } from '../support/services.ts'

const HOME = 'http://localhost:3000'
const entityId = demoEntityId('santamarta')
const emailOf = (duty: string) => DEMO_ENTITIES[0]?.users.find((user) => user.duty === duty)?.email ?? ''

let issuer: Issuer
let product: SeededProduct
let owner: Database
beforeAll(async () => {
  product = await seededProduct(HOME)
  owner = openDatabase(product.database.ownerUrl, { max: 2 })
  issuer = await openIssuer()
}, 120_000)
afterAll(async () => {
  await issuer?.close()
  await owner?.close()
  await product?.close()
})
beforeEach(() => Object.assign(issuer, { person: {}, lie: {}, forges: false, isAway: false }))
afterEach(() => moveClock(0))

/** As of one request, in an installation that names the directory. */
const on = (entity: string | null = '47001'): AppContext => ({
  ...product.context,
  requestId: randomUUID(),
  config: { ...product.context.config, ...named(issuer.url), OIDC_ENTITY: entity ?? undefined },
})
const named = (url: string) => ({ OIDC_ISSUER: url, OIDC_CLIENT_ID: CLIENT.id, OIDC_CLIENT_SECRET: CLIENT.secret })

const PAGES = {
  '/ingresar': pageOf(signInRoute, 'ingresar'),
  '/ingresar/directorio': pageOf(startRoute, 'ingresar/directorio'),
  '/ingresar/directorio/vuelta': pageOf(backRoute, 'ingresar/directorio/vuelta'),
  '/cuenta': pageOf(accountRoute, 'cuenta'),
  '/cuenta/directorio': pageOf(proveRoute, 'cuenta/directorio'),
}

/** A browser: it keeps cookies and follows where it is sent, between the product and the directory. */
class Browser {
  readonly cookies = new Map<string, string>()
  request(path: string, method = 'GET') {
    const cookie = [...this.cookies].map((pair) => pair.join('=')).join('; ')
    return new Request(new URL(path, HOME), { method, headers: { cookie } })
  }
  keep(headers: Headers) {
    for (const one of headers.getSetCookie()) {
      const [name = '', value = ''] = (one.split(';')[0] ?? '').split('=')
      if (value) this.cookies.set(name, value)
      else this.cookies.delete(name)
    }
  }
  async open(path: string, context = on()): Promise<Response> {
    const page = PAGES[new URL(path, HOME).pathname as keyof typeof PAGES]
    const answer = await page(this.request(path), context)
    this.keep(answer.headers)
    return answer
  }
  /** From the product to the directory and back to its callback, whose answer it is. */
  async through(path: string, context = on()): Promise<Response> {
    const back = await this.callback(path, context)
    if (back.startsWith('/')) return new Response(null, { status: 302, headers: { location: back } })
    return await this.open(back, context)
  }
  /** Where the directory sends the browser; where the product sends it when it does not reach the directory. */
  async callback(path: string, context = on()): Promise<string> {
    const away = (await this.open(path, context)).headers.get('location') ?? ''
    if (!away.startsWith(issuer.url)) return away
    return (await fetch(away, { redirect: 'manual' })).headers.get('location') ?? ''
  }
}

const location = (answer: Response) => [answer.status, answer.headers.get('location')]
const personOf = (duty: string): JWTPayload => ({ sub: `dir-${duty}`, email: emailOf(duty), email_verified: true })
const isSomebody = async (browser: Browser) => (await findSession(browser.request('/bandeja'), on())) !== null

async function enter(person: JWTPayload, context = on()): Promise<{ browser: Browser; answer: Response }> {
  const browser = new Browser()
  issuer.person = person
  return { browser, answer: await browser.through('/ingresar/directorio?volver=/bandeja', context) }
}

const refusal = (code: DirectoryRefusal) => [302, `/ingresar?directorio=${code}&volver=%2Fbandeja`]

const eventsOf = (email: string, of = entityId) =>
  withEntity(owner, of, async (trx) => {
    const rows = await trx
      .selectFrom('event')
      .innerJoin('account', 'account.id', 'event.object_id')
      .select(['event.type', 'event.reason_code', 'event.changes'])
      .where('account.email', '=', email)
      .orderBy('event.at')
      .execute()
    return rows.map(({ type, reason_code, changes }) =>
      [type, reason_code, ...(changes as { after: string }[]).map(({ after }) => after)].filter(Boolean).join(' '),
    )
  })

const change = (email: string, set: { disabled_at: Date | null }) =>
  withEntity(owner, entityId, (trx) => trx.updateTable('account').set(set).where('email', '=', email).execute())

describe('whoever the directory lets in', () => {
  it('is in, linked to that person of the directory from the first time on, whatever address they have there later', async () => {
    const { browser, answer } = await enter(personOf('profesional_ogac'))
    expect([location(answer), await isSomebody(browser)]).toEqual([[302, '/bandeja'], true])
    const later = await enter({ sub: 'dir-profesional_ogac', email: 'otro@example.gov.co', email_verified: false })
    expect(location(later.answer)).toEqual([302, '/bandeja'])
    const heir = await enter({ ...personOf('profesional_ogac'), sub: 'otra persona' })
    expect([location(heir.answer), await isSomebody(heir.browser)]).toEqual([refusal('other_subject'), false])
    expect(await eventsOf(emailOf('profesional_ogac'))).toEqual([
      ...['account.directory_linked', 'session.started directory', 'session.started directory'],
      'session.refused directory_other_subject',
    ])
    expect(issuer.asked.at(-1)).toMatchObject({ prompt: null, maxAge: '36000' })
  })

  it('is asked for the code of their second factor, unless the directory says that it asked for one', async () => {
    const duty = 'profesional_sig'
    const { browser } = await enter(personOf(duty))
    const actor = await requireActor(browser.request('/bandeja'), on())
    await own.beginOwnFactor(on(), actor)
    await own.confirmOwnFactor(on(), actor, await phone(actor))
    const again = await enter(personOf(duty))
    expect(location(again.answer)).toEqual([302, '/ingresar/codigo?volver=%2Fbandeja'])
    expect(await isSomebody(again.browser)).toBe(false)
    const entered = await enterWithCode(again.browser.request('/ingresar/codigo', 'POST'), on(), await phone(actor, 1))
    if (!entered.ok) throw new Error(entered.reason)
    again.browser.keep(entered.headers)
    expect(await isSomebody(again.browser)).toBe(true)
    const sure = await enter({ ...personOf(duty), amr: ['pwd', 'otp', 'mfa'] })
    expect(location(sure.answer)).toEqual([302, '/bandeja'])
    const started = (await eventsOf(emailOf(duty))).filter((event) => event.startsWith('session.started'))
    expect(started.map((event) => event.split(' ')[1])).toEqual(['directory', 'directory_code', 'directory_factor'])
  })

  it('is somebody with an open account: nobody else, and nobody any more once it is closed', async () => {
    const stranger = await enter({ sub: 'x', email: 'nadie@example.gov.co', email_verified: true })
    const unverified = await enter({ ...personOf('direccion_tic'), email_verified: false })
    expect([stranger, unverified].map(({ answer }) => location(answer))).toEqual([
      refusal('no_account'),
      refusal('unverified'),
    ])
    const { browser } = await enter(personOf('direccion_tic'))
    expect(await isSomebody(browser)).toBe(true)
    await change(emailOf('direccion_tic'), { disabled_at: appNow() })
    expect(await isSomebody(browser)).toBe(false)
    expect(location((await enter(personOf('direccion_tic'))).answer)).toEqual(refusal('no_account'))
    expect((await eventsOf(emailOf('direccion_tic'))).at(-1)).toBe('session.refused directory_no_account')
  })

  it('is linked anew after the administration took the link away', async () => {
    const email = emailOf('jefatura_ogac')
    await enter(personOf('jefatura_ogac'))
    await withEntity(product.context.db, entityId, async (trx) => {
      const { id: personId } = await trx
        .selectFrom('account')
        .select('person_id as id')
        .where('email', '=', email)
        .executeTakeFirstOrThrow()
      const by = { entityId, personId: personId ?? '', positionId: null }
      await dropDirectoryLink(trx, by, by.personId)
    })
    const anew = await enter({ ...personOf('jefatura_ogac'), sub: 'creada de nuevo' })
    expect(location(anew.answer)).toEqual([302, '/bandeja'])
  })
})

describe('what is not believed', () => {
  const lies: [string, Partial<Issuer>][] = [
    ['of another sign-in', { lie: { nonce: 'otro' } }],
    ['for another client', { lie: { aud: 'otro' } }],
    ['passed on by another client', { lie: { aud: [CLIENT.id, 'otro'], azp: 'otro' } }],
    ['of another directory', { lie: { iss: 'https://otro.example' } }],
    ['that is over', { lie: { exp: 1_700_000_000 } }],
    ['of somebody who signed in there days ago', { lie: { auth_time: 1_700_000_000 } }],
    ['that does not say when', { lie: { auth_time: undefined } }],
    ['under a key that is not the directory’s', { forges: true }],
  ]
  for (const [which, fault] of lies)
    it(`an identity ${which}`, async () => {
      Object.assign(issuer, fault)
      const { browser, answer } = await enter(personOf('jefatura_comunicaciones'))
      expect([location(answer), await isSomebody(browser)]).toEqual([refusal('untrusted'), false])
    })

  it('a callback twice, in another browser, after ten minutes, with another state, or with a refusal', async () => {
    issuer.person = personOf('profesional_ogac')
    const browser = new Browser()
    const late = [302, '/ingresar?directorio=late&volver=%2Finicio']
    const back = await browser.callback('/ingresar/directorio?volver=/bandeja')
    expect(location(await new Browser().open(back))).toEqual(late)
    const { cookies } = browser
    const [name, value] = [...cookies][0] ?? ['', '']
    expect(location(await browser.open(back))).toEqual([302, '/bandeja'])
    browser.cookies.set(name, value)
    expect(location(await browser.open(back))).toEqual(late)
    const slow = new Browser()
    const slowBack = await slow.callback('/ingresar/directorio')
    moveClock(11 * 60_000)
    expect(location(await slow.open(slowBack))).toEqual(late)
    moveClock(0)
    const refused = new Browser()
    const url = new URL(await refused.callback('/ingresar/directorio?volver=/bandeja'))
    url.searchParams.delete('code')
    url.searchParams.set('error', 'access_denied')
    expect(location(await refused.open(url.href))).toEqual(refusal('denied'))
  })

  it('nothing, while the directory is away: the page says so, and a password still lets in', async () => {
    issuer.isAway = true
    // What it says of itself is known for ten minutes; after that it is asked again.
    moveClock(20 * 60_000)
    const browser = new Browser()
    const away = (await browser.through('/ingresar/directorio?volver=/bandeja')).headers.get('location') ?? ''
    expect(away).toBe('/ingresar?directorio=away&volver=%2Fbandeja')
    const page = await (await browser.open(away)).text()
    expect(page).toContain(directoryText.away)
    expect(page).toContain(signInText.directory)
    const email = emailOf('profesional_ogac')
    expect(await signIn(browser.request('/ingresar', 'POST'), on(), { email, password: DEMO_PASSWORD })).toMatchObject({
      ok: true,
    })
  })

  it('any of it, where the installation names no directory', async () => {
    const context = product.context
    expect((await new Browser().open('/ingresar/directorio', context)).status).toBe(404)
    expect(await (await new Browser().open('/ingresar', context)).text()).not.toContain(signInText.directory)
  })
})

describe('with several entities on the installation', () => {
  const [, cali] = DEMO_ENTITIES
  const caliId = demoEntityId('cali')
  const email = cali?.users[0]?.email ?? ''
  const neighbour: JWTPayload = { sub: 'dir-vecina', email, email_verified: true }

  it('the directory of one opens no account of another, linked or not, and the other one’s record tells it', async () => {
    const { browser, answer } = await enter(neighbour)
    expect([location(answer), await isSomebody(browser)]).toEqual([refusal('no_account'), false])
    expect(await eventsOf(email, caliId)).toEqual(['session.refused directory_no_account'])
    const theirs = await enter(neighbour, on('76001'))
    expect(location(theirs.answer)).toEqual([302, '/bandeja'])
    expect(location((await enter(neighbour)).answer)).toEqual(refusal('no_account'))
    expect((await eventsOf(email, caliId)).at(-1)).toBe('session.refused directory_no_account')
    expect(location(await theirs.browser.through('/cuenta/directorio'))).toEqual([
      ...[302, '/cuenta?directorio=other_entity'],
    ])
  })

  it('nobody comes in by it, and the page says why, until the installation names which one it is of', async () => {
    for (const entity of [null, '05001']) {
      const asked = issuer.asked.length
      const { browser, answer } = await enter(personOf('profesional_ogac'), on(entity))
      expect([location(answer), await isSomebody(browser)]).toEqual([refusal('entity_unclear'), false])
      expect(issuer.asked.length).toBe(asked)
      const page = await browser.open(answer.headers.get('location') ?? '')
      expect(await page.text()).toContain(directoryText.entity_unclear)
    }
    const back = new Browser()
    issuer.person = personOf('profesional_ogac')
    const begun = await back.callback('/ingresar/directorio?volver=/bandeja')
    expect(location(await back.open(begun, on(null)))).toEqual(refusal('entity_unclear'))
  })
})

describe('before signing', () => {
  const provedIn = async (browser: Browser, typed: Record<string, string> = {}) => {
    const form = new FormData()
    for (const [name, value] of Object.entries(typed)) form.set(name, value)
    const context = on()
    const request = browser.request('/bandeja', 'POST')
    const proof = await provedBy(request, context, await requireActor(request, context), form)
    return proof.ok ? proof.actor.proof : proof.message
  }

  it('whoever came by the directory shows it again who they are, and nobody else in their place', async () => {
    const { browser } = await enter(personOf('secretaria_general'))
    expect(await provedIn(browser)).toBe('directory')
    moveClock(6 * 60_000)
    expect(await provedIn(browser, { clave: DEMO_PASSWORD })).toBe(decisionText.directoryMissing)
    issuer.person = personOf('profesional_ogac')
    expect(location(await browser.through('/cuenta/directorio'))).toEqual([302, '/cuenta?directorio=other_person'])
    issuer.person = personOf('secretaria_general')
    // What the directory remembers is no proof.
    issuer.lie = { auth_time: Math.floor(appNow().getTime() / 1000) - 60 }
    expect(location(await browser.through('/cuenta/directorio'))).toEqual([302, '/cuenta?directorio=untrusted'])
    issuer.lie = {}
    expect(location(await browser.through('/cuenta/directorio'))).toEqual([302, '/cuenta?hecho=directorio'])
    expect(issuer.asked.at(-1)).toMatchObject({ prompt: 'login', maxAge: '0' })
    expect(await provedIn(browser)).toBe('directory')
    expect((await eventsOf(emailOf('secretaria_general'))).slice(-3)).toEqual([
      ...['session.refused directory_other_person', 'session.refused directory_untrusted', 'session.proved directory'],
    ])
  })

  it('a sign-in that the directory only remembered proves nothing for a signature', async () => {
    issuer.lie = { auth_time: Math.floor(appNow().getTime() / 1000) - 3600 }
    const { browser } = await enter(personOf('jefatura_comunicaciones'))
    expect(await isSomebody(browser)).toBe(true)
    expect(isProofRecent(await requireActor(browser.request('/bandeja'), on()))).toBe(false)
  })

  it('whoever came with a password goes on with it, told so before the directory is asked', async () => {
    const email = emailOf('profesional_comunicaciones')
    const browser = new Browser()
    const context = on()
    const entry = await signIn(browser.request('/ingresar', 'POST'), context, { email, password: DEMO_PASSWORD })
    if (!entry.ok) throw new Error(entry.reason)
    browser.keep(entry.headers)
    const actor = await requireActor(browser.request('/bandeja'), on())
    await own.beginOwnFactor(on(), actor)
    await own.confirmOwnFactor(on(), actor, await phone(actor))
    const asked = issuer.asked.length
    const answer = await browser.through('/cuenta/directorio')
    expect(location(answer)).toEqual([302, '/cuenta?directorio=by_password'])
    expect(issuer.asked.length).toBe(asked)
    const page = await (await browser.open('/cuenta?directorio=by_password')).text()
    expect(page).toContain(directoryText.by_password)
    moveClock(7 * 60_000)
    expect(await provedIn(browser, { clave: DEMO_PASSWORD, codigo: await phone(actor, 1) })).toBe('password_code')
  })

  it('whoever has a second factor here types its code too', async () => {
    const { browser } = await enter({ ...personOf('profesional_sig'), amr: ['mfa'] })
    const actor = await requireActor(browser.request('/bandeja'), on())
    moveClock(7 * 60_000)
    expect(await provedIn(browser, { codigo: await phone(actor) })).toBe(decisionText.directoryMissing)
    issuer.person = personOf('profesional_sig')
    expect(location(await browser.through('/cuenta/directorio'))).toEqual([302, '/cuenta?hecho=directorio-codigo'])
    expect(await provedIn(browser)).toBe(decisionText.codeMissing)
    expect(await provedIn(browser, { codigo: await phone(actor) })).toBe('directory_code')
  })
})

/** What the phone shows `later` codes from now. */
async function phone(actor: Actor, later = 0): Promise<string> {
  const factor = await withEntity(owner, entityId, (trx) =>
    findFactor(trx, { accountId: actor.accountId, secret: TEST_SECRET }),
  )
  return codeAt(factor?.key ?? Buffer.alloc(20), stepAt(appNow()) + later)
}
