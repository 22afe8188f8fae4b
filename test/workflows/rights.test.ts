import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { completeRights } from '../../app/commands/complete-rights.server.ts'
import { copyRecords } from '../../app/commands/copy-rights.server.ts'
import { decideRights } from '../../app/commands/decide-rights.server.ts'
import { fileRights } from '../../app/commands/file-rights.server.ts'
import { followRights } from '../../app/commands/follow-rights.server.ts'
import { openRights } from '../../app/commands/open-rights.server.ts'
import type { Actor } from '../../app/session.server.ts'
import { addCalendarDay, previewCalendarDay, removeCalendarDay } from '../../db/calendar-days.ts'
import { findOpenClaim } from '../../db/capture-pages.ts'
import { findCaptureRecord, openAnswers } from '../../db/capture-records.ts'
import { openKey } from '../../db/citizens.ts'
import { openDatabase, withActor, withDocumentCode, withEntity } from '../../db/client.ts'
import { appNow, moveClock } from '../../db/clock.ts'
import { newId } from '../../db/ids.ts'
import { findRights } from '../../db/rights.ts'
import { findRightsReceipt } from '../../db/rights-pages.ts'
import { roleUrl } from '../../db/roles.ts'
import { entityCalendar } from '../../db/terms.ts'
import type { RefusalCode } from '../../domain/refusals.ts'
import { planRightsNotices, type RightsVerdict } from '../../domain/rights.ts'
import type { RightsVerdictInput } from '../../domain/rights-inputs.ts'
import { parseCode } from '../../domain/verification-codes.ts'
import { rightsWorkflowId } from '../../workflows/messages.ts'
import { insertAccessInForce, insertCitizen } from '../support/citizens.ts'
import { openSmtp, type TestSmtp } from '../support/smtp.ts'
import { fastForward } from '../support/temporal.ts'
import { openWorld, type World } from '../support/world.ts'

const DAY_S = 86_400
const SAID = {
  ...{
    quality: 'holder',
    holderName: 'Persona Inventada Canario',
    holderDocumentType: 'CC',
    holderDocument: '1000000777',
  },
  ...{ email: 'canario@example.com', phone: '3000000777', address: '', facts: 'Mi barrio está mal escrito, canario.' },
}

let world: World
let smtp: TestSmtp
let keeper: Actor
let head: Actor
let clerk: Actor
beforeAll(async () => {
  smtp = await openSmtp()
  world = await openWorld({ courier: true, smtpUrl: smtp.url })
  const { config } = world.context
  world.context.publicDb = openDatabase(roleUrl(world.ownerUrl, config.APP_SECRET, 'public'), { max: 2 })
  ;[keeper, head, clerk] = await Promise.all([
    world.actor('profesional_ogac'),
    world.actor('jefatura_ogac'),
    world.actor('atencion'),
  ])
}, 120_000)
afterAll(async () => {
  await world.context.publicDb.close()
  await world.close()
  await smtp.close()
}, 60_000)
afterEach(() => moveClock(0))

async function file(change: Record<string, string> = {}, receiver: Actor | null = null) {
  const typed = { ...SAID, formKey: newId(), entityId: world.entityId, aim: 'correction', ...change }
  const filed = await fileRights(world.context, receiver, typed)
  if (!filed.ok) throw new Error(JSON.stringify(filed.errors))
  await expect.poll(() => statusOf(filed.id), { timeout: 10_000 }).toBe('received')
  return { ...filed, typed }
}

const rows = <T>(read: (trx: Parameters<Parameters<typeof withEntity>[2]>[0]) => Promise<T>): Promise<T> =>
  withEntity(world.owner, world.entityId, read)

const load = async (id: string) => {
  const request = await rows((trx) => findRights(trx, id))
  if (!request) throw new Error('there is no such request')
  return request
}
const statusOf = async (id: string) => (await load(id)).state.status

