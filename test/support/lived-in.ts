/** Puts life into a running system by the product's own acts: cycles in every state a page can show. */
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import pino from 'pino'
import { attachFile } from '../../app/commands/attach-file.server.ts'
import { cancelCycle } from '../../app/commands/cancel-cycle.server.ts'
import { receiveRiskMap } from '../../app/commands/import-risk-map.server.ts'
import { nameCollector, pauseForwarding } from '../../app/commands/keep-collectors.server.ts'
import { defineConnection } from '../../app/commands/keep-connections.server.ts'
import { keepTemplate } from '../../app/commands/keep-template.server.ts'
import { receiveAccessList } from '../../app/commands/receive-access-list.server.ts'
import { type AppContext, closeContext, openContext } from '../../app/context.server.ts'
import { signIn } from '../../app/sign-in.server.ts'
import { DEMO_ENTITIES, DEMO_PASSWORD } from '../../catalog/demo-users.ts'
import { openDatabase, withEntity } from '../../db/client.ts'
import { appNow } from '../../db/clock.ts'
import { listCollectors } from '../../db/collectors.ts'
import { listConnections } from '../../db/connections.ts'
import { listDisposals } from '../../db/disposal-pages.ts'
import { storeFile } from '../../db/files.ts'
import { idOf } from '../../db/ids.ts'
import { listIncidents, openIncident } from '../../db/incidents.ts'
import { listTemplateVersions } from '../../db/report-templates.ts'
import { demoEntityId } from '../../db/seed.ts'
import { parseConfig } from '../../domain/config.ts'
import { stepOf } from '../../domain/cycle-state.ts'
import type { StepCode } from '../../domain/procedures.ts'
import { DEFAULT_LOOK, lookFields } from '../../domain/report-look.ts'
import { planOne } from '../../scripts/demonstration/absences.ts'
import { liveAccesses } from '../../scripts/demonstration/access.ts'
import * as acts from '../../scripts/demonstration/acts.ts'
import { liveCaptures } from '../../scripts/demonstration/capture.ts'
import { bringMap } from '../../scripts/demonstration/maps.ts'
import { livePlans } from '../../scripts/demonstration/plans.ts'
import { liveReview } from '../../scripts/demonstration/reviews.ts'
import { askOne } from '../../scripts/demonstration/rights.ts'
import { liveRiskFollow } from '../../scripts/demonstration/risk-follow.ts'
import { liveMethodologies, liveRisks } from '../../scripts/demonstration/risks.ts'
import { live } from '../../scripts/demonstration/stories.ts'
import { accessListRequest } from './access-lists.ts'
import { demonstrationDatabase, type FreshDatabase } from './database.ts'
import { adoptSeries, endedLongAgo, propose } from './disposals.ts'
import { drawnSample } from './drawn-sample.ts'
import type { E2eState } from './e2e-state.ts'
import { MAP_LINE, riskMapRequest } from './risk-maps.ts'
import { TEST_SECRET } from './services.ts'

export interface Product {
  context: AppContext
  close: () => Promise<void>
}

/** The commands of the product on a system that runs, as its demonstration uses them. */
export function openProduct(state: Omit<E2eState, 'url' | 'superuserUrl'> & { url: string; secret?: string }): Product {
  const config = parseConfig({
    DATABASE_URL: state.ownerUrl,
    TEMPORAL_ADDRESS: state.temporalAddress,
    TEMPORAL_NAMESPACE: state.namespace,
    DATA_DIR: state.dataDir,
    PUBLIC_URL: state.url,
    APP_SECRET: state.secret ?? TEST_SECRET,
  })
  const shared = openContext(config, pino({ level: 'warn', name: 'lived-in' }))
  return { context: { ...shared, nonce: '', requestId: randomUUID() }, close: () => closeContext(shared) }
}

export interface SeededProduct extends Product {
  database: FreshDatabase
}

