import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { disableAccess } from '../../app/commands/administer-people.server.ts'
import { finishTenure, registerTenure } from '../../app/commands/administer-tenures.server.ts'

import { askAccessList } from '../../app/commands/ask-access-list.server.ts'
import { decideAccess } from '../../app/commands/decide-access.server.ts'
import { receiveAccessList } from '../../app/commands/receive-access-list.server.ts'
import { requestAccess } from '../../app/commands/request-access.server.ts'
import { loadAccessGrounds } from '../../app/pages/access-grounds.server.ts'
import { loadAccessIndicators } from '../../app/pages/access-indicators.server.ts'
import type { Actor } from '../../app/session.server.ts'
import { eventSentence } from '../../app/text/events.ts'
import { signatureMethod } from '../../catalog/statements.ts'
import { listOpenEndings } from '../../db/access-endings.ts'

import { listAccessListRows } from '../../db/access-lists.ts'
import { withEntity } from '../../db/client.ts'
import { appNow, appToday, moveClock } from '../../db/clock.ts'
import { findGrant, isEligible } from '../../db/grants.ts'
import { newId } from '../../db/ids.ts'
import { listProbes } from '../../db/probes.ts'
import { listRanTerms } from '../../db/ran-terms.ts'
import { listSentNotices } from '../../db/sent-notices.ts'
import { listTimeline } from '../../db/timeline.ts'
import { addDays } from '../../domain/civil-dates.ts'
import type { GrantVerdict, RevocationCause } from '../../domain/grants.ts'
import type { RefusalCode } from '../../domain/refusals.ts'
import { delegationWorkflowId } from '../../workflows/messages.ts'
import { accessListRequest } from '../support/access-lists.ts'
import { type Door, openDoor } from '../support/door.ts'
import { openProduct, type Product } from '../support/lived-in.ts'
import { fastForward } from '../support/temporal.ts'
import { openWorld, type World } from '../support/world.ts'

const LEAD = 'jefatura_ogac'

let world: World
let door: Door
let product: Product
let head: Actor
let clerk: Actor
let lead: Actor
let pointId: string
beforeAll(async () => {
  door = await openDoor()
  world = await openWorld({ courier: true, webUrl: door.url })
  const { ownerUrl, dataDir, temporal } = world
  const where = { ownerUrl, dataDir, temporalAddress: temporal.address, namespace: temporal.namespace }
  product = openProduct({ ...where, url: 'http://localhost:3000' })
  door.serve(product.context)
  ;[head, clerk, lead] = await Promise.all([world.actor('dependencia'), world.actor('atencion'), world.actor(LEAD)])
  pointId = await withEntity(world.owner, world.entityId, async (trx) => {
    const agency = head.position.agencyId
    const row = await trx
      .selectFrom('service_point')
      .select('id')
      .where('agency_id', '=', agency)
      .executeTakeFirstOrThrow()
    return row.id
  })
}, 120_000)
afterAll(async () => {
  await world.close()
  await product.close()
  await door.close()
}, 60_000)
afterEach(() => moveClock(0))

/** Each request of this vigencia is for other days of the year: the same access is asked for once. */
async function ask(change: Record<string, string> = {}, by = head): Promise<string> {
  const today = appToday()
  const asked = await requestAccess(world.context, by, {
    ...{ formKey: newId(), granteeId: clerk.personId, pointId, form: 'F004', startsOn: today },
    ...{ endsOn: `${today.slice(0, 4)}-12-31`, radicado: '202641730100000001', radicadoOn: today },
    ...{ reason: 'Atiende en la ventanilla de la secretaría.', ...change },
  })
  if (!asked.ok) throw new Error(JSON.stringify(asked.errors))
  return asked.grantId
}

async function decide(grantId: string, verdict: GrantVerdict, by: Actor, cause: RevocationCause | null = null) {
  const grant = await load(grantId)
  const input = { grantId, verdict, cause, reason: 'Por lo que dice la comunicación.', accepted: 'si' as const }
  const proved = { ...by, provedAt: appNow() }
  return await decideAccess(world.context, proved, { ...input, contentHash: grant.state.contentHash })
}

