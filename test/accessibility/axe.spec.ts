/** Every page of the build, opened by somebody who may: WCAG 2.1 A and AA, in the light and in the dark, at 320 px and by touch. */
import { type Browser, type BrowserContext, expect, type Page, test } from '@playwright/test'
import { sql } from 'kysely'
import { openRound, recordRun } from '../../db/check-runs.ts'
import { openDatabase, type Trx, withEntity } from '../../db/client.ts'
import { appToday } from '../../db/clock.ts'
import { newId } from '../../db/ids.ts'
import { signIn } from '../e2e/people.ts'
import { addressWith, builtRoutes } from '../support/build-routes.ts'
import { e2eState } from '../support/e2e-state.ts'
import { heldRelease } from '../support/held-release.ts'
import { type Life, liveIn, liveToPublication, openProduct, type Product } from '../support/lived-in.ts'
import { openDetails, smallTargets, stickingOut, unnamedScrollers, violationsOf } from './axe.ts'

interface Places extends Life {
  published: {
    cycle: string
    release: string
    slug: string
    version: number
    code: string
    figure: string
    held: string
  }
}

interface Visit {
  /** Whoever opens it; nobody is signed in when absent. */
  as?: string
  /** Where the page has several faces, each of them. */
  at: (places: Places) => { [param: string]: string | undefined; query?: string }[]
  status?: number
}

const SLUG = 'cali'
/** Answered with a yes. */
const AS_OF = `?nombre=Control+Interno&objeto=area-audit&fecha=${appToday()}`
/** Of an exercise, with the link to how it stood. */
const AS_OF_EXERCISE = `?nombre=Control+Interno&objeto=cycle&codigo=${SLUG}-espera&fecha=${appToday()}`
/** Of one of several people. */
const AS_OF_SOMEBODY = `?nombre=a&objeto=area-audit&fecha=${appToday()}`
/** As a control names what it found and nobody can undo. */
const DIFFERENCE = 'none person 1'
const only =
  (...at: Record<string, string>[]) =>
  () =>
    at
const administrator = { as: 'administracion' } as const
const waiting = (paso: string) => (places: Places) => [{ ejercicio: places.waiting, paso }]

/** Closed steps are all drawn alike: those with figures and with files stand for the rest. */
const CLOSED_STEPS = ['4', '7']

const NATURAL = { formulario: 'persona-natural' }

