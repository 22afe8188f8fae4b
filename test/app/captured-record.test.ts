/** What follows from a record captured at a window: the citizen's receipt by mail, and who may know why they see it. */
import { sql } from 'kysely'
import pino from 'pino'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { deliverMail } from '../../activities/deliver-mail.ts'
import type { Tools } from '../../activities/tools.ts'
import { beginCapture } from '../../app/commands/begin-capture.server.ts'
import { recordCitizen } from '../../app/commands/record-citizen.server.ts'
import { saveCapturePage } from '../../app/commands/save-capture-page.server.ts'
import type { AppContext } from '../../app/context.server.ts'
import { loadAccessGrounds } from '../../app/pages/access-grounds.server.ts'
import { DEMO_CITIZENS } from '../../catalog/demo/citizens.ts'
import { type Trx, withEntity } from '../../db/client.ts'
import { appNow, appToday } from '../../db/clock.ts'
import { dropCitizen } from '../../db/erasures.ts'
import { newId } from '../../db/ids.ts'
import type { Purpose } from '../../domain/capture-forms.ts'
import * as acts from '../../scripts/demonstration/acts.ts'
import { type Delegate, type Desk, openDesk } from '../support/capture.ts'
import { openSmtp, type TestSmtp } from '../support/smtp.ts'

const EMAIL = 'persona.inventada@example.com'
const PERSON = 'Persona Inventada'
const NUMBER = 'PA9007123'

let desk: Desk
let clerk: Delegate
let grantId: string
let smtp: TestSmtp
let tools: Tools
let context: AppContext

beforeAll(async () => {
  desk = await openDesk()
  clerk = await desk.delegate('atencion')
  grantId = await desk.grant(clerk, { point: 1 })
  smtp = await openSmtp()
  const own = { publicUrl: 'https://caracteriza.prueba.gov.co', dataDir: '', mailFrom: 'pruebas@localhost' }
  tools = { ...own, database: desk.worker, secret: desk.secret, smtpUrl: smtp.url }
  const config = { APP_SECRET: desk.secret, PUBLIC_URL: own.publicUrl }
  context = { db: desk.web, requestId: 'prueba', config, log: pino({ level: 'silent' }) } as unknown as AppContext
}, 120_000)
afterEach(() => {
  smtp.received = []
})
afterAll(async () => {
  await smtp?.close()
  await desk?.close()
})

const asOwner = <T>(work: (trx: Trx) => Promise<T>) => withEntity(desk.owner, desk.entityId, work)
const actor = (duty = 'atencion') => acts.actorOf(context, desk.entityId, duty)
let citizens = 0

/** A citizen captured through the product's own commands, who gave an address where `more` says that they authorised it. */
async function captured(more: Purpose[]): Promise<string> {
  const origin = { mode: 'online', paper: null, network: 'remi', networkBasis: 'declared' } as const
  const given: Purpose[] = ['caracterizacion', ...more]
  const begun = await beginCapture(context, await actor(), {
    formKey: newId(),
    grantId,
    given,
    channel: 'oral',
    origin,
  })
  if (!('draftId' in begun)) throw new Error('no draft')
  citizens += 1
  const answers = {
    ...DEMO_CITIZENS[1]?.answers,
    identificacion: { tipo_documento: 'PA', numero_documento: `${NUMBER}${citizens}`, nombre: PERSON },
    ...(more.includes('contacto') && { contacto: { correo: EMAIL, telefono: '3000000777' } }),
  }
  for (const [page, said] of Object.entries(answers)) {
    const entries = Object.entries(said).flatMap(([field, value]) =>
      [value].flat().map((one): [string, string] => [`${page}.${field}`, one]),
    )
    const { draftId } = begun
    const faults = await saveCapturePage(context, await actor(), { draftId, page, entries, isGoingBack: false })
    if (faults.length > 0) throw new Error(JSON.stringify(faults))
  }
  return (await recordCitizen(context, await actor(), begun.draftId)).recordId
}

const mailOf = (recordId: string) =>
  asOwner((trx) => trx.selectFrom('mail').selectAll().where('record_id', '=', recordId).orderBy('id').execute())
const recordOf = (id: string) =>
  asOwner((trx) =>
    trx.selectFrom('capture_record').select(['code', 'citizen_id']).where('id', '=', id).executeTakeFirstOrThrow(),
  )