async function load(grantId: string) {
  const grant = await withEntity(world.owner, world.entityId, (trx) => findGrant(trx, grantId))
  if (!grant) throw new Error('there is no such access')
  return grant
}

const statusOf = async (grantId: string) => (await load(grantId)).state.status

const codeOf = (work: Promise<unknown>): Promise<RefusalCode | null> =>
  work.then(
    () => null,
    (failure: { code: RefusalCode }) => failure.code,
  )

async function rows<T>(read: (trx: Parameters<Parameters<typeof withEntity>[2]>[0]) => Promise<T>): Promise<T> {
  return await withEntity(world.owner, world.entityId, read)
}

const eventsOf = (grantId: string) =>
  rows(async (trx) =>
    (await trx.selectFrom('event').select('type').where('object_id', '=', grantId).orderBy('at').execute()).map(
      ({ type }) => type,
    ),
  )

const probesOf = (grantId: string) =>
  rows(async (trx) => [
    ...new Set((await listProbes(trx, grantId)).map(({ moment, outcome }) => `${moment}: ${outcome}`)),
  ])

const mailsAbout = (grantId: string) =>
  rows(async (trx) =>
    (
      await trx
        .selectFrom('mail')
        .select(['subject', 'person_id'])
        .where('link', 'like', `%${grantId}`)
        .orderBy('written_at')
        .execute()
    ).map(({ subject, person_id }) => [subject.replace(/AD-\d{4}-\d{4}/, 'AD'), person_id]),
  )

/** Time passes in the workflow and in the application alike. */
async function pass(grantId: string, seconds: number): Promise<void> {
  moveClock(seconds * 1000)
  await fastForward(world.temporal.client, delegationWorkflowId(grantId), seconds)
}

describe('a delegated access', () => {
  it('goes from the head of an organismo over its person to whoever leads the process, and is revoked at once', async () => {
    const grantId = await ask()
    expect(await statusOf(grantId)).toBe('asked')
    expect(await codeOf(decide(grantId, 'grant', lead))).toBe('duty_unaccepted')
    await decide(grantId, 'accept', clerk)
    await decide(grantId, 'grant', { ...lead, proof: 'directory_code' })
    expect(await statusOf(grantId)).toBe('granted')
    await expect.poll(() => probesOf(grantId), { timeout: 10_000 }).toEqual(['begun: allowed'])
    await decide(grantId, 'revoke', head, 'transfer')
    expect(await statusOf(grantId)).toBe('revoked')
    const proven = ['begun: allowed', 'before: allowed', 'after: denied']
    await expect.poll(() => probesOf(grantId), { timeout: 10_000 }).toEqual(proven)
    expect(await eventsOf(grantId)).toEqual([
      'access.asked',
      'act.refused',
      'access.accepted',
      'access.granted',
      // The door, the page of its form and its export, when it begins, before its end and after it.
      ...['access.began', ...Array(6).fill('access.probed')],
      ...['access.revoked', ...Array(3).fill('access.probed')],
    ])
    const signed = await rows((trx) =>
      trx.selectFrom('access_signature').select(['kind', 'position_name', 'method']).orderBy('signed_at').execute(),
    )
    expect(signed.map(({ kind, position_name }) => `${kind}: ${position_name}`)).toEqual([
      'ask: Secretaría de Salud',
      'accept: Auxiliar de ventanilla de Salud',
      'grant: Jefatura OGAC',
      'revoke: Secretaría de Salud',
    ])
    const proofs = [null, null, 'directory_code', 'password']
    expect(signed.map(({ method }) => method)).toEqual(proofs.map(signatureMethod))
    expect(await mailsAbout(grantId)).toEqual([
      ['Acepte el compromiso del acceso AD', clerk.personId],
      ['El acceso AD espera su decisión', lead.personId],
      ['Se aprobó el acceso AD', clerk.personId],
      ['Se aprobó el acceso AD', head.personId],
      ['Se revocó el acceso AD', clerk.personId],
      ['Se revocó el acceso AD', head.personId],
    ])
  })

  it('asks nobody twice for the commitment of a vigencia', async () => {
    const grantId = await ask({ form: 'F006' })
    expect(await statusOf(grantId)).toBe('accepted')
    await decide(grantId, 'deny', lead)
    expect(await statusOf(grantId)).toBe('denied')
  })

  it('is refused with its event to whoever has no right, and to whoever asks for themselves or twice', async () => {
    const grantId = await ask()
    expect(await codeOf(decide(grantId, 'grant', await world.actor('profesional_tic')))).toBe('not_visible')
    expect(await codeOf(decide(grantId, 'grant', clerk))).toBe('not_in_charge')
    expect(await codeOf(decide(grantId, 'accept', head))).toBe('not_the_grantee')
    expect(await codeOf(ask())).toBe('access_held')
    expect(await codeOf(ask({ granteeId: head.personId }))).toBe('self_request')
    expect(await codeOf(ask({}, clerk))).toBe('not_in_charge')
    const refused = await rows((trx) =>
      trx.selectFrom('event').select('reason_code').where('type', '=', 'act.refused').orderBy('at').execute(),
    )
    expect(refused.slice(-6).map((row) => row.reason_code)).toEqual([
      'not_visible',
      'not_in_charge',
      'not_the_grantee',
      'access_held',
      'self_request',
      'not_in_charge',
    ])
    await decide(grantId, 'withdraw', head)
    expect(await statusOf(grantId)).toBe('withdrawn')
  })

  it('answers the same receipt when the same form arrives ten times at once', async () => {
    const grantId = await ask()
    const receipts = await Promise.all(Array.from({ length: 10 }, () => decide(grantId, 'grant', lead)))
    expect(new Set(receipts.map((receipt) => receipt.receiptCode)).size).toBe(1)
    expect((await eventsOf(grantId)).filter((type) => type === 'access.granted')).toHaveLength(1)
    await decide(grantId, 'revoke', lead, 'incident')
  })
})