const VISITS: Record<string, Visit> = {
  'routes/public/home': { at: only({}) },
  'routes/public/sign-in': { at: only({}, { query: '?cuenta=alcaldia@cali.demo.test' }) },
  'routes/public/new-password': { at: only({ enlace: 'nadie-lo-tiene' }), status: 410 },
  // In a demonstration the one-time link is not there; the form itself is checked by test/e2e/install.spec.ts.
  'routes/install/install': { at: only({ enlace: 'nadie-lo-tiene' }), status: 404 },
  'routes/public/help': { at: only({}) },
  'routes/public/accessibility': { at: only({}) },
  'routes/public/privacy': { at: only({}) },
  'routes/public/site-map': { at: only({}) },
  'routes/public/open-data': { at: only({}) },
  'routes/public/logs': { at: only({}) },
  'routes/public/log': { at: (places) => [{ entidad: places.entityId }] },
  'routes/public/dataset': { at: (places) => [{ conjunto: places.published.slug }] },
  'routes/public/dataset-version': {
    at: ({ published }) => [{ conjunto: published.slug, version: String(published.version) }],
  },
  'routes/public/dictionary': {
    at: ({ published }) => [{ conjunto: published.slug, version: String(published.version) }],
  },
  'routes/public/verify-start': { at: only({}) },
  'routes/public/figure': { at: (places) => [{ codigo: places.published.figure }] },
  'routes/public/verify': { at: (places) => [{ codigo: places.published.code }] },
  'routes/public/my-rights': { at: only({}) },
  'routes/public/ask-rights': { at: only({}) },
  'routes/public/follow-rights': { at: (places) => [{ codigo: places.rights.code }] },
  'routes/public/not-found': { at: only({ '*': 'no-existe' }), status: 404 },
  'routes/person/start': { as: 'profesional_ogac', at: only({}) },
  'routes/person/account': { as: 'profesional_ogac', at: only({}) },
  'routes/person/second-factor': { as: 'profesional_ogac', at: only({}) },
  'routes/work/inbox': { as: 'jefatura_ogac', at: only({}, { query: '?paso=3&orden=prioridad' }) },
  'routes/work/decide-many': { as: 'profesional_sig', at: only({}, { query: '?todas=si' }) },
  'routes/work/inbox-views': { as: 'jefatura_ogac', at: only({ query: '?paso=3&orden=prioridad' }) },
  'routes/work/cycles': { as: 'jefatura_ogac', at: only({}) },
  'routes/work/new-cycle': { as: 'jefatura_ogac', at: only({}) },
  'routes/work/cycle': {
    as: 'jefatura_ogac',
    at: (places) => [{ ejercicio: places.waiting }, { ejercicio: places.published.cycle }],
  },
  'routes/work/cancel-cycle': { as: 'secretaria_general', at: (places) => [{ ejercicio: places.waiting }] },
  'routes/work/act': { as: 'profesional_ogac', at: (places) => [{ ejercicio: places.waiting, acto: places.act }] },
  'routes/work/step': {
    as: 'profesional_ogac',
    at: (places) => [
      { ejercicio: places.open, paso: '1' },
      { ejercicio: places.waiting, paso: '3' },
      ...CLOSED_STEPS.map((paso) => ({ ejercicio: places.published.cycle, paso })),
    ],
  },
  'routes/work/step-answers': { as: 'profesional_ogac', at: (places) => [{ ejercicio: places.open, paso: '1' }] },
  'routes/work/decision': { as: 'jefatura_ogac', at: waiting('3') },
  'routes/work/withdraw': { as: 'profesional_ogac', at: waiting('3') },
  'routes/work/reopen': { as: 'profesional_ogac', at: waiting('1') },
  'routes/work/step-version': {
    as: 'profesional_ogac',
    at: (places) => [{ ejercicio: places.waiting, paso: '3', version: places.version }],
  },
  'routes/maps/list': { as: 'profesional_tic', at: only({}) },
  'routes/maps/received': { as: 'profesional_tic', at: (places) => [{ archivo: places.mapFile }] },
  'routes/maps/map': { as: 'profesional_tic', at: (places) => [{ mapa: places.map }] },
  'routes/sources/list': { as: 'profesional_tic', at: (places) => [{ ejercicio: places.waiting }] },
  'routes/connections/list': { as: 'profesional_tic', at: only({}) },
  'routes/connections/new': { as: 'profesional_tic', at: only({}, { query: '?tipo=http' }) },
  'routes/connections/connection': { as: 'direccion_tic', at: (places) => [{ conexion: places.connection }] },
  'routes/collectors/list': { as: 'administracion', at: only({}) },
  'routes/collectors/new': { as: 'administracion', at: only({}) },
  'routes/collectors/collector': { as: 'control_interno', at: (places) => [{ destino: places.collector }] },
  'routes/administration/retention': { as: 'administracion', at: only({}) },
  'routes/disposal/list': { as: 'administracion', at: only({}) },
  'routes/disposal/table': { as: 'control_interno', at: only({}) },
  'routes/disposal/propose': { as: 'administracion', at: (places) => [{ ejercicio: places.disposable }] },
  'routes/disposal/disposal': { as: 'jefatura_ogac', at: (places) => [{ disposicion: places.disposal }] },
  'routes/sources/outside': {
    as: 'profesional_tic',
    at: (places) => [{ ejercicio: places.waiting, fuente: places.source }],
  },
  'routes/sources/new': { as: 'profesional_tic', at: (places) => [{ ejercicio: places.waiting }] },
  'routes/sources/source': {
    as: 'profesional_tic',
    at: (places) => [{ ejercicio: places.waiting, fuente: places.source }],
  },
  'routes/sources/contract': {
    as: 'profesional_tic',
    at: (places) => [{ ejercicio: places.waiting, fuente: places.source }],
  },
  'routes/analysis/analysis': {
    as: 'profesional_ogac',
    at: (places) => [
      { ejercicio: places.published.cycle },
      {
        ejercicio: places.published.cycle,
        query: '?variable=canal&cruce=zona&capas=sexo&grafica=calor&porcentajes=fila',
      },
      { ejercicio: places.published.cycle, query: '?variable=comuna&grafica=mapa' },
    ],
  },
  'routes/analysis/segments': { as: 'profesional_ogac', at: (places) => [{ ejercicio: places.published.cycle }] },
  'routes/analysis/coverage': { as: 'profesional_ogac', at: (places) => [{ ejercicio: places.published.cycle }] },
  'routes/report/report': { as: 'profesional_ogac', at: (places) => [{ ejercicio: places.published.cycle }] },
  'routes/report/preview': { as: 'profesional_ogac', at: (places) => [{ ejercicio: places.published.cycle }] },
  'routes/report/section': {
    as: 'profesional_ogac',
    at: (places) => [{ ejercicio: places.published.cycle, seccion: 'alcance' }],
  },
  // Where nobody may propose it says why; its form is in test/e2e/report-keyboard.spec.ts.
  'routes/report/proposal': {
    as: 'profesional_sig',
    at: (places) => [{ ejercicio: places.published.cycle, seccion: 'alcance' }],
  },
  'routes/sources/rejected-rows': {
    as: 'profesional_tic',
    at: (places) => [{ ejercicio: places.waiting, fuente: places.source, importacion: places.import }],
  },
  'routes/sources/profile': {
    as: 'profesional_tic',
    at: (places) => [{ ejercicio: places.waiting, fuente: places.source }],
  },
  'routes/work/changes': { as: 'jefatura_ogac', at: waiting('3') },
  'routes/work/ran-terms': {
    as: 'control_interno',
    at: (places) => [{ query: `?ejercicio=${places.waiting}` }, { query: `?acceso=${places.access}` }],
  },
  'routes/work/sent-notices': {
    as: 'control_interno',
    at: (places) => [{ query: `?ejercicio=${places.waiting}` }, { query: `?campana=${places.campaign}` }],
  },
  'routes/work/cycle-map': { as: 'control_interno', at: (places) => [{ ejercicio: places.waiting }] },
  'routes/work/moments': {
    as: 'jefatura_ogac',
    at: (places) => [{ ejercicio: places.waiting }, { ejercicio: places.published.cycle }],
  },
  'routes/work/newer-form': { as: 'profesional_ogac', at: (places) => [{ ejercicio: places.open, paso: '1' }] },
  'routes/publications/correction': {
    as: 'profesional_ogac',
    at: ({ published }) => [{ publicacion: published.release }, { publicacion: published.held }],
  },
  'routes/access/list': { as: 'jefatura_ogac', at: only({}, { query: '?estado=granted' }) },
  'routes/access/new': { as: 'dependencia', at: (places) => [{}, { query: `?persona=${places.clerk}` }] },
  'routes/access/grounds': {
    as: 'jefatura_ogac',
    at: (places) => [{}, { query: `?persona=${places.clerk}&punto=${places.point}&formulario=F004` }],
  },
  'routes/access/readings': { as: 'jefatura_ogac', at: only({}, { query: '?del=2026-01-05&al=2026-01-11' }) },
  'routes/access/indicators': { as: 'jefatura_ogac', at: only({}) },
  'routes/access/new-list': { as: 'dependencia', at: only({}) },
  'routes/access/sent-list': { as: 'dependencia', at: (places) => [{ lista: places.accessList }] },
  'routes/access/grant': { as: 'jefatura_ogac', at: (places) => [{ acceso: places.access }] },
  'routes/access/campaigns': { as: 'jefatura_ogac', at: only({}) },
  'routes/access/campaign': { as: 'jefatura_ogac', at: (places) => [{ campana: places.campaign }] },
  'routes/access/review': { as: 'dependencia', at: (places) => [{ revision: places.reviewList }] },
  'routes/absences/list': { as: 'direccion_tic', at: only({}, { query: '?estado=planned' }) },
  'routes/absences/new': { ...administrator, at: only({}, { query: '?persona=otra&nombre=TIC' }) },
  'routes/absences/absence': { as: 'direccion_tic', at: (places) => [{ ausencia: places.absence }] },
  'routes/capture/home': { as: 'atencion', at: only({}) },
  'routes/capture/records': { as: 'atencion', at: only({}) },
  'routes/capture/record': { as: 'atencion', at: (places) => [{ registro: places.record }] },
  'routes/capture/receipt': { as: 'atencion', at: (places) => [{ registro: places.record }] },
  'routes/capture/begin': { as: 'atencion', at: only({ formulario: 'persona-natural' }) },
  'routes/capture/review': { as: 'atencion', at: (places) => [{ ...NATURAL, borrador: places.unfinished }] },
  'routes/capture/page': {
    as: 'atencion',
    at: (places) =>
      ['identificacion', 'intrinsecas'].map((pagina) => ({ ...NATURAL, borrador: places.unfinished, pagina })),
  },
  'routes/rights/list': { as: 'jefatura_ogac', at: only({}, { query: '?estado=received' }) },
  'routes/rights/new': { as: 'atencion', at: only({}) },
  'routes/rights/request': { as: 'jefatura_ogac', at: (places) => [{ solicitud: places.rights.id }] },
  'routes/rights/copy': { as: 'jefatura_ogac', at: (places) => [{ solicitud: places.rights.id }] },
  'routes/audit/trail': { as: 'control_interno', at: only({}, { query: '?clase=decisiones' }) },
  'routes/audit/as-of': {
    as: 'control_interno',
    at: only({}, { query: AS_OF }, { query: AS_OF_EXERCISE }, { query: AS_OF_SOMEBODY }),
  },
  'routes/audit/cycle-as-of': {
    as: 'control_interno',
    at: (places) => [{ ejercicio: places.waiting, query: '?paso=1' }],
  },
  'routes/audit/workflows': {
    as: 'control_interno',
    at: (places) => [{ query: `?ejercicio=${places.waiting}` }],
  },
  'routes/audit/event': { as: 'control_interno', at: (places) => [{ hecho: places.recorded }] },
  'routes/audit/samples': { as: 'control_interno', at: only({}) },
  'routes/audit/new-sample': { as: 'control_interno', at: only({}) },
  'routes/audit/sample': {
    as: 'control_interno',
    at: (places) => [{ muestra: places.sample }, { muestra: places.sample, query: '?repetir=si' }],
  },
  'routes/audit/sample-item': { as: 'control_interno', at: (places) => [{ muestra: places.sample, elemento: '1' }] },
  'routes/audit/verification': { as: 'control_interno', at: only({}) },
  'routes/risks/list': { as: 'jefatura_ogac', at: only({}, { query: '?momento=inherent&p=2&i=3' }) },
  'routes/risks/new': {
    as: 'jefatura_ogac',
    at: only(
      {},
      { query: '?tipo=guia_7:gestion' },
      { query: '?tipo=guia_7:seguridad' },
      { query: '?tipo=corrupcion:corrupcion' },
    ),
  },
  'routes/risks/year': { as: 'control_interno', at: only({}) },
  'routes/risks/import': { as: 'jefatura_ogac', at: only({}) },
  'routes/risks/imported': { as: 'jefatura_ogac', at: (places) => [{ libro: places.riskImport }] },
  'routes/risks/methodologies': { as: 'jefatura_ogac', at: only({}) },
  'routes/risks/methodology': {
    as: 'profesional_sig',
    at: only({ metodologia: 'guia_7.1' }, { metodologia: 'corrupcion' }),
  },
  'routes/risks/methodology-copy': { as: 'profesional_sig', at: only({ metodologia: 'guia_6' }) },
  'routes/risks/standing-checks': { as: 'jefatura_ogac', at: only({}) },
  'routes/risks/standing-check': { as: 'jefatura_ogac', at: only({ verificacion: 'riesgos-sin-demostrar' }) },
  'routes/risks/checks': { as: 'jefatura_ogac', at: only({}) },
  // Nothing was written behind the record of the demonstration: with something to explain, `test/app/difference.test.ts` opens it.
  'routes/risks/difference': {
    as: 'jefatura_ogac',
    at: only(
      { control: 'escrituras-en-bitacora' },
      { control: 'escrituras-en-bitacora', query: `?${new URLSearchParams({ diferencia: DIFFERENCE })}` },
    ),
  },
  'routes/risks/check': { as: 'jefatura_ogac', at: only({ control: 'avisos-enviados' }) },
  'routes/risks/risk': { as: 'jefatura_ogac', at: only({ codigo: 'R-001' }) },
  'routes/risks/made-assessment': { as: 'jefatura_ogac', at: only({ codigo: 'R-001', numero: '1' }) },
  'routes/risks/move': { as: 'jefatura_ogac', at: only({ codigo: 'R-002' }) },
  'routes/risks/residual': { as: 'jefatura_ogac', at: only({ codigo: 'R-001' }) },
  'routes/risks/treatment': { as: 'jefatura_ogac', at: only({ codigo: 'R-001' }) },
  'routes/risks/assessment': { as: 'jefatura_ogac', at: only({ codigo: 'R-001' }) },
  // Open and executed runs, and as whoever executes them.
  'routes/risks/control': { as: 'jefatura_ogac', at: only({ codigo: 'R-001', control: 'C-001' }) },
  'routes/risks/control-run': {
    as: 'direccion_tic',
    at: only({ codigo: 'R-001', control: 'C-001', periodo: `${appToday().slice(0, 4)}-01-01` }),
  },
  'routes/risks/standing-answer': { as: 'jefatura_ogac', at: only({ codigo: 'R-001' }) },
  'routes/risks/new-control': { as: 'jefatura_ogac', at: only({ codigo: 'R-001' }) },
  'routes/risks/dues': { as: 'jefatura_ogac', at: only({}) },
  'routes/risks/follow': { as: 'jefatura_ogac', at: only({ codigo: 'R-001' }) },
  'routes/risks/new-indicator': { as: 'jefatura_ogac', at: only({ codigo: 'R-001' }) },
  'routes/risks/indicator-correction': { as: 'jefatura_ogac', at: only({ indicador: 'I-001' }) },
  'routes/risks/indicator': { as: 'jefatura_ogac', at: only({ indicador: 'I-001' }) },
  'routes/improvement/list': { as: 'jefatura_ogac', at: only({}, { query: '?estado=effective' }) },
  'routes/improvement/new-finding': { as: 'control_interno', at: only({}) },
  'routes/improvement/findings': { as: 'control_interno', at: only({}, { query: '?estado=closed' }) },
  // With its forms, and as whoever closes it.
  'routes/improvement/finding': { as: 'direccion_tic', at: only({ codigo: 'H-2026-001' }) },
  // With its forms, and as whoever only reads it.
  'routes/improvement/action': { as: 'jefatura_ogac', at: only({ codigo: 'AM-2025-001' }, { codigo: 'AM-2025-002' }) },
  'routes/variables/list': { as: 'jefatura_ogac', at: only({}, { query: '?estado=interrumpida' }) },
  'routes/variables/variable': { as: 'jefatura_ogac', at: only({ codigo: 'zona' }) },
  // The city has one version of each variable: nothing to correspond with yet.
  'routes/variables/crosswalk': { as: 'jefatura_ogac', at: only({ codigo: 'zona', version: '2' }), status: 404 },
  'routes/results/list': { as: 'dependencia', at: only({}) },
  'routes/results/cycle': { as: 'dependencia', at: (places) => [{ ejercicio: places.published.cycle }] },
  'routes/results/summary': {
    as: 'dependencia',
    at: (places) => [{ ejercicio: places.published.cycle, dependencia: places.agency }],
  },
  'routes/publications/list': { as: 'jefatura_ogac', at: only({}) },
  'routes/publications/release': {
    as: 'jefatura_ogac',
    at: ({ published }) => [{ publicacion: published.release }, { publicacion: published.held }],
  },
  'routes/publications/disclosure': { as: 'profesional_ogac', at: (places) => [{ ejercicio: places.published.cycle }] },
  'routes/administration/index': { ...administrator, at: only({}) },
  'routes/administration/people': { ...administrator, at: only({}) },
  'routes/administration/person-new': { ...administrator, at: only({}) },
  'routes/administration/person': { ...administrator, at: (places) => [{ persona: places.person }] },
  'routes/administration/posts': { ...administrator, at: only({}) },
  'routes/administration/position-new': { ...administrator, at: only({}) },
  'routes/administration/position': { ...administrator, at: (places) => [{ cargo: places.position }] },
  'routes/administration/agency-new': { ...administrator, at: only({}) },
  'routes/administration/agency': { ...administrator, at: (places) => [{ dependencia: places.agency }] },
  'routes/administration/tenures': { ...administrator, at: only({}) },
  'routes/administration/tenure-new': { ...administrator, at: only({}) },
  'routes/administration/tenure': { ...administrator, at: (places) => [{ vinculacion: places.tenure }] },
  'routes/administration/calendar': { ...administrator, at: only({}) },
  'routes/administration/procedures': { ...administrator, at: only({}) },
  'routes/administration/procedure': { ...administrator, at: (places) => [{ version: places.procedure }] },
  'routes/administration/mail': { ...administrator, at: only({}) },
  'routes/administration/system': { ...administrator, at: only({}) },
  'routes/administration/incidents': { ...administrator, at: only({}) },
  'routes/administration/incident': { ...administrator, at: (places) => [{ incidencia: places.incident }] },
  'routes/administration/entity': { ...administrator, at: only({}) },
  'routes/templates/list': { ...administrator, at: only({}) },
  'routes/templates/new': { ...administrator, at: only({}) },
  'routes/templates/template': { ...administrator, at: (places) => [{ plantilla: places.template }] },
}

