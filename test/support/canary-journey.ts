/** A citizen's values brought in by every way the product takes them, those it refuses among them, through its own pages. */
import assert from 'node:assert/strict'
import { attachSource } from '../../app/commands/attach-source.server.ts'
import { beginCapture } from '../../app/commands/begin-capture.server.ts'
import { decideRights } from '../../app/commands/decide-rights.server.ts'
import { requestImport } from '../../app/commands/request-import.server.ts'
import { DEMO_ENTITIES } from '../../catalog/demo-users.ts'
import { withEntity } from '../../db/client.ts'
import { appNow } from '../../db/clock.ts'
import { idOf, newId } from '../../db/ids.ts'
import { findImport } from '../../db/imports.ts'
import { findRights } from '../../db/rights.ts'
import { demoEntityId } from '../../db/seed.ts'
import { proposeMapping } from '../../domain/mapping-proposal.ts'
import { liveAccesses } from '../../scripts/demonstration/access.ts'
import * as acts from '../../scripts/demonstration/acts.ts'
import { live } from '../../scripts/demonstration/stories.ts'
import { eventually } from '../../scripts/processes.ts'
import { CITIZEN } from './canaries.ts'
import { rowsOf } from './database.ts'
import { type Answer, signIn, stranger, type Visitor } from './http.ts'
import type { Product } from './lived-in.ts'
import { citizenAnswers, rightsTyped } from './planted-citizens.ts'
import type { System } from './system.ts'

const ENTITY = demoEntityId('santamarta')
const PATIENCE_SECONDS = 60

interface Scene {
  system: System
  product: Product
}

export interface Journey {
  record: string
  request: string
  cycle: string
  source: string
  /** What the clerk reads of the citizen. */
  read: string
}

export async function bringCitizen(scene: Scene): Promise<Journey> {
  const { record, read } = await capture(scene)
  const request = await askForRights(scene)
  await breakWhileAsked(scene)
  return { record, read, request, ...(await importSource(scene)) }
}

const answered = (answer: Answer, status: number): Answer => {
  assert.equal(answer.status, status, answer.body.slice(0, 2_000))
  return answer
}

function visitorOf({ system }: Scene, duty: string): Promise<Visitor> {
  const user = DEMO_ENTITIES[0]?.users.find((one) => one.duty === duty)
  return signIn(system.url, user?.email ?? '')
}

/** Page by page, with what is refused on the way; then looked for by the number and read. */
async function capture(scene: Scene): Promise<{ record: string; read: string }> {
  const { context } = scene.product
  const clerk = await visitorOf(scene, 'atencion')
  const { granted: grantId } = await liveAccesses(context, ENTITY)
  const { given, answers } = citizenAnswers()
  const origin = { mode: 'online', paper: null, network: 'remi', networkBasis: 'declared' } as const
  const beginning = { grantId, formKey: newId(), given, channel: 'oral', origin } as const
  const begun = await beginCapture(context, await acts.actorOf(context, ENTITY, 'atencion'), beginning)
  assert.ok('draftId' in begun)
  const at = (page: string) => `/captura/persona-natural/${begun.draftId}/${page}`
  const broken = { correo: `${CITIZEN.mail} ${CITIZEN.name}`, telefono: CITIZEN.words.slice(0, 20) }
  answered(await clerk.post(at('contacto'), typedOf('contacto', broken)), 422)
  answered(await clerk.post(at('identificacion'), typedOf('identificacion', { nombre: CITIZEN.name })), 422)
  for (const [page, typed] of Object.entries(answers)) answered(await clerk.post(at(page), typedOf(page, typed)), 302)
  const { location } = answered(await clerk.post(at('revise'), []), 302)
  const record = location?.split('/')[3] ?? ''
  const search = [
    ['type', 'CC'],
    ['number', CITIZEN.document],
  ] as const
  answered(await clerk.post('/captura/registros', search), 200)
  const { body } = answered(await clerk.post(`/captura/registros/${record}`, [['purpose', 'attention']]), 200)
  return { record, read: body }
}

const typedOf = (page: string, answers: Record<string, unknown>) =>
  Object.entries(answers).flatMap(([field, value]) =>
    [value].flat().map((one) => [`${page}.${field}`, String(one)] as const),
  )

