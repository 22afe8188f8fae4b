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