/** Routes that answer a file, data or a redirect: no page to look at. Their answers are held to that in the route matrix. */
const NO_PAGE = [
  // Shown between the password and the code only; as `routes/public/sign-in` with one field.
  ...['routes/public/second-step'],
  ...['routes/public/directory', 'routes/public/directory-back', 'routes/person/directory'],
  ...['routes/public/shield', 'routes/public/release-file', 'routes/person/sign-out', 'routes/person/session'],
  ...['routes/person/switch-position', 'routes/sources/upload', 'routes/sources/rejects', 'routes/work/draft'],
  ...['routes/person/list-file', 'routes/access/list-template', 'routes/access/entry', 'routes/risks/map-file'],
  ...[
    'routes/risks/year-file',
    'routes/audit/proof-file',
    'routes/audit/checkpoint-file',
    'routes/audit/growth-file',
    'routes/audit/leaves-file',
    'routes/audit/population-file',
    'routes/audit/pack-file',
  ],
  ...['routes/public/verifier', 'routes/public/log-file'],
  ...['routes/work/file', 'routes/publications/draft-file', 'routes/report/file', 'routes/public/news'],
  ...['routes/improvement/file', 'routes/risks/evidence-file', 'routes/work/presence', 'routes/report/section-text'],
  ...['routes/capture/typed'],
  ...['routes/templates/sample'],
  ...['routes/public/catalogue-jsonld', 'routes/public/catalogue-ttl'],
  ...['routes/public/dcat-jsonld', 'routes/public/dcat-ttl'],
  ...['routes/public/correspondences-csv', 'routes/public/correspondences-json'],
]