describe('a delegated access whose ground is gone (D4)', () => {
  const admin = () => world.actor('administracion')
  const whoEnded = (grantId: string) =>
    rows((trx) =>
      trx
        .selectFrom('event')
        .select(['actor_person', 'reason_code'])
        .where('object_id', '=', grantId)
        .where('type', '=', 'access.revoked')
        .executeTakeFirst(),
    )
  const granted = async () => {
    const grantId = await ask()
    await decide(grantId, 'grant', lead)
    await expect.poll(async () => (await load(grantId)).hasBegun, { timeout: 10_000 }).toBe(true)
    return grantId
  }
  const lets = (grantId: string) => rows((trx) => isEligible(trx, grantId))

  it('lets nobody in from the moment an account is closed, and is revoked by whoever closed it', async () => {
    const grantId = await granted()
    const by = await admin()
    expect((await disableAccess(world.context, by, { personId: clerk.personId })).ok).toBe(true)
    expect(await lets(grantId)).toBe(false)
    await rows((trx) =>
      trx.updateTable('account').set({ disabled_at: null }).where('person_id', '=', clerk.personId).execute(),
    )
    // Open again: what was ordered stands all the same (D5).
    expect(await lets(grantId)).toBe(false)
    await expect.poll(() => statusOf(grantId), { timeout: 10_000 }).toBe('revoked')
    expect(await whoEnded(grantId)).toEqual({ actor_person: by.personId, reason_code: 'account_lost' })
    await expect.poll(async () => (await probesOf(grantId)).at(-1), { timeout: 10_000 }).toBe('after: denied')
  })

  it('ends the day after a tenure does, and stays with who is named again in the organismo', async () => {
    const grantId = await granted()
    const by = await admin()
    const today = appToday()
    const tenureId = clerk.position.tenureId
    const act = { actReference: 'Resolución 12' }
    expect((await finishTenure(world.context, by, { id: tenureId, on: today, ...act })).ok).toBe(true)
    const open = await rows((trx) => listOpenEndings(trx, grantId))
    expect(open.map(({ cause, effectiveOn }) => [cause, effectiveOn])).toEqual([['contract_end', addDays(today, 1)]])
    expect(await lets(grantId)).toBe(true)
    const again = { personId: clerk.personId, positionId: clerk.position.id, kind: 'titular', to: '', ...act }
    const named = await registerTenure(world.context, by, { ...again, from: addDays(today, 1) })
    if (!named.ok) throw new Error(JSON.stringify(named.problems))
    moveClock(24 * 3_600_000)
    await expect.poll(() => rows((trx) => listOpenEndings(trx, grantId)), { timeout: 10_000 }).toEqual([])
    expect([await statusOf(grantId), await lets(grantId)]).toEqual(['granted', true])
    expect((await finishTenure(world.context, by, { id: named.saved.id, on: addDays(today, 1), ...act })).ok).toBe(true)
    moveClock(48 * 3_600_000)
    await expect.poll(() => statusOf(grantId), { timeout: 10_000 }).toBe('revoked')
    expect(await whoEnded(grantId)).toEqual({ actor_person: by.personId, reason_code: 'contract_end' })
    moveClock(0)
    await rows((trx) => trx.updateTable('tenure').set({ to_date: null }).where('id', '=', tenureId).execute())
  })
})