/** Refused once, filed, and identified with words about the citizen; whoever has no account tries to sign in with their data. */
async function askForRights(scene: Scene): Promise<string> {
  const [citizen, { context }] = [stranger(scene.system.url), scene.product]
  const typed = rightsTyped(ENTITY)
  const send = (change: Record<string, string>) =>
    citizen.post('/mis-derechos/nueva', Object.entries({ ...typed, pagina: 'revise', ...change }))
  answered(await send({ email: CITIZEN.words, pagina: 'contacto' }), 422)
  answered(await send({ holderDocument: CITIZEN.words }), 422)
  answered(await send({}), 200)
  const entry = [
    ['correo', CITIZEN.mail],
    ['clave', CITIZEN.words],
    ['volver', '/inicio'],
  ] as const
  answered(await citizen.post('/ingresar', entry), 422)
  const id = idOf('rights', ENTITY, typed.formKey)
  const received = () =>
    withEntity(context.db, ENTITY, async (trx) => {
      const state = (await findRights(trx, id))?.state
      assert.equal(state?.status, 'received')
      return state
    })
  const { contentHash } = await eventually(received, PATIENCE_SECONDS)
  const keeper = { ...(await acts.actorOf(context, ENTITY, 'profesional_ogac')), provedAt: appNow() }
  const said = { text: CITIZEN.words, method: 'document_shown', denial: null, delivery: null } as const
  const none = { purposes: [], corrections: [] }
  await decideRights(context, keeper, { requestId: id, verdict: 'identify', contentHash, ...none, ...said })
  return id
}

/** Something of ours fails with the values in hand. */
async function breakWhileAsked({ system }: Scene): Promise<void> {
  const sql = (text: string) => rowsOf(system.superuserUrl, text)
  await sql('alter table rights_request rename to rights_request_away')
  const typed = { ...rightsTyped(ENTITY), pagina: 'revise' }
  const answer = await stranger(system.url)
    .post('/mis-derechos/nueva', Object.entries(typed))
    .finally(() => sql('alter table rights_request_away rename to rights_request'))
  answered(answer, 500)
}

const HEADER = ['numero_documento', 'nombre', 'telefono', 'correo', 'direccion', 'edad', 'canal']
const OTHERS = Array.from({ length: 40 }, (_, i) =>
  [10 ** 9 + i, `Persona ${i}`, 3 * 10 ** 9 + i, '', '', 30 + i, 'web'].map(String),
)

function fileAbout(): string {
  const { document, name, phone, mail, address, words } = CITIZEN
  const theirs = [document, name, phone, mail, address]
  const rows = [HEADER, ...OTHERS, [...theirs, 44, 'web'], [...theirs, `"${words}"`, 'web']]
  return `${rows.map((row) => row.join(',')).join('\n')}\n`
}

/** A file of another kind is refused; the one about the citizen is read, and rejects a row of theirs. */
async function importSource(scene: Scene): Promise<{ cycle: string; source: string }> {
  const { context } = scene.product
  const radicado = 'canarios'
  const story = { entityId: ENTITY, slug: 'santamarta', municipality: 'Santa Marta', vigencia: 2026, radicado }
  await live(context, { ...story, approved: 2, next: 'open', rows: 0 }, async () => undefined)
  const cycle = idOf('cycle', ENTITY, idOf('demo-cycle', ENTITY, radicado))
  const tic = await acts.actorOf(context, ENTITY, 'profesional_tic')
  const contract = {
    name: 'Atenciones',
    ownerAgency: tic.position.agencyId,
    legalBasis: 'Ley 1581 de 2012, artículo 10, literal a',
    sensitivity: 'semiprivada' as const,
    periodFrom: '2025-01-01',
    periodTo: '2025-12-31',
    demoNote: 'Personas inventadas.',
  }
  const source = await attachSource(context, tic, { cycleId: cycle, formKey: newId(), contract })
  const [person, address] = [
    await visitorOf(scene, 'profesional_tic'),
    `/ejercicios/${cycle}/fuentes/${source}/archivo`,
  ]
  const bytes = (text: string) => new Uint8Array(Buffer.from(text))
  answered(await person.upload(address, `${CITIZEN.fileName}.exe`, bytes(`MZ\0\0${CITIZEN.words}`)), 422)
  const sent = answered(await person.upload(address, `${CITIZEN.fileName}.csv`, bytes(fileAbout())), 200)
  const { importId } = JSON.parse(sent.body) as { importId: string }
  const mapping = proposeMapping(HEADER, OTHERS)
  await requestImport(context, tic, { cycleId: cycle, sourceId: source, importId, mapping })
  await eventually(async () => {
    const row = await withEntity(context.db, ENTITY, (trx) => findImport(trx, importId))
    assert.equal(row?.status, 'done')
  }, PATIENCE_SECONDS)
  return { cycle, source }
}