let product: Product
let places: Places
const contexts: BrowserContext[] = []
const pages = new Map<string, Page>()

test.beforeAll(async () => {
  test.setTimeout(300_000)
  product = openProduct(e2eState())
  const life = await liveIn(product, SLUG)
  const published = await liveToPublication(product, SLUG)
  const { code } = await withEntity(product.context.db, life.entityId, (trx) =>
    trx.selectFrom('document').select('code').where('cycle_id', '=', published.cycle).executeTakeFirstOrThrow(),
  )
  const { code: figure } = await withEntity(product.context.db, life.entityId, (trx) =>
    trx.selectFrom('figure_code').select('code').limit(1).executeTakeFirstOrThrow(),
  )
  const held = await heldRelease(product, SLUG, published.release)
  await publishedLog(life.entityId)
  await redControl(life.entityId)
  places = { ...life, published: { ...published, code, figure, held } }
})
/** A day of the log, as the night hands it to strangers, and a week of reading that was looked over. */
async function publishedLog(entityId: string): Promise<void> {
  const owner = openDatabase(e2eState().ownerUrl, { max: 1 })
  const publish = (trx: Trx) =>
    sql`insert into log_day (entity_id, day, first, size, checkpoint_size)
      select entity_id, app_now()::date - 1, 0, size, size from log_checkpoint where entity_id = ${entityId}
      order by size limit 1 on conflict (entity_id, day) do update set size = excluded.size`.execute(trx)
  await expect
    .poll(async () => (await withEntity(owner, entityId, publish)).numAffectedRows, { timeout: 60_000 })
    .toBe(1n)
  await withEntity(owner, entityId, (trx) =>
    sql`with week as (insert into reading_week values (${entityId}, '2026-01-05', 1, 9) on conflict do nothing returning 1)
      insert into unusual_reading (entity_id, week, person_id, reads, objects, reasons)
      select ${entityId}, '2026-01-05', (select id from person where entity_id = ${entityId} limit 1), 9, 1,
        array['night', 'same_object'] from week`.execute(trx),
  )
  await owner.close()
}