describe('whoever asks why', () => {
  const asked = (by: Actor, personId = by.personId) =>
    loadAccessGrounds(
      world.context,
      by,
      new URLSearchParams({ persona: personId, punto: pointId, formulario: 'F004' }),
    ).then(({ answer }) => answer)
  const undelegated = async () => {
    const found = await loadAccessIndicators(world.context, lead, new URLSearchParams())
    const { numerator, denominator, isMet } = found.indicators[0] ?? {}
    return [numerator, denominator, isMet]
  }
  const setDisabled = (at: Date | null) =>
    rows((trx) => trx.updateTable('account').set({ disabled_at: at }).where('person_id', '=', clerk.personId).execute())

  it('is told the rule, the access, the act, its end and who can change it, as the record judges it', async () => {
    expect(await asked(clerk)).toMatchObject({ letsIn: false, by: null, leads: ['Jefatura OGAC'] })
    const grantId = await ask()
    await decide(grantId, 'grant', lead)
    for (const answer of [await asked(clerk), await asked(head, clerk.personId)])
      expect(answer).toMatchObject({
        letsIn: true,
        by: {
          id: grantId,
          givenBy: 'Jefatura OGAC',
          receiptCode: expect.any(String),
          endsOn: `${appToday().slice(0, 4)}-12-31`,
        },
        heads: ['Secretaría de Salud'],
      })
    expect(await undelegated()).toEqual([0, 1, true])
    await setDisabled(appNow())
    const closed = await asked(lead, clerk.personId)
    expect([closed?.letsIn, await rows((trx) => isEligible(trx, grantId))]).toEqual([false, false])
    expect(closed?.grants[0]?.grounds.filter(({ holds }) => !holds)).toEqual([{ ground: 'account', holds: false }])
    expect(await undelegated()).toEqual([1, 1, false])
    await setDisabled(null)
    await decide(grantId, 'revoke', lead, 'incident')
    expect((await asked(clerk))?.letsIn).toBe(false)
    const hours = (await loadAccessIndicators(world.context, lead, new URLSearchParams())).indicators.at(-1)
    expect(hours).toMatchObject({ code: 'revocation_hours', isMet: true })
  })

  it('gets no answer about others but from what they may read', async () => {
    const stranger = await world.actor('profesional_tic')
    await expect(asked(stranger, clerk.personId)).rejects.toMatchObject({ status: 404 })
    await expect(asked(await world.actor('direccion_tic'), clerk.personId)).rejects.toMatchObject({ status: 404 })
    await expect(asked(lead, (await world.actor('atencion', 'cali')).personId)).rejects.toMatchObject({ status: 404 })
    expect(await asked(stranger)).toMatchObject({ letsIn: false, grants: [] })
    await expect(loadAccessIndicators(world.context, stranger, new URLSearchParams())).rejects.toMatchObject({
      code: 'area_closed',
    })
  })
})