describe('the receipt of a citizen', () => {
  it('reaches once the address they gave, which stands nowhere in the clear, with nothing they said', async () => {
    const recordId = await captured(['contacto'])
    expect(JSON.stringify(await mailOf(recordId))).not.toMatch(new RegExp(`${EMAIL}|${PERSON}|${NUMBER}`))
    await Promise.all([deliverMail(tools), deliverMail(tools)])
    await deliverMail(tools)
    expect(smtp.received).toHaveLength(1)
    const [letter] = smtp.received
    const [row] = await mailOf(recordId)
    expect(letter).toMatchObject({ to: EMAIL, messageId: row?.message_id })
    expect(letter?.subject).toBe(`Constancia de registro ${(await recordOf(recordId)).code}`)
    expect(letter?.text.match(/https?:\S+/g)).toEqual(['https://caracteriza.prueba.gov.co/mis-derechos'])
    expect(`${letter?.subject} ${letter?.text}`).not.toMatch(new RegExp(`${EMAIL}|${PERSON}|${NUMBER}|3000000777`))
    expect(row).toMatchObject({ status: 'sent', attempts: 1 })
    expect(JSON.stringify(await mailOf(recordId))).not.toMatch(new RegExp(`${EMAIL}|${PERSON}|${NUMBER}`))
  })

  it('is not even written for whoever did not authorise to be written to', async () => {
    expect(await mailOf(await captured([]))).toEqual([])
  })

  it.each([
    [
      'took that back',
      (recordId: string) =>
        asOwner((trx) =>
          sql`update consent set withdrawn_at = app_now() where record_id = ${recordId} and purpose = 'contacto'`.execute(
            trx,
          ),
        ),
    ],
    [
      'was erased',
      async (recordId: string) => {
        const { citizen_id: citizenId } = await recordOf(recordId)
        const cause = { entityId: desk.entityId, cause: null, at: appNow() }
        return await asOwner((trx) => dropCitizen(trx, citizenId, cause))
      },
    ],
  ])('is not sent any more to whoever %s before it left, and the record says so', async (_, happens) => {
    const recordId = await captured(['contacto'])
    await happens(recordId)
    await deliverMail(tools)
    expect(smtp.received).toEqual([])
    expect(await mailOf(recordId)).toMatchObject([{ status: 'failed', failure: 'no_address' }])
  })
})

describe('why one may see a record', () => {
  const askedOf = async (duty: string, registro: string, persona?: string) =>
    await loadAccessGrounds(
      context,
      await actor(duty),
      new URLSearchParams({ registro, ...(persona && { persona }), punto: 'otro', formulario: 'F006' }),
    )

  it('is answered for its own point, form and vigencia, by the access that opens it', async () => {
    const recordId = await captured([])
    const { code } = await recordOf(recordId)
    const { record, pointId, form, answer } = await askedOf('atencion', recordId)
    expect({ record, form, pointId }).toEqual({
      record: { id: recordId, code },
      form: 'F004',
      pointId: (await desk.points())[1]?.id,
    })
    expect(answer).toMatchObject({ letsIn: true, by: { id: grantId, status: 'granted' } })
    expect(answer?.by?.grounds.every(({ holds }) => holds)).toBe(true)
  })

  it('is answered for the year of the record: an access of this year opens none of another', async () => {
    const recordId = await captured([])
    const before = Number(appToday().slice(0, 4)) - 1
    await asOwner((trx) => sql`update capture_record set vigencia = ${before} where id = ${recordId}`.execute(trx))
    await expect(askedOf('atencion', recordId)).rejects.toMatchObject({ status: 404 })
  })

  it('is no way to learn of a record one does not see: neither of another, nor of one whose access ended', async () => {
    const recordId = await captured([])
    for (const duty of ['profesional_tic', 'profesional_sig'])
      await expect(askedOf(duty, recordId)).rejects.toMatchObject({ status: 404 })
    await expect(askedOf('atencion', newId())).rejects.toMatchObject({ status: 404 })
    await expect(askedOf('atencion', 'x')).rejects.toMatchObject({ status: 404 })
    await asOwner((trx) =>
      sql`update access_grant set status = 'revoked', cause = 'transfer', ended_at = app_now() where id = ${grantId}`.execute(
        trx,
      ),
    )
    await expect(askedOf('atencion', recordId)).rejects.toMatchObject({ status: 404 })
  })
})