/** A run that found a write without its event: what its page shows, and the form in which somebody answers for it. */
async function redControl(entityId: string): Promise<void> {
  const [roundId, control, startedAt] = [newId(), 'write_without_event' as const, new Date()]
  const facts = { table: 'person', difference: DIFFERENCE, rows: '1' }
  const violations = [{ kind: 'none' as const, id: 'person', place: null, label: '', reason: 'row_changed', facts }]
  const owner = openDatabase(e2eState().ownerUrl, { max: 1 })
  await withEntity(owner, entityId, async (trx) => {
    await openRound(trx, { id: roundId, entityId, controls: [control], by: null })
    const examination = { lookedAt: 1, found: 1, violations }
    await recordRun(trx, { entityId, roundId, control }, { startedAt, examination })
  })
  await owner.close()
}

test.afterAll(async () => {
  for (const context of contexts) await context.close()
  await product?.close()
})

async function pageOf(browser: Browser, duty = ''): Promise<Page> {
  const known = pages.get(duty)
  if (known) return known
  const context = await browser.newContext({ colorScheme: 'light' })
  contexts.push(context)
  const page = await context.newPage()
  if (duty) await signIn(page, duty, SLUG)
  pages.set(duty, page)
  return page
}

const routes = () => builtRoutes().flatMap((route) => (route.path === null ? [] : [{ id: route.id, path: route.path }]))