describe('a list of requests', () => {
  const accountOf = (personId: string) =>
    rows(
      async (trx) =>
        (await trx.selectFrom('account').select('email').where('person_id', '=', personId).executeTakeFirstOrThrow())
          .email,
    )
  const point = 'Ventanilla de la Secretaría de Salud'

  const sent = (rows: string[][], by = head, formKey: string = newId()) =>
    receiveAccessList(world.context, by, accessListRequest(rows, { formKey }))
  const listed = (id: string) => rows((trx) => listAccessListRows(trx, id))
  const refusals = () =>
    rows(async (trx) =>
      (
        await trx
          .selectFrom('event')
          .select(['reason_code', 'changes'])
          .where('type', '=', 'act.refused')
          .orderBy('at')
          .execute()
      ).map(({ reason_code, changes }) => [reason_code, ...(changes as { after: string }[]).map(({ after }) => after)]),
    )

  it('asks for each row as a single request would, and says of every other why not', async () => {
    const [mine, theirs] = [await accountOf(head.personId), await accountOf(clerk.personId)]
    const year = Number(appToday().slice(0, 4)) + 1
    const [from, to] = [`01/03/${year}`, `31/12/${year}`]
    const lines = [
      ...[
        [theirs, point, 'F004', from, to],
        [theirs, point.toUpperCase(), 'natural', from, to],
      ],
      ...[
        ['nadie@demo.test', point, 'F004', from, to],
        [mine, point, 'F004', from, to],
      ],
      ...[
        [theirs, 'Otro punto', 'F006', from, to],
        [theirs, point, 'F006', '01/02/2020', '31/12/2020'],
      ],
      ...[
        [theirs, point, 'F006', from, `01/01/${year + 1}`],
        [theirs, point, '', from, to],
        ['', '', '', '', ''],
      ],
    ]
    const formKey = newId()
    const received = await sent(lines, head, formKey)
    expect(await sent(lines, head, formKey)).toEqual(received)
    expect(received.ok).toBe(true)
    const { listId } = received as { listId: string }
    const faults = [
      ...[null, 'row_repeated', 'account_unknown', 'self_request', 'point_unknown', 'access_start_past'],
      ...['access_beyond_vigencia', 'capture_form_missing'],
    ]
    expect((await listed(listId)).map(({ fault, outcome }) => [fault, outcome])).toEqual(
      faults.map((one) => [one, null]),
    )
    const before = (await refusals()).length
    await askAccessList(world.context, head, listId)
    await askAccessList(world.context, head, listId)
    const after = await listed(listId)
    expect(after.map(({ outcome, code }) => [outcome, code])).toEqual(
      faults.map((code) => [code === null ? 'asked' : 'refused', code]),
    )
    expect((await refusals()).slice(before)).toEqual([
      ...[['row_repeated'], ['account_unknown'], ['self_request'], ['point_unknown']],
      ...[
        ['access_input', 'access_start_past'],
        ['access_input', 'access_beyond_vigencia'],
      ],
      ['access_input', 'capture_form_missing'],
    ])
    const grantId = after[0]?.grantId ?? ''
    expect(['asked', 'accepted']).toContain(await statusOf(grantId))
    const kept = await rows((trx) => trx.selectFrom('access_list_row').selectAll().execute())
    expect(JSON.stringify(kept)).not.toContain(theirs)
    await expect(askAccessList(world.context, clerk, listId)).rejects.toMatchObject({ code: 'not_visible' })
    await decide(grantId, 'withdraw', head)
  })

  it('that cannot be read asks for nothing, and leaves one refusal that says why', async () => {
    const row = ['x', point, 'F004', '01/01/2027', '31/12/2027']
    const faultOf = async (rows: string[][], header?: string[]) => {
      const received = await receiveAccessList(world.context, head, accessListRequest(rows, header && { header }))
      return received.ok ? null : received.file
    }
    const missing = { fault: 'columns', missing: ['who', 'form', 'startsOn', 'endsOn'] }
    expect(await faultOf([['a', 'b']], ['Nombre', 'Punto'])).toMatchObject(missing)
    expect(await faultOf(Array(10_000).fill(row))).toMatchObject({ fault: 'too_long' })
    expect(await faultOf(Array(151).fill(row))).toMatchObject({ fault: 'too_long' })
    expect((await refusals()).slice(-3)).toEqual([
      ['list_unread', 'columns'],
      ['list_unread', 'too_long'],
      ['list_unread', 'too_long'],
    ])
    await expect(sent([row], clerk)).rejects.toMatchObject({ code: 'not_in_charge' })
  })
})