async function decide(id: string, verdict: RightsVerdict, more: Partial<RightsVerdictInput> = {}, by = keeper) {
  const { state } = await load(id)
  const none = { method: null, denial: null, delivery: null, purposes: [], corrections: [] }
  const said = { ...none, text: 'Como dice la ley y se habló.' }
  const input = { requestId: id, verdict, contentHash: state.contentHash, ...said, ...more }
  return await decideRights(world.context, { ...by, provedAt: appNow() }, input)
}

const codeOf = (work: Promise<unknown>): Promise<RefusalCode | null> =>
  work.then(
    () => null,
    (failure: { code: RefusalCode }) => failure.code,
  )

const eventsOf = (id: string) =>
  rows(async (trx) =>
    (await trx.selectFrom('event').select('type').where('object_id', '=', id).orderBy('at').execute()).map(
      ({ type }) => type,
    ),
  )

const noticesOf = (id: string) =>
  rows((trx) =>
    trx
      .selectFrom('notice')
      .select(['kind', 'duty', 'status'])
      .where('rights_id', '=', id)
      .orderBy('planned_at')
      .orderBy('duty')
      .execute(),
  )

/** Time passes in the workflow and in the application alike. */
async function pass(id: string, days: number, before = 0): Promise<void> {
  moveClock((before + days) * DAY_S * 1000)
  await fastForward(world.temporal.client, rightsWorkflowId(id), days * DAY_S)
}