test('every route of the build has a visit', () => {
  const known = [...Object.keys(VISITS), ...NO_PAGE].sort()
  expect(known).toEqual(
    routes()
      .map((route) => route.id)
      .sort(),
  )
})

for (const id of Object.keys(VISITS)) {
  test(`${id} can be used by everybody`, async ({ browser }) => {
    const visit = VISITS[id] as Visit
    const path = routes().find((route) => route.id === id)?.path ?? ''
    const page = await pageOf(browser, visit.as)
    for (const { query = '', ...given } of visit.at(places)) {
      const params = given as Record<string, string>
      await page.setViewportSize({ width: 1280, height: 800 })
      const answer = await page.goto(addressWith(path, params) + query)
      expect(answer?.status()).toBe(visit.status ?? 200)
      await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1)
      const faults: string[] = []
      await openDetails(page)
      for (const fault of await violationsOf(page)) faults.push(`light: ${fault}`)
      // Between light and dark nothing differs but the colours.
      await page.emulateMedia({ colorScheme: 'dark' })
      for (const fault of await violationsOf(page, ['color-contrast'])) faults.push(`dark: ${fault}`)
      await page.emulateMedia({ colorScheme: 'light' })
      await page.setViewportSize({ width: 320, height: 640 })
      for (const fault of await stickingOut(page)) faults.push(`320 px: ${fault}`)
      for (const fault of await smallTargets(page)) faults.push(`less than 44 px: ${fault}`)
      for (const fault of await unnamedScrollers(page)) faults.push(`scrolls without a name: ${fault}`)
      expect(faults, new URL(page.url()).pathname).toEqual([])
    }
  })
}