/** The product on a database of its own, with the people of the demonstration and without Temporal: pages, and what is no act. */
export async function seededProduct(url = 'http://localhost:3000'): Promise<SeededProduct> {
  const database = await demonstrationDatabase()
  const nowhere = { temporalAddress: '127.0.0.1:9', namespace: 'x', dataDir: '.data' }
  const { context, close } = openProduct({ ownerUrl: database.ownerUrl, ...nowhere, url })
  return { context, database, close: () => close().finally(() => database.drop()) }
}

/** The session of whoever holds the duty, as their browser sends it. */
export async function cookieOf(context: AppContext, duty: string): Promise<string> {
  const user = DEMO_ENTITIES.flatMap((entity) => entity.users).find((one) => one.duty === duty)
  const request = new Request(context.config.PUBLIC_URL)
  // What was read of the session stays with its request, so this is one of its own.
  const entry = await signIn(request, { ...context }, { email: user?.email ?? '', password: DEMO_PASSWORD })
  if (!entry.ok) throw new Error(`${duty} could not sign in`)
  const set = entry.headers.getSetCookie().map((one) => one.split(';')[0])
  return set.join('; ')
}

export type Slug = 'santamarta' | 'cali'
const NAMES: Record<Slug, string> = { santamarta: 'Santa Marta', cali: 'Santiago de Cali' }

export interface Life {
  entityId: string
  /** At step 3, sent and reviewed: it waits for its two approvers; has a source with snapshot and rejects. */
  waiting: string
  source: string
  import: string
  /** At step 1, open, with an attached file. */
  open: string
  file: string
  /** An act of the waiting cycle, and the version its step 3 was sent with. */
  act: string
  version: string
  /** Rows of the administration. */
  person: string
  position: string
  agency: string
  tenure: string
  procedure: string
  /** A map of divisions, and the file it was made of. */
  map: string
  mapFile: string
  /** A template of its reports. */
  template: string
  /** From which nothing is fetched. */
  connection: string
  /** Paused: nobody is sent anything. */
  collector: string
  /** A cycle that ended long ago, and the disposal of another that waits for its decision. */
  disposable: string
  disposal: string
  /** A delegated access that waits for its decision. */
  access: string
  /** The point of attention of that access. */
  point: string
  /** A list of requests by the head of its organismo, not asked for yet. */
  accessList: string
  /** A risk map with a cell to correct. */
  riskImport: string
  /** A review of accesses that is open, and the list in it of the head of their organismo. */
  campaign: string
  reviewList: string
  /** An absence that has not begun. */
  absence: string
  /** A record of the clerk, and one they left unfinished. */
  record: string
  unfinished: string
  /** A citizen's request that waits for an answer, and the code it is followed by. */
  rights: { id: string; code: string }
  /** An event of the waiting cycle. */
  recorded: string
  /** Code of a sample that control interno drew. */
  sample: string
  /** Whoever enters data with it. */
  clerk: string
  /** About the waiting cycle, and open. */
  incident: string
}

/** One entity with a cycle that waits for approvers and one just begun; made once, found again afterwards. */
export async function liveIn({ context }: Product, slug: Slug): Promise<Life> {
  const entityId = demoEntityId(slug)
  const told = async () => undefined
  const story = { entityId, slug, municipality: NAMES[slug], rows: 500 }
  const map = await bringMap(context, entityId)
  await live(context, { ...story, vigencia: 2026, radicado: `${slug}-espera`, approved: 2 }, told)
  const waiting = await cycleOf(context, entityId, `${slug}-espera`)
  const open = await openCycle(context, slug)
  const file = await attachment(context, entityId, open)
  const rows = await rowsOf(context, entityId, waiting)
  const connection = await connectionOf(context, entityId)
  const collector = await collectorOf(context, entityId)
  const disposals = await disposalsOf(context, entityId, slug)
  const absence = await planOne(context, entityId, 'planned')
  const risk = await liveRisks(context, entityId)
  await livePlans(context, entityId, risk)
  await liveRiskFollow(context, entityId, risk)
  await liveMethodologies(context, entityId)
  const { waiting: access, granted } = await liveAccesses(context, entityId)
  const review = await liveReview(context, entityId)
  const captured = await liveCaptures(context, entityId, granted)
  const { id, code } = await askOne(context, entityId, 'erasure')
  const { personId: clerk } = await acts.actorOf(context, entityId, 'atencion')
  const { point_id: point } = await withEntity(context.db, entityId, (trx) =>
    trx.selectFrom('access_grant').select('point_id').where('id', '=', access).executeTakeFirstOrThrow(),
  )
  const { id: recorded } = await withEntity(context.db, entityId, (trx) =>
    trx
      .selectFrom('event')
      .select('id')
      .where('cycle_id', '=', waiting)
      .orderBy('at')
      .limit(1)
      .executeTakeFirstOrThrow(),
  )
  const accessList = await accessListOf(context, entityId)
  const template = await templateOf(context, entityId)
  const incident = await incidentOf(context, entityId, waiting)
  const brought = {
    map: map.mapId,
    mapFile: map.fileId,
    template,
    connection,
    collector,
    ...disposals,
    incident,
    ...review,
    access,
    point,
    accessList,
    riskImport: await riskImportOf(context, entityId),
    absence,
    recorded,
    sample: await drawnSample(context, entityId),
    rights: { id, code },
    clerk,
    ...captured,
  }
  return { entityId, waiting, open, file, ...brought, ...rows }
}

