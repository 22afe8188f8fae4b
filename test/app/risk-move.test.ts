/** The form by which a risk moves to another methodology: what is confirmed on it is what happens, once (features D3). */
import pino from 'pino'
import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  chooseMethodology,
  copyMethodology,
  editMethodology,
  publishMethodology,
} from '../../app/commands/keep-methodologies.server.ts'
import { registerRisk } from '../../app/commands/keep-risks.server.ts'
import type { AppContext } from '../../app/context.server.ts'
import { actOnMethodologyDraft } from '../../app/pages/methodology-draft.server.ts'
import { actOnMove, loadMove } from '../../app/pages/risk-move.server.ts'
import type { Actor } from '../../app/session.server.ts'
import { DUB_RISK } from '../../catalog/demo/risks.ts'
import { GUIDE_7 } from '../../catalog/methodologies/guides.ts'
import { withActor } from '../../db/client.ts'
import { newId } from '../../db/ids.ts'
import { findMethodologyDraft } from '../../db/methodology-drafts.ts'
import { listAssessments } from '../../db/risk-pages.ts'
import { findRisk } from '../../db/risks.ts'
import { fieldsOfMethodology } from '../../domain/methodology-edits.ts'
import * as acts from '../../scripts/demonstration/acts.ts'
import { type Desk, openDesk } from '../support/capture.ts'

const SHIPPED = { code: GUIDE_7.code, n: 0 }
const REASON = 'Así lo decidió el comité de control interno'

let desk: Desk
let context: AppContext
let keeper: Actor
let second: Actor
let director: Actor
beforeAll(async () => {
  desk = await openDesk()
  const config = { APP_SECRET: desk.secret, PUBLIC_URL: 'https://caracteriza.prueba.gov.co' }
  context = { db: desk.web, requestId: 'prueba', config, log: pino({ level: 'silent' }) } as unknown as AppContext
  keeper = await acts.actorOf(context, desk.entityId, 'jefatura_ogac')
  second = await acts.actorOf(context, desk.entityId, 'profesional_sig')
  director = await acts.actorOf(context, desk.entityId, 'alcaldia')
}, 120_000)
afterAll(() => desk?.close())

const choose = (key: typeof SHIPPED) =>
  chooseMethodology(context, director, { formKey: newId(), typology: 'seguridad', key, reason: REASON })

/** The guide under another name, published and chosen. */
async function chosenGuide(name: string): Promise<typeof SHIPPED> {
  const { code } = SHIPPED
  await copyMethodology(context, second, SHIPPED)
  const read = async () => {
    const draft = await withActor(context.db, keeper, (trx) => findMethodologyDraft(trx, keeper.entityId, code))
    return { copy: draft?.id ?? '', version: draft?.version ?? 0 }
  }
  const typed = { ...fieldsOfMethodology(GUIDE_7), name }
  await editMethodology(context, second, code, { typed, read: await read() })
  const key = { code, n: await publishMethodology(context, second, code, { reason: REASON, read: await read() }) }
  await choose(key)
  return key
}

async function assessmentsOf(code: string) {
  return await withActor(context.db, keeper, async (trx) => {
    const risk = await findRisk(trx, keeper.entityId, code)
    return (await listAssessments(trx, risk?.id ?? '')).map(({ key }) => key)
  })
}

/** The form as the page shows it, confirmed. */
async function confirmed(code: string): Promise<Record<string, string>> {
  const { move, formKey, read, target } = await loadMove(context, keeper, code, new URLSearchParams())
  const levels = (move?.tables ?? []).flatMap((one) => one.levels.map(({ field, proposed }) => [field, proposed]))
  return { formKey, read, target, reason: REASON, confirmed: 'si', ...Object.fromEntries(levels) }
}

async function sent(code: string, typed: Record<string, string>) {
  const form = new FormData()
  for (const [name, value] of Object.entries(typed)) form.set(name, value)
  const answer = await actOnMove(context, keeper, code, form)
  if ('data' in answer) return { status: answer.init?.status, errors: answer.data.errors }
  return answer.headers.get('location')
}