describe('a delegated access of next year', () => {
  const nextYear = () => Number(appToday().slice(0, 4)) + 1
  const until = (day: string) => (Date.parse(`${day}T00:05:00-05:00`) - appNow().getTime()) / 1000

  it('begins on its day, tells 15, 5 and 1 working days before its end, and expires', async () => {
    const year = nextYear()
    const grantId = await ask({ startsOn: `${year}-01-01`, endsOn: `${year}-12-31` })
    await decide(grantId, 'accept', clerk)
    await decide(grantId, 'grant', lead)
    const [begin, over] = [until(`${year}-01-02`), until(`${year + 1}-01-02`)]
    expect((await load(grantId)).hasBegun).toBe(false)
    await pass(grantId, Math.ceil(begin))
    await expect.poll(async () => (await load(grantId)).hasBegun, { timeout: 10_000 }).toBe(true)
    moveClock(Math.ceil(over) * 1000)
    await fastForward(world.temporal.client, delegationWorkflowId(grantId), Math.ceil(over - begin))
    expect(await statusOf(grantId)).toBe('expired')
    await expect.poll(() => probesOf(grantId), { timeout: 10_000 }).toEqual(['begun: allowed', 'after: denied'])
    const { rows: history } = await rows((trx) => listTimeline(trx, { kind: 'grant', id: grantId }))
    expect(history.filter(({ type }) => type === 'notice.sent')).toHaveLength(6)
    expect(history.map(eventSentence).join(' ')).toContain('del acceso AD-')
    expect(history.at(-1)?.type).toBe('access.asked')
    const told = await rows((trx) =>
      listSentNotices(trx, { entityId: world.entityId, kind: 'grant', id: grantId, path: `/accesos/${grantId}` }),
    )
    expect(told.rows.filter(({ kind }) => kind === null).map(({ subject }) => subject?.split(' ')[0])).toEqual(
      expect.arrayContaining(['Acepte', 'El', 'Se', 'Terminó']),
    )
    expect(told.rows.filter(({ duty }) => duty === 'grantee')).toHaveLength(3)
    const [term] = (await rows((trx) => listRanTerms(trx, { entityId: world.entityId, kind: 'grant', id: grantId })))
      .rows
    expect(term).toMatchObject({ dueOn: `${year}-12-31`, endedOn: `${year}-12-31`, ending: 'done', unit: 'civil' })
    const ending = (await mailsAbout(grantId)).filter(([subject]) => String(subject).includes('termina el'))
    expect(ending.map(([, person]) => person)).toEqual([
      ...[clerk.personId, head.personId, clerk.personId, head.personId, clerk.personId, head.personId],
    ])
  })

  it('that nobody decided in time ends as such, and never as an access that was', async () => {
    const year = nextYear()
    const grantId = await ask({ startsOn: `${year}-02-01`, endsOn: `${year}-02-27`, form: 'F006' })
    await pass(grantId, Math.ceil(until(`${year}-02-28`)))
    expect([await statusOf(grantId), (await eventsOf(grantId)).at(-1)]).toEqual(['unanswered', 'access.unanswered'])
  })

  it('does not begin for somebody who has left meanwhile', async () => {
    const year = nextYear()
    const grantId = await ask({ startsOn: `${year}-01-01`, endsOn: `${year}-12-31`, form: 'F006' })
    await decide(grantId, 'grant', lead)
    const ended_on = addDays(appToday(), 1)
    const setEnd = (to: string | null) =>
      rows((trx) => trx.updateTable('person').set({ ended_on: to }).where('id', '=', clerk.personId).execute())
    await setEnd(ended_on)
    await pass(grantId, Math.ceil(until(`${year}-01-02`)))
    expect(await statusOf(grantId)).toBe('lapsed')
    await setEnd(null)
  })
})