async function accessListOf(context: AppContext, entityId: string): Promise<string> {
  const head = await acts.actorOf(context, entityId, 'dependencia')
  const request = accessListRequest(undefined, { formKey: idOf('lived-in', entityId) })
  const sent = await receiveAccessList(context, head, request)
  if (!sent.ok) throw new Error(JSON.stringify(sent))
  return sent.listId
}

async function riskImportOf(context: AppContext, entityId: string): Promise<string> {
  const keeper = await acts.actorOf(context, entityId, 'jefatura_ogac')
  const lines = [MAP_LINE, { ...MAP_LINE, code: 'RG-2', immediateCause: 'la pérdida de expedientes', times: 'muchas' }]
  const request = riskMapRequest(lines, keeper.position.id, idOf('lived-in map', entityId))
  const sent = await receiveRiskMap(context, keeper, request)
  if (!sent.ok) throw new Error(JSON.stringify(sent))
  return sent.importId
}

/** Opened as the worker would; the web never does. */
async function incidentOf({ config }: AppContext, entityId: string, objectId: string): Promise<string> {
  const owner = openDatabase(config.DATABASE_URL, { max: 1 })
  try {
    return await withEntity(owner, entityId, async (trx) => {
      const about = { kind: 'release_not_published', objectType: 'cycle', objectId } as const
      await openIncident(trx, { entityId, ...about, origin: 'workflow' })
      const { rows } = await listIncidents(trx, entityId, { isClosed: false })
      return rows.find(({ cycle }) => cycle?.id === objectId)?.id ?? ''
    })
  } finally {
    await owner.close()
  }
}

async function templateOf(context: AppContext, entityId: string): Promise<string> {
  const [standing] = await withEntity(context.db, entityId, (trx) => listTemplateVersions(trx, entityId))
  if (standing) return standing.templateId
  const administrator = await acts.actorOf(context, entityId, 'administracion')
  const typed = { ...lookFields(DEFAULT_LOOK), name: 'Oficial', shield: 'entity', readabilityTarget: '55' }
  const change = await keepTemplate(context, administrator, { templateId: null, typed })
  if (!change.ok) throw new Error(JSON.stringify(change.problems))
  return change.saved.id ?? ''
}

async function connectionOf(context: AppContext, entityId: string): Promise<string> {
  const [standing] = await withEntity(context.db, entityId, listConnections)
  if (standing) return standing.id
  const tic = await acts.actorOf(context, entityId, 'profesional_tic')
  const typed = { kind: 'http', name: 'Portal', url: 'https://datos.gov.co/a.csv', headerName: '', headerValue: '' }
  const change = await defineConnection(context, tic, typed)
  if (!change.ok) throw new Error(JSON.stringify(change.problems))
  return change.saved.id ?? ''
}