describe('a request of a citizen about their data', () => {
  it('goes from the public form over the identity to an answer with its receipt', async () => {
    const { id, code, secret, number, typed } = await file({ aim: 'access', facts: '' })
    // The same form again is one request with one secret; other words under its key are refused.
    expect(await fileRights(world.context, null, typed)).toMatchObject({ id, code, secret, number })
    expect(await codeOf(fileRights(world.context, null, { ...typed, phone: '1' }))).toBe('body_differs')
    expect(await codeOf(decide(id, 'attend', { delivery: 'in_person' }))).toBe('unidentified')
    expect(await codeOf(decide(id, 'identify', { method: 'document_shown' }, clerk))).toBe('not_visible')
    await decide(id, 'identify', { method: 'document_shown' })
    const { receiptCode } = await decide(id, 'attend', { delivery: 'in_person' }, head)
    expect(await statusOf(id)).toBe('attended')
    expect(await codeOf(decide(id, 'deny', { denial: 'unfounded', delivery: 'post' }))).toBe('rights_over')
    expect((await eventsOf(id)).filter((type) => type !== 'act.refused')).toEqual([
      ...['rights.filed', 'rights.received', 'rights.identified', 'rights.attended'],
    ])
    const receiptOf = (typedCode: string) => {
      const plain = parseCode(typedCode) ?? ''
      return withDocumentCode(world.context.publicDb, plain, (trx) => findRightsReceipt(trx, plain))
    }
    expect(await receiptOf(code)).toMatchObject({ aim: 'access', status: 'attended', act: null })
    expect(await receiptOf(receiptCode)).toMatchObject({ act: { kind: 'attend', position: head.position.name } })
    expect(await receiptOf('AAAABBBBCCCC')).toBeUndefined()
  })

  it('tells whoever gave an address how it goes, by mail that says nothing of them, and a calendar change moves its day', async () => {
    const { id, code, number } = await file({ aim: 'access', facts: '' })
    const letters = () =>
      smtp.received.filter(({ subject }) => subject.includes(number) && !subject.startsWith('Llegó'))
    const before = (await load(id)).state.dueOn
    const admin = await world.actor('administracion')
    const by = { entityId: world.entityId, personId: admin.personId, positionId: admin.position.id }
    const civic = { day: before ?? '', kind: 'extra', name: 'Día cívico', actReference: 'Decreto 9' } as const
    const preview = await withActor(world.context.db, admin, (trx) => previewCalendarDay(trx, world.entityId, civic))
    expect(preview).toContainEqual(expect.objectContaining({ of: { request: number }, before }))
    await withActor(world.context.db, admin, (trx) => addCalendarDay(trx, by, civic))
    await expect.poll(async () => (await load(id)).state.dueOn, { timeout: 10_000 }).not.toBe(before)
    const { dueOn } = (await load(id)).state
    expect(preview).toContainEqual(expect.objectContaining({ before, after: dueOn }))
    expect(await eventsOf(id)).toContain('rights.term_moved')
    await decide(id, 'identify', { method: 'document_shown' })
    await decide(id, 'extend')
    await decide(id, 'attend', { delivery: 'mail' })
    const news = [`Recibimos su solicitud ${number}`, `Cambió la fecha de respuesta de su solicitud ${number}`]
    const later = [`Se amplió el término de su solicitud ${number}`, `Su solicitud ${number} tiene respuesta`]
    await expect.poll(() => letters().map(({ subject }) => subject), { timeout: 15_000 }).toEqual([...news, ...later])
    for (const { to, text } of letters()) {
      expect(to).toBe(SAID.email)
      expect(text).not.toMatch(/anario|1000000777/)
      expect(text).toContain(`/mis-derechos/${code}`)
    }
    await withActor(world.context.db, admin, (trx) => removeCalendarDay(trx, by, civic.day))
  })

  it('is received at a point by anybody, and answered by whoever answers for data protection', async () => {
    const { id } = await file(
      { quality: 'heir', requesterName: 'Otra Persona', requesterDocumentType: 'CC', requesterDocument: '55' + '5' },
      clerk,
    )
    expect(await codeOf(decide(id, 'forward', {}, clerk))).toBe('not_in_charge')
    expect(await codeOf(openRights(world.context, clerk, id))).toBe('not_in_charge')
    const opened = await openRights(world.context, keeper, id)
    expect(opened.content).toMatchObject({ holderName: SAID.holderName, requesterName: 'Otra Persona' })
    await decide(id, 'forward', { text: 'Se traslada a la Registraduría.' })
    expect((await openRights(world.context, keeper, id)).texts.map(({ kind, text }) => [kind, text])).toEqual([
      ['forward', 'Se traslada a la Registraduría.'],
    ])
    expect((await eventsOf(id)).filter((type) => type === 'rights.opened')).toHaveLength(2)
  })

  it('tells on each day of its term, is extended once before it ends, and escalates at its end', async () => {
    const { id, dueOn } = await file({ aim: 'erasure' })
    await pass(id, 15)
    await decide(id, 'extend')
    expect(await codeOf(decide(id, 'extend', {}, head))).toBe('already_extended')
    const { state } = await load(id)
    expect(Date.parse(state.dueOn ?? '') > Date.parse(dueOn)).toBe(true)
    await pass(id, 60, 15)
    const calendar = await rows((trx) => entityCalendar(trx, world.entityId))
    const term = { start: dueOn, dueDate: state.dueOn ?? '' }
    const now = appNow().toISOString()
    const expected = planRightsNotices(term, calendar)
      .filter(({ at }) => at <= now)
      .flatMap(({ code, kind }) =>
        kind === 'expiry' ? [`${code} in_charge`, `${code} superior`] : [`${code} in_charge`],
      )
    expect(expected.length).toBeGreaterThan(6)
    const sent = async () =>
      (await noticesOf(id)).flatMap(({ kind, duty, status }) => (status === 'sent' ? [`${kind} ${duty}`] : []))
    await expect.poll(sent, { timeout: 15_000 }).toEqual(expected)
    const told = await rows((trx) =>
      trx.selectFrom('mail').select(['person_id', 'subject', 'body']).where('link', 'like', `%${id}`).execute(),
    )
    expect(
      told.some(({ person_id, subject }) => person_id === head.personId && subject.startsWith('Aviso: venció')),
    ).toBe(true)
    expect(JSON.stringify(told)).not.toContain('anario')
    await decide(id, 'deny', { denial: 'legal_duty', delivery: 'post', text: 'La ley obliga a conservarlos.' })
    // Nothing is told of what was decided.
    expect((await noticesOf(id)).filter(({ status }) => status === 'planned')).toEqual([])
    const handle = world.temporal.client.workflow.getHandle(rightsWorkflowId(id))
    await handle.result()
    expect(JSON.stringify(await handle.fetchHistory())).not.toMatch(/anario|1000000777/)
  })

  it('waits two months for what is missing, begins its term anew with it, and is given up without it', async () => {
    const completed = await file()
    await decide(completed.id, 'require', { text: 'Falta decir qué barrio es.' })
    expect(await statusOf(completed.id)).toBe('incomplete')
    expect(await codeOf(decide(completed.id, 'extend'))).toBe('rights_incomplete')
    const place = { id: completed.id, entityId: world.entityId, code: completed.code }
    await completeRights(world.context, place, { secret: completed.secret, text: 'Es el barrio Bastidas.' })
    await expect.poll(() => statusOf(completed.id), { timeout: 10_000 }).toBe('received')
    expect(await codeOf(decide(completed.id, 'require', {}, head))).toBe('requirement_late')

    const left = await file()
    await decide(left.id, 'require', { text: 'Falta decir qué barrio es.' })
    await pass(left.id, 70)
    await expect.poll(() => statusOf(left.id), { timeout: 10_000 }).toBe('lapsed')
    expect(
      await codeOf(
        completeRights(world.context, { ...place, id: left.id }, { secret: left.secret, text: 'Tarde ya.' }),
      ),
    ).toBe('nothing_to_complete')
  })

  it('says in a second tab what became of the first, and gives the same again its receipt', async () => {
    const { id } = await file()
    const seen = { method: 'document_shown', text: 'Vi el documento en la ventanilla.' } as const
    const first = await decide(id, 'identify', seen)
    expect(await codeOf(decide(id, 'identify', { ...seen, method: 'call_back' }))).toBe('already_identified')
    expect((await decide(id, 'identify', seen)).receiptCode).toBe(first.receiptCode)
  })

  it('opens only to its secret, and rests after too many tries', async () => {
    const { id, secret, code, number } = await file()
    const place = { id, entityId: world.entityId, code }
    const look = (typed: string) => followRights(world.context, place, typed)
    expect(await look(secret)).toMatchObject({ number, status: 'received', isIdentified: false, receipt: null })
    for (let i = 0; i < 5; i += 1) expect(await codeOf(look('AAAABBBBCCCC'))).toBe('wrong_secret')
    expect(await codeOf(look(secret))).toBe('tries_spent')
    moveClock(16 * 60_000)
    expect(await look(secret)).toMatchObject({ number })
  })

  it('shows, corrects, stops using and erases what the entity keeps of a person', async () => {
    const ring = { secret: world.context.config.APP_SECRET, entityId: world.entityId }
    const by = { personId: clerk.personId, positionId: clerk.position.id }
    const [asked, other] = ['1000000777', '1000000888']
    const [recordId, otherId] = await rows(async (trx) => {
      const grant = await insertAccessInForce(trx, world.entityId, by)
      const made: string[] = []
      for (const number of [asked, other]) made.push(await insertCitizen(trx, ring, { grant, by, number }))
      return made
    })
    const read = (id = recordId ?? '') =>
      rows(async (trx) => {
        const head = await findCaptureRecord(trx, world.entityId, id)
        if (!head) throw new Error('there is no such record')
        return { head, answers: await openAnswers(trx, ring, head) }
      })
    const identified = async (aim: string) => {
      const { id } = await file({ aim, holderDocument: '1.000.000.777' })
      await decide(id, 'identify', { method: 'document_shown' })
      return id
    }
    const delivery = 'in_person' as const

    const access = await identified('access')
    const copied = await copyRecords(world.context, keeper, access)
    expect(copied.map(({ answers }) => answers.identificacion?.numero_documento)).toEqual([asked])
    expect((await eventsOf(recordId ?? '')).filter((type) => type === 'capture.read')).toHaveLength(1)
    // Row-level security, too, closes with the request: nobody without one sees a record.
    const seen = (actor: Actor) =>
      withActor(world.context.db, actor, (trx) => trx.selectFrom('capture_record').select('id').execute())
    expect(await seen(keeper)).toEqual([{ id: recordId }])
    await decide(access, 'attend', { delivery })
    expect(await seen(keeper)).toEqual([])
    expect(await codeOf(copyRecords(world.context, head, access))).toBe('no_record')

    const claim = () => rows((trx) => findOpenClaim(trx, otherId ?? ''))
    await file({ aim: 'access', holderDocument: other as string })
    expect(await claim()).toBeUndefined()
    // From receipt on, before anybody checked who it is (art. 15).
    const { number } = await file({ holderDocument: other as string })
    expect(await claim()).toMatchObject({ number })

    const correction = await identified('correction')
    expect(await codeOf(decide(correction, 'attend', { delivery }))).toBe('corrections_missing')
    const corrections = [{ path: 'identificacion.nombre', typed: 'Nombre Canario Corregido' }]
    await decide(correction, 'attend', { delivery, corrections })
    expect((await read()).answers.identificacion?.nombre).toBe('Nombre Canario Corregido')
    expect((await read(otherId)).head.rev).toBe(1)
    const corrected = await rows((trx) =>
      trx.selectFrom('event').select('changes').where('type', '=', 'capture.corrected').execute(),
    )
    expect(corrected[0]?.changes).toEqual([{ field: 'nombre', before: null, after: null }])

    const withdrawal = await identified('withdrawal')
    expect(await codeOf(decide(withdrawal, 'attend', { delivery }))).toBe('purposes_missing')
    await decide(withdrawal, 'attend', { delivery, purposes: ['caracterizacion'] })
    const used = await rows((trx) =>
      trx
        .selectFrom('consent')
        .select('record_id')
        .where('purpose', '=', 'caracterizacion')
        .where('withdrawn_at', 'is', null)
        .execute(),
    )
    expect(used).toEqual([{ record_id: otherId }])

    const erasure = await identified('erasure')
    await decide(erasure, 'attend', { delivery })
    expect(await codeOf(read())).toBe('citizen_erased')
    expect((await read(otherId)).answers.identificacion?.numero_documento).toBe(other)
    const citizen = await rows((trx) =>
      trx
        .selectFrom('citizen')
        .innerJoin('citizen_tombstone', 'citizen_tombstone.citizen_id', 'citizen.id')
        .select(['citizen.id', 'key_state', 'wrapped_key', 'lookup_hash'])
        .execute(),
    )
    expect(citizen).toMatchObject([{ key_state: 'destroyed', wrapped_key: null, lookup_hash: null }])
    // A late event for whoever was erased makes no key again, in no way.
    expect(await codeOf(rows((trx) => openKey(trx, ring, citizen[0]?.id ?? '')))).toBe('citizen_erased')
    const again = rows((trx) =>
      sql`update citizen set key_state = 'active', wrapped_key = '\\x00', master_key_id = 'x', destroyed_at = null
        where id = ${citizen[0]?.id}`.execute(trx),
    )
    await expect(again).rejects.toMatchObject({ code: 'CZ003' })
    // Earlier requests of theirs open no more; this one until its answer has been delivered for good.
    expect((await openRights(world.context, keeper, correction)).content).toBeNull()
    expect((await openRights(world.context, keeper, erasure)).content).not.toBeNull()
    await pass(erasure, 40)
    await expect.poll(() => eventsOf(erasure), { timeout: 10_000 }).toContain('rights.forgotten')
    expect((await openRights(world.context, keeper, erasure)).content).toBeNull()
    const handle = world.temporal.client.workflow.getHandle(rightsWorkflowId(erasure))
    expect(JSON.stringify(await handle.fetchHistory())).not.toMatch(/anario|1000000777/)
  })

  it('keeps nothing that was typed in the clear', async () => {
    const tables = [
      'rights_request',
      'rights_text',
      'rights_detail',
      'rights_signature',
      'event',
      'act',
      'mail',
      'observation',
    ]
    await rows(async (trx) => {
      for (const table of tables) {
        const found = await trx
          .selectFrom(table as 'event')
          .selectAll()
          .execute()
        expect(JSON.stringify(found)).not.toMatch(/anario|1000000777|Bastidas/)
      }
    })
  })
})