it('moves a risk to the methodology whose table was confirmed and to no other, once', async () => {
  const formKey = newId()
  const input = { formKey, ownerId: keeper.position.id, reason: '', answers: DUB_RISK }
  const code = await registerRisk(context, keeper, SHIPPED, input as Parameters<typeof registerRisk>[3])
  const first = await chosenGuide('Guía del municipio')
  const typed = await confirmed(code)
  const second = await chosenGuide('Guía del municipio, otra vez')
  expect(await sent(code, typed)).toMatchObject({
    ...{
      status: 409,
      errors: [{ field: 'traslado-', message: expect.stringContaining(`versión propia ${second.n}`) }],
    },
  })
  expect(await assessmentsOf(code)).toEqual([SHIPPED])

  const { target: _target, ...without } = typed
  expect(await sent(code, without)).toMatchObject({ status: 422 })
  expect(await sent(code, { ...typed, target: 'guia_7' })).toMatchObject({ status: 422 })
  expect(await assessmentsOf(code)).toEqual([SHIPPED])

  await choose(first)
  for (let i = 0; i < 2; i++) expect(await sent(code, typed)).toBe(`/riesgos/${code}?hecho=trasladado`)
  await choose(second)
  expect(await sent(code, typed)).toBe(`/riesgos/${code}?hecho=trasladado`)
  expect(await assessmentsOf(code)).toEqual([first, SHIPPED])
})

it('asks where each level goes where the copy got one more, which was added on its form and saved once it was whole', async () => {
  const { code } = SHIPPED
  await copyMethodology(context, second, SHIPPED)
  const draftOf = () => withActor(context.db, second, (trx) => findMethodologyDraft(trx, second.entityId, code))
  const send = async (typed: Record<string, string>) => {
    const draft = await draftOf()
    const form = new FormData()
    const read = { formulario: 'copia', copy: draft?.id ?? '', version: String(draft?.version) }
    for (const [name, value] of Object.entries({ ...typed, ...read })) form.set(name, value)
    return await actOnMethodologyDraft(context, second, code, form)
  }
  const typed = { ...fieldsOfMethodology(GUIDE_7), name: 'Guía de seis niveles' }
  const added = await send({ ...typed, cambio: 'add.probability.5' })
  if (!('data' in added)) throw new Error('the copy was saved')
  const { cambio: _asked, ...blank } = added.data.values
  expect(blank).toMatchObject({ name: 'Guía de seis niveles', 'probability.4.name': 'Muy Alta' })
  expect(blank).toMatchObject({ 'probability.5.name': '', 'probability.5.from': '', 'matrix.5.4': '' })
  expect((await draftOf())?.methodology).toEqual(GUIDE_7)
  // Half of it is refused with what lacks, and nothing typed is lost.
  const level = { 'probability.5.name': 'Continua', 'probability.5.percent': '100', 'probability.5.from': '20000' }
  const half = await send({
    ...blank,
    ...level,
    'probability.4.percent': '95',
    'probability.5.words': 'Todo el tiempo',
  })
  expect(half).toMatchObject({ init: { status: 422 }, data: { values: level } })
  expect('data' in half && half.data.errors[0]?.message).toContain('«Continua» con impacto «Leve»')
  const line = Object.fromEntries(['A', 'A', 'A', 'A', 'E'].map((zone, j) => [`matrix.5.${j}`, zone]))
  const whole = { ...blank, ...level, ...line, 'probability.4.percent': '95', 'probability.5.words': 'Todo el tiempo' }
  expect(await send(whole)).toBeInstanceOf(Response)
  const draft = await draftOf()
  const read = { copy: draft?.id ?? '', version: draft?.version ?? 0 }
  const key = { code, n: await publishMethodology(context, second, code, { reason: REASON, read }) }

  await choose(SHIPPED)
  const input = { formKey: newId(), ownerId: keeper.position.id, reason: '', answers: DUB_RISK }
  const described = { ...input, answers: { ...DUB_RISK, description: 'Otro riesgo, de seis niveles' } }
  const risk = await registerRisk(context, keeper, SHIPPED, described as Parameters<typeof registerRisk>[3])
  await choose(key)
  const { move } = await loadMove(context, keeper, risk, new URLSearchParams())
  const probability = move?.tables[0]?.levels.map(({ proposed }) => proposed)
  expect(probability).toEqual(['0', '1', '2', '3', '4'])
  expect(await sent(risk, { ...(await confirmed(risk)), 'probability-4': '5' })).toBe(
    `/riesgos/${risk}?hecho=trasladado`,
  )
  const stands = await withActor(context.db, keeper, (trx) => findRisk(trx, keeper.entityId, risk))
  expect(stands?.assessment).toMatchObject({ key, inherent: { probability: 5, p: '100' } })
})