async function collectorOf(context: AppContext, entityId: string): Promise<string> {
  const [standing] = await withEntity(context.db, entityId, (trx) => listCollectors(trx, entityId))
  if (standing) return standing.id
  const auditor = await acts.actorOf(context, entityId, 'control_interno')
  const typed = { name: 'SIEM', url: 'https://siem.example.org/hechos', headerName: '', headerValue: '' }
  const change = await nameCollector(context, auditor, { ...typed, beginning: 'everything' })
  if (!change.ok) throw new Error(JSON.stringify(change.problems))
  const { id = '' } = change.saved
  await pauseForwarding(context, auditor, { id })
  return id
}

/** Two cycles that were cancelled and are over by the documentary table, as if years ago; of one the elimination is proposed. */
async function disposalsOf(context: AppContext, entityId: string, slug: Slug) {
  const owner = openDatabase(context.config.DATABASE_URL, { max: 1 })
  try {
    const cycles = await Promise.all(
      ['terminado', 'eliminable'].map((one, i) => overCycle(context, slug, one, 2022 + i)),
    )
    const [disposable = '', proposed = ''] = cycles
    const world = { context, owner, entityId, dataDir: context.config.DATA_DIR }
    for (const id of cycles) await endedLongAgo(world, id)
    const [standing] = (await withEntity(owner, entityId, (trx) => listDisposals(trx, entityId, { cursor: null }))).rows
    if (standing) return { disposable, disposal: standing.id }
    const admin = await acts.actorOf(context, entityId, 'administracion')
    await adoptSeries(world, admin, { code: '4173.010.22.2' })
    return { disposable, disposal: await propose(world, admin, proposed) }
  } finally {
    await owner.close()
  }
}

/** Step 1 is submitted, and then the cycle is cancelled; found as it is where it was before. */
async function overCycle(context: AppContext, slug: Slug, name: string, vigencia: number): Promise<string> {
  const entityId = demoEntityId(slug)
  const id = await acts.start(context, entityId, {
    formKey: idOf('demo-cycle', entityId, `${slug}-${name}`),
    ...{ vigencia, radicado: `${slug}-${name}`, trd: '4173.010.22.2.1020' },
    name: `Caracterización de ciudadanos y grupos de interés ${vigencia}`,
    administrativeAct: 'Acto administrativo de demostración',
  })
  const { rowStatus } = await acts.requireCycle(context, entityId, id)
  if (rowStatus === 'cancelled') return id
  await untilOpen(context, entityId, id, '1')
  await acts.elaborate(context, entityId, id, '1')
  const head = { ...(await acts.actorOf(context, entityId, 'jefatura_ogac')), provedAt: appNow() }
  await cancelCycle(context, head, { cycleId: id, reason: 'Se repite con otra fuente.' })
  return id
}

/** A finished cycle whose data are published and whose results the dependencias have. */
export async function liveToPublication(
  { context }: Product,
  slug: Slug,
): Promise<{ cycle: string; release: string; slug: string; version: number }> {
  const entityId = demoEntityId(slug)
  const radicado = `${slug}-publicado`
  const story = { entityId, slug, municipality: NAMES[slug], vigencia: 2025, radicado, approved: 7, rows: 500 }
  await live(context, story, async () => undefined)
  const cycle = await cycleOf(context, entityId, radicado)
  for (let tries = 0; tries < 600; tries++) {
    const found = await withEntity(context.db, entityId, (trx) =>
      trx
        .selectFrom('release')
        .innerJoin('dataset', 'dataset.id', 'release.dataset_id')
        .select(['release.id', 'release.version', 'dataset.slug'])
        .where('release.cycle_id', '=', cycle)
        .where('release.status', '=', 'published')
        .where(({ exists, selectFrom }) =>
          exists(selectFrom('agency_summary').select('id').where('cycle_id', '=', cycle)),
        )
        .executeTakeFirst(),
    )
    if (found) return { cycle, release: found.id, slug: found.slug, version: found.version }
    await sleep(200)
  }
  throw new Error('the release was not published')
}

/** A cycle at step 1, open for its author; asked for as `live` would, which can go on with it. */
export async function openCycle(
  context: AppContext,
  slug: Slug,
  radicado = `${slug}-abierto`,
  vigencia = 2027,
): Promise<string> {
  const entityId = demoEntityId(slug)
  const id = await acts.start(context, entityId, {
    formKey: idOf('demo-cycle', entityId, radicado),
    ...{ vigencia, radicado, trd: '4173.010.22.2.1020' },
    name: `Caracterización de ciudadanos y grupos de interés ${vigencia}`,
    administrativeAct: 'Acto administrativo de demostración',
  })
  await untilOpen(context, entityId, id, '1')
  return id
}

/** The step after `approved` ones, sent back to its author: its form is open and full. */
export async function openStep(
  { context }: Product,
  slug: Slug,
  { radicado, vigencia, code }: { radicado: string; vigencia: number; code: StepCode },
): Promise<string> {
  const entityId = demoEntityId(slug)
  const story = { entityId, slug, municipality: NAMES[slug], rows: 500 }
  await live(context, { ...story, vigencia, radicado, approved: Number(code) - 1 }, async () => undefined)
  const id = await cycleOf(context, entityId, radicado)
  await acts.verdict(context, entityId, id, code, { duty: 'jefatura_ogac', role: 'approver', kind: 'return' })
  return id
}

/** Waits until the workflow has opened the step. */
export async function untilOpen(context: AppContext, entityId: string, id: string, code: StepCode): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    if (stepOf((await acts.requireCycle(context, entityId, id)).state, code).status !== 'not_started') return
    await sleep(200)
  }
  throw new Error(`step ${code} did not open`)
}

async function findCycleId(context: AppContext, entityId: string, radicado: string): Promise<string | undefined> {
  const row = await withEntity(context.db, entityId, (trx) =>
    trx.selectFrom('cycle').select('id').where('radicado', '=', radicado).executeTakeFirst(),
  )
  return row?.id
}

async function cycleOf(context: AppContext, entityId: string, radicado: string): Promise<string> {
  const id = await findCycleId(context, entityId, radicado)
  if (!id) throw new Error(`no cycle ${radicado}`)
  return id
}

async function attachment(context: AppContext, entityId: string, cycleId: string): Promise<string> {
  const author = await acts.actorOf(context, entityId, 'profesional_ogac')
  const find = () =>
    withEntity(context.db, entityId, (trx) =>
      trx.selectFrom('attachment').select('id').where('cycle_id', '=', cycleId).executeTakeFirst(),
    )
  const known = await find()
  if (known) return known.id
  const stored = await storeFile(context.config.DATA_DIR, new TextEncoder().encode(`Acta de prueba de ${entityId}`))
  return await attachFile(
    context,
    author,
    { cycleId, stepCode: '1' },
    { ...stored, name: 'acta.txt', mediaType: 'text/plain' },
  )
}

async function rowsOf(context: AppContext, entityId: string, cycleId: string) {
  return await withEntity(context.db, entityId, async (trx) => {
    const source = await trx.selectFrom('source').select('id').where('cycle_id', '=', cycleId).executeTakeFirstOrThrow()
    const done = await trx
      .selectFrom('source_import')
      .select('id')
      .where('source_id', '=', source.id)
      .executeTakeFirstOrThrow()
    const act = await trx
      .selectFrom('act')
      .select('id')
      .where('cycle_id', '=', cycleId)
      .where('kind', '=', 'submit')
      .executeTakeFirstOrThrow()
    const version = await trx
      .selectFrom('step_version')
      .select('id')
      .where('cycle_id', '=', cycleId)
      .where('step_code', '=', '3')
      .executeTakeFirstOrThrow()
    const tenure = await trx
      .selectFrom('tenure')
      .innerJoin('position', 'position.id', 'tenure.position_id')
      .select(['tenure.id', 'tenure.person_id', 'tenure.position_id', 'position.agency_id'])
      .where('position.duty', '=', 'dependencia')
      .orderBy('position.id')
      .executeTakeFirstOrThrow()
    const procedure = await trx.selectFrom('procedure_version').select('id').executeTakeFirstOrThrow()
    return {
      ...{ source: source.id, import: done.id, act: act.id, version: version.id, procedure: procedure.id },
      ...{ tenure: tenure.id, person: tenure.person_id, position: tenure.position_id, agency: tenure.agency_id },
    }
  })
}
