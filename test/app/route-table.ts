/** What every route answers to whom: one row a route, read by the generated matrix (promises G9). */
import { DEMO_ENTITIES } from '../../catalog/demo-users.ts'

export const DUTIES = (DEMO_ENTITIES[0]?.users ?? []).map((user) => user.duty as string)

/** Sources and what is computed from them: whoever works on steps 3 to 7 (domain/permissions.ts). */
const ANALYSTS = [
  ...['profesional_ogac', 'profesional_tic', 'profesional_sig', 'profesional_comunicaciones', 'jefatura_ogac'],
  ...['direccion_tic', 'jefatura_comunicaciones', 'secretaria_general'],
]
const ATTACHERS = ['profesional_ogac', 'profesional_tic']
/** Who elaborates, reviews or approves step 7 (domain/permissions.ts). */
const STEP_7 = ['profesional_ogac', 'profesional_sig', 'direccion_tic', 'jefatura_ogac', 'secretaria_general']
const PUBLISHERS = ['profesional_ogac', 'jefatura_ogac', 'secretaria_general']
const ADMINISTRATORS = ['administracion']
/** Who names collectors outside. */
const FORWARDERS = [...ADMINISTRATORS, 'control_interno']
/** Who proposes disposals, decides them, or audits. */
const DISPOSAL_READERS = [...ADMINISTRATORS, 'jefatura_ogac', ...['control_interno', 'alcaldia']]
/** Who keeps connections. */
const TIC_OFFICE = ['profesional_tic', 'direccion_tic']
const MAP_KEEPERS = ['profesional_tic', 'direccion_tic', ...ADMINISTRATORS]
/** Whom a delegated access concerns, and who reads them all (domain/permission-rows.ts). */
const ACCESS_READERS = ['atencion', 'dependencia', 'jefatura_ogac', 'control_interno', 'alcaldia', 'administracion']
/** Who heads a dependencia: asks for the access of its people. */
const HEADS = [
  ...['jefatura_ogac', 'profesional_sig', 'direccion_tic', 'jefatura_comunicaciones', 'secretaria_general'],
  ...['alcaldia', 'control_interno', 'dependencia'],
]
/** Whom the absence of Dirección TIC concerns, and who reads them all. */
const ABSENCE_READERS = ['direccion_tic', 'profesional_tic', 'control_interno', 'alcaldia', 'administracion']
/** Who reads the history of the entity. */
const AUDITORS = ['control_interno', 'alcaldia']
/** Who reads every delegated access. */
const ACCESS_OVERSEERS = ['jefatura_ogac', 'control_interno', 'alcaldia', 'administracion']
/** Who keeps the risk map (domain/permission-rows.ts). */
const RISK_KEEPERS = ['profesional_ogac', 'jefatura_ogac', 'profesional_sig', 'direccion_tic']
/** Who reads every review of accesses. */
const REVIEW_READERS = ['jefatura_ogac', 'control_interno', 'alcaldia', 'administracion']
const OGAC_AUTHOR = ['profesional_ogac']

/** Status for the duties named, and for all others; a number alone is for everyone. */
export type Expected = number | { duties: string[]; then: number; otherwise: number }
/** `sign in`: off to `/ingresar` and back. */
type Anonymous = number | 'sign in'

/** An id nobody has. */
export const NOBODY = '01900000-0000-7000-8000-000000000000'

export interface Row {
  /** Which life of the own entity fills the parameters: the waiting cycle unless said otherwise. */
  on?: 'open' | 'published' | 'map'
  anonymous: Anonymous
  own: Expected
  /** With the ids of another entity, and with ids nobody has; absent where the address names no object. */
  other?: Expected
  /** A form without what it needs, by somebody signed in: 422 where it may be sent at all. */
  post?: { own: Expected; anonymous: Anonymous; body?: Record<string, string>; multipart?: true }
  params?: Record<string, string>
  query?: string
}

const among = (duties: string[], then: number, otherwise: number): Expected => ({ duties, then, otherwise })
const open = { anonymous: 200, own: 200 } as const
const person = { anonymous: 'sign in', own: 200 } as const
const object = { anonymous: 'sign in', own: 200, other: 404 } as const
const administration = { anonymous: 'sign in', own: among(ADMINISTRATORS, 200, 403) } as const
const administered = { ...administration, other: among(ADMINISTRATORS, 404, 403) } as const

/** A form of the administration, sent empty. */
const changes = { own: among(ADMINISTRATORS, 422, 403), anonymous: 'sign in' } as const

export const ROUTES: Record<string, Row> = {
  'routes/public/home': open,
  'routes/public/sign-in': { anonymous: 200, own: 302, post: { own: 302, anonymous: 422 } },
  // Whoever has not given the password a moment ago is sent to do so.
  'routes/public/second-step': { anonymous: 'sign in', own: 302, post: { own: 302, anonymous: 'sign in' } },
  // The tests' installation names no directory.
  'routes/public/directory': { anonymous: 404, own: 404 },
  'routes/public/directory-back': { anonymous: 302, own: 302 },
  'routes/public/new-password': {
    ...{ anonymous: 410, own: 410, params: { enlace: 'nadie-lo-tiene' } },
    post: { own: 422, anonymous: 422 },
  },
  // The one-time link exists in production only; in a demonstration there is nothing here.
  'routes/install/install': {
    ...{ anonymous: 404, own: 404, params: { enlace: 'nadie-lo-tiene' } },
    post: { own: 404, anonymous: 404 },
  },
  'routes/public/help': open,
  'routes/public/accessibility': open,
  'routes/public/site-map': open,
  'routes/public/privacy': open,
  'routes/public/open-data': open,
  'routes/public/dataset': open,
  'routes/public/dataset-version': open,
  'routes/public/dictionary': open,
  'routes/public/catalogue-jsonld': open,
  'routes/public/catalogue-ttl': open,
  'routes/public/dcat-jsonld': open,
  'routes/public/dcat-ttl': open,
  // Nothing was ever joined in what the others live; what it says is in variables.test.ts.
  'routes/public/correspondences-csv': { anonymous: 404, own: 404 },
  'routes/public/correspondences-json': { anonymous: 404, own: 404 },
  'routes/public/news': open,
  'routes/public/logs': open,
  'routes/public/verifier': open,
  // No day was published where the others live; what is said of one is in log-days.test.ts.
  'routes/public/log': { anonymous: 404, own: 404, params: { entidad: NOBODY } },
  'routes/public/log-file': {
    ...{ anonymous: 404, own: 404 },
    params: { entidad: NOBODY, dia: '2026-01-01', archivo: 'huellas.txt' },
  },
  'routes/public/release-file': open,
  'routes/public/verify-start': open,
  'routes/public/my-rights': open,
  'routes/public/ask-rights': { ...open, post: { own: 422, anonymous: 422 } },
  // A code nobody was given; what stands behind one is in rights.test.ts.
  'routes/public/follow-rights': {
    ...{ anonymous: 404, own: 404, params: { codigo: 'ABCDEFGHJKMN' } },
    post: { own: 404, anonymous: 404 },
  },
  // A code nobody printed; what stands behind one is in figure-codes.test.ts.
  'routes/public/figure': { anonymous: 404, own: 404, params: { codigo: 'ABCDEFGHJKMN' } },
  'routes/public/verify': { ...open, post: { own: 422, anonymous: 422, multipart: true } },
  'routes/public/not-found': {
    anonymous: 404,
    own: 404,
    params: { '*': 'no-existe' },
    post: { own: 404, anonymous: 404 },
  },
  'routes/public/shield': { anonymous: 404, own: 404, params: { hash: 'f'.repeat(64) } },

  // Leaving is tried last, by its own test: it ends the session.
  'routes/person/sign-out': { anonymous: 302, own: 302 },
  'routes/person/session': { anonymous: 'sign in', own: 204 },
  'routes/person/switch-position': {
    ...{ anonymous: 302, own: 302 },
    post: { own: 403, anonymous: 'sign in', body: { cargo: 'de-nadie' } },
  },
  'routes/person/start': person,
  'routes/person/account': { ...person, post: { own: 422, anonymous: 'sign in' } },
  'routes/person/directory': { anonymous: 'sign in', own: 404 },
  'routes/person/second-factor': { ...person, post: { own: 422, anonymous: 'sign in' } },
  'routes/person/list-file': { ...person, params: { lista: 'bandeja', formato: 'csv' } },

  'routes/work/inbox': { ...person, post: { own: 404, anonymous: 'sign in', body: { tarea: 'ninguna' } } },
  'routes/work/decide-many': { ...person, post: { own: 422, anonymous: 'sign in' } },
  'routes/work/inbox-views': { ...person, post: { own: 422, anonymous: 'sign in' } },
  'routes/work/cycles': person,
  'routes/work/new-cycle': { ...person, post: { own: 422, anonymous: 'sign in' } },
  'routes/work/cycle': object,
  'routes/work/cancel-cycle': { ...object, post: { own: 422, anonymous: 'sign in' } },
  // A submission: the copy of its receipt goes to its author alone.
  'routes/work/act': { ...object, post: { own: among(OGAC_AUTHOR, 302, 404), anonymous: 'sign in' } },
  'routes/work/step': {
    ...{ ...object, on: 'open' },
    post: { own: 422, anonymous: 'sign in', body: { intent: 'comentar', comentario: '' } },
  },
  'routes/work/newer-form': {
    ...{ ...object, on: 'open' },
    post: { own: among(OGAC_AUTHOR, 409, 403), anonymous: 'sign in', body: { rev: '999', version: '999' } },
  },
  'routes/work/step-answers': {
    ...{ on: 'open', anonymous: 'sign in', own: among(OGAC_AUTHOR, 200, 302), other: 404 },
    post: { own: among(OGAC_AUTHOR, 409, 403), anonymous: 'sign in' },
  },
  'routes/work/decision': { ...object, post: { own: 422, anonymous: 'sign in' } },
  'routes/work/withdraw': { ...object, post: { own: 422, anonymous: 'sign in', body: { version: NOBODY } } },
  'routes/work/reopen': { ...object, post: { own: 422, anonymous: 'sign in', body: { verdict: 'ask' } } },
  'routes/work/step-version': object,
  'routes/work/changes': object,
  'routes/work/moments': object,
  'routes/work/draft': {
    ...{ on: 'open', anonymous: 302, own: 302, other: 302 },
    post: { own: among(OGAC_AUTHOR, 409, 403), anonymous: 'sign in', body: { rev: '999' } },
  },
  'routes/work/presence': {
    ...{ on: 'open', anonymous: 302, own: 302, other: 302 },
    post: { own: 200, anonymous: 'sign in' },
  },
  'routes/work/file': { ...object, on: 'open' },

  'routes/maps/list': { ...person, post: { own: among(MAP_KEEPERS, 422, 403), anonymous: 'sign in', multipart: true } },
  'routes/maps/received': { ...object, on: 'map', post: { own: 422, anonymous: 'sign in' } },
  'routes/maps/map': { ...object, post: { own: 422, anonymous: 'sign in' } },
  'routes/sources/list': object,
  'routes/sources/new': { ...object, post: { own: 422, anonymous: 'sign in' } },
  'routes/sources/source': { ...object, post: { own: 422, anonymous: 'sign in' } },
  'routes/sources/contract': { ...object, post: { own: 422, anonymous: 'sign in' } },
  // From a connection only those who keep them and may attach; the step of this cycle is not open.
  'routes/sources/outside': {
    ...{ anonymous: 'sign in', own: among(TIC_OFFICE, 200, 403), other: among(TIC_OFFICE, 404, 403) },
    post: { own: among(ATTACHERS, 409, 403), anonymous: 'sign in', body: { conexion: NOBODY } },
  },
  'routes/sources/profile': {
    ...{ anonymous: 'sign in', own: among(ANALYSTS, 200, 403), other: 404 },
    post: { own: 422, anonymous: 'sign in' },
  },
  'routes/sources/upload': {
    ...{ anonymous: 302, own: 302, other: 302 },
    post: { own: among(ATTACHERS, 409, 403), anonymous: 'sign in', multipart: true },
  },
  'routes/sources/rejected-rows': { anonymous: 'sign in', own: among(ANALYSTS, 200, 403), other: 404 },
  'routes/sources/rejects': { anonymous: 'sign in', own: among(ANALYSTS, 200, 403), other: 404 },
  'routes/analysis/analysis': {
    ...{ anonymous: 'sign in', own: among(ANALYSTS, 200, 403), other: 404 },
    post: { own: among(ANALYSTS, 422, 403), anonymous: 'sign in' },
  },
  'routes/analysis/coverage': {
    ...{ anonymous: 'sign in', own: among(ANALYSTS, 200, 403), other: 404 },
    post: { own: among(ANALYSTS, 422, 403), anonymous: 'sign in', multipart: true },
  },
  'routes/analysis/segments': {
    ...{ anonymous: 'sign in', own: among(ANALYSTS, 200, 403), other: 404 },
    post: { own: 422, anonymous: 'sign in' },
  },

  'routes/report/report': { ...object, post: { own: among(OGAC_AUTHOR, 409, 403), anonymous: 'sign in' } },
  'routes/report/preview': object,
  'routes/report/section': {
    ...{ ...object, params: { seccion: 'alcance' } },
    post: { own: among(OGAC_AUTHOR, 409, 403), anonymous: 'sign in' },
  },
  // Step 6 of the waiting cycle is not open: nobody proposes anything yet, as the page says.
  'routes/report/proposal': {
    ...{ ...object, params: { seccion: 'alcance' } },
    post: {
      own: among(['profesional_ogac', 'profesional_sig'], 409, 403),
      ...{ anonymous: 'sign in', body: { texto: 'x', motivo: 'Porque se entiende mejor.' } },
    },
  },
  'routes/report/section-text': {
    ...{ anonymous: 302, own: 302, other: 302, params: { seccion: 'alcance' } },
    post: { own: among(OGAC_AUTHOR, 409, 403), anonymous: 'sign in' },
  },
  'routes/report/file': { ...object, params: { formato: 'html' } },

  'routes/variables/list': person,
  // Its address names no id: each entity has variables of its own under the codes all have.
  'routes/variables/variable': { ...person, params: { codigo: 'zona' } },
  // Only a second version has something to correspond with; this city has the first.
  'routes/variables/crosswalk': {
    ...{ anonymous: 'sign in', own: 404, params: { codigo: 'zona', version: '2' } },
    post: { own: 404, anonymous: 'sign in' },
  },

  'routes/access/list': person,
  'routes/access/new': { ...person, post: { own: 422, anonymous: 'sign in' } },
  'routes/access/new-list': {
    ...person,
    post: { own: among(HEADS, 422, 403), anonymous: 'sign in', multipart: true },
  },
  'routes/access/list-template': { ...person, params: { formato: 'xlsx' } },
  // Whoever sent it.
  'routes/access/sent-list': {
    ...{ anonymous: 'sign in', own: among(['dependencia'], 200, 404), other: 404 },
    post: { own: among(['dependencia'], 302, 404), anonymous: 'sign in' },
  },
  'routes/access/grounds': person,
  'routes/access/readings': { anonymous: 'sign in', own: among(ACCESS_OVERSEERS, 200, 403) },
  'routes/access/indicators': { anonymous: 'sign in', own: among(ACCESS_OVERSEERS, 200, 403) },
  'routes/access/grant': {
    ...{ anonymous: 'sign in', own: among(ACCESS_READERS, 200, 404), other: 404 },
    post: { own: 422, anonymous: 'sign in' },
  },

  // Whoever leads the process opens and closes reviews; audit, direction and administration read them.
  'routes/access/campaigns': {
    ...{ anonymous: 'sign in', own: among(REVIEW_READERS, 200, 404) },
    post: { own: among(REVIEW_READERS, 422, 404), anonymous: 'sign in' },
  },
  'routes/access/campaign': {
    ...{ anonymous: 'sign in', own: among(REVIEW_READERS, 200, 404), other: 404 },
    post: { own: 422, anonymous: 'sign in', body: { formulario: 'caso' } },
  },
  'routes/access/review': {
    ...{ anonymous: 'sign in', own: among([...REVIEW_READERS, 'dependencia'], 200, 404), other: 404 },
    post: { own: 422, anonymous: 'sign in' },
  },

  'routes/absences/list': person,
  'routes/absences/new': { ...person, post: { own: 422, anonymous: 'sign in' } },
  'routes/absences/absence': {
    ...{ anonymous: 'sign in', own: among(ABSENCE_READERS, 200, 404), other: 404 },
    post: { own: 422, anonymous: 'sign in' },
  },
  // The access of every life waits for its decision: it lets nobody in yet.
  'routes/access/entry': { anonymous: 'sign in', own: among(['atencion'], 403, 404), other: 404 },
  // Whoever has no access in force is told whom to ask; a record and what is unfinished are their delegate's alone.
  'routes/capture/home': person,
  'routes/capture/records': { ...person, post: { own: 422, anonymous: 'sign in' } },
  'routes/capture/record': {
    ...{ anonymous: 'sign in', own: among(['atencion'], 200, 404), other: 404 },
    post: { own: 422, anonymous: 'sign in' },
  },
  'routes/capture/receipt': { anonymous: 'sign in', own: among(['atencion'], 200, 404), other: 404 },
  'routes/capture/begin': {
    ...{ anonymous: 'sign in', own: among(['atencion'], 200, 403), params: { formulario: 'persona-natural' } },
    post: { own: 422, anonymous: 'sign in' },
  },
  'routes/capture/review': {
    ...{ anonymous: 'sign in', own: among(['atencion'], 200, 403), params: { formulario: 'persona-natural' } },
    other: among(['atencion'], 409, 403),
    post: { own: among(['atencion'], 409, 403), anonymous: 'sign in' },
  },
  'routes/capture/page': {
    ...{ anonymous: 'sign in', own: among(['atencion'], 200, 403), other: among(['atencion'], 409, 403) },
    params: { formulario: 'persona-natural', pagina: 'geograficas' },
    post: { own: among(['atencion'], 422, 403), anonymous: 'sign in' },
  },
  'routes/capture/typed': {
    ...{ anonymous: 302, own: 302, other: 302, params: { formulario: 'persona-natural', pagina: 'geograficas' } },
    post: { own: among(['atencion'], 200, 403), anonymous: 'sign in' },
  },

  'routes/rights/list': person,
  'routes/rights/new': { ...person, post: { own: 422, anonymous: 'sign in' } },
  // Nobody filed one where the others live; one that was is in rights.test.ts.
  'routes/rights/request': {
    ...{ anonymous: 'sign in', own: 404, params: { solicitud: NOBODY } },
    post: { own: 422, anonymous: 'sign in' },
  },

  'routes/rights/copy': {
    ...{ anonymous: 'sign in', own: 404, params: { solicitud: NOBODY } },
    post: { own: 404, anonymous: 'sign in' },
  },

  'routes/audit/trail': { anonymous: 'sign in', own: among(AUDITORS, 200, 403) },
  'routes/audit/verification': { anonymous: 'sign in', own: among(AUDITORS, 200, 403) },
  'routes/audit/as-of': { anonymous: 'sign in', own: among(AUDITORS, 200, 403) },
  'routes/audit/cycle-as-of': {
    anonymous: 'sign in',
    own: among(AUDITORS, 200, 403),
    other: among(AUDITORS, 404, 403),
  },
  // Without a subject in the address there is nothing.
  'routes/work/ran-terms': { anonymous: 'sign in', own: 404 },
  'routes/work/sent-notices': { anonymous: 'sign in', own: 404 },
  'routes/work/cycle-map': object,
  // An auditor or administrator without a subject in the address is told there is nothing.
  'routes/audit/workflows': { anonymous: 'sign in', own: among([...AUDITORS, 'administracion'], 404, 403) },
  'routes/audit/event': {
    anonymous: 'sign in',
    own: among(AUDITORS, 200, 403),
    other: among(AUDITORS, 404, 403),
  },
  'routes/audit/samples': { anonymous: 'sign in', own: among(AUDITORS, 200, 403) },
  'routes/audit/new-sample': {
    ...{ anonymous: 'sign in', own: among(AUDITORS, 200, 403) },
    post: { own: among(AUDITORS, 422, 403), anonymous: 'sign in' },
  },
  // Its code counts within the entity: another entity's is never in an address.
  'routes/audit/sample': { anonymous: 'sign in', own: among(AUDITORS, 200, 403) },
  'routes/audit/sample-item': {
    ...{ anonymous: 'sign in', own: among(AUDITORS, 200, 403) },
    post: { own: among(AUDITORS, 422, 403), anonymous: 'sign in' },
  },
  'routes/audit/population-file': { anonymous: 'sign in', own: among(AUDITORS, 200, 403) },
  'routes/audit/pack-file': {
    ...{ anonymous: 'sign in', own: among(AUDITORS, 404, 403) },
    query: `?ejercicio=${NOBODY}`,
  },
  'routes/audit/proof-file': { anonymous: 'sign in', own: among(AUDITORS, 404, 403), params: { hecho: NOBODY } },
  'routes/audit/growth-file': { anonymous: 'sign in', own: among(AUDITORS, 404, 403), params: { hechos: '0' } },
  'routes/audit/leaves-file': { anonymous: 'sign in', own: among(AUDITORS, 200, 403), query: '?dia=2020-01-01' },
  'routes/audit/checkpoint-file': { anonymous: 'sign in', own: among(AUDITORS, 404, 403), params: { hechos: '0' } },
  'routes/risks/list': person,
  'routes/risks/map-file': person,
  'routes/risks/new': {
    ...person,
    query: '?tipo=guia_7:gestion',
    post: { own: 422, anonymous: 'sign in' },
  },
  'routes/risks/year': person,
  'routes/risks/year-file': person,
  'routes/risks/import': {
    ...person,
    post: { own: among(RISK_KEEPERS, 422, 403), anonymous: 'sign in', multipart: true },
  },
  // The one that was sent has a cell to correct.
  'routes/risks/imported': {
    ...{ anonymous: 'sign in', own: 200, other: 404 },
    post: { own: among(RISK_KEEPERS, 409, 403), anonymous: 'sign in' },
  },
  'routes/risks/methodologies': { ...person, post: { own: 422, anonymous: 'sign in' } },
  // Nothing is typed to copy one.
  'routes/risks/methodology': {
    ...{ ...person, params: { metodologia: 'guia_7' } },
    post: { own: among(['profesional_sig'], 302, 403), anonymous: 'sign in' },
  },
  'routes/risks/methodology-copy': {
    ...{ ...person, params: { metodologia: 'guia_6' } },
    post: { own: 422, anonymous: 'sign in' },
  },
  'routes/risks/standing-checks': person,
  'routes/risks/standing-check': {
    ...person,
    params: { verificacion: 'plazos-vencidos' },
    post: { own: 422, anonymous: 'sign in' },
  },
  'routes/risks/checks': { ...person, post: { own: 404, anonymous: 'sign in' } },
  // What the last run found has no address that a table could name: `test/app/difference.test.ts` opens it.
  'routes/risks/difference': {
    ...person,
    params: { control: 'escrituras-en-bitacora' },
    post: { own: 422, anonymous: 'sign in' },
  },
  'routes/risks/check': {
    ...person,
    params: { control: 'avisos-enviados' },
    post: { own: 404, anonymous: 'sign in' },
  },
  // Their codes count within the entity: another entity's are never in an address.
  'routes/risks/risk': { ...person, params: { codigo: 'R-001' }, post: { own: 422, anonymous: 'sign in' } },
  'routes/risks/made-assessment': { ...person, params: { codigo: 'R-001', numero: '1' } },
  'routes/risks/move': { ...person, params: { codigo: 'R-002' }, post: { own: 422, anonymous: 'sign in' } },
  'routes/risks/residual': { ...person, params: { codigo: 'R-001' }, post: { own: 422, anonymous: 'sign in' } },
  'routes/risks/treatment': { ...person, params: { codigo: 'R-001' }, post: { own: 422, anonymous: 'sign in' } },
  'routes/risks/assessment': { ...person, params: { codigo: 'R-001' }, post: { own: 422, anonymous: 'sign in' } },
  'routes/risks/control': {
    ...{ ...person, params: { codigo: 'R-001', control: 'C-001' } },
    post: { own: 422, anonymous: 'sign in' },
  },
  // One that is open stands in control-runs.test.ts.
  'routes/risks/control-run': {
    ...{ anonymous: 'sign in', own: 404, params: { codigo: 'R-001', control: 'C-001', periodo: '2001-01-01' } },
    post: { own: 404, anonymous: 'sign in' },
  },
  'routes/risks/evidence-file': { anonymous: 'sign in', own: 404, params: { evidencia: NOBODY } },
  'routes/risks/standing-answer': { ...person, params: { codigo: 'R-001' }, post: { own: 422, anonymous: 'sign in' } },
  'routes/risks/new-control': { ...person, params: { codigo: 'R-001' }, post: { own: 422, anonymous: 'sign in' } },
  'routes/risks/dues': person,
  'routes/risks/follow': { ...person, params: { codigo: 'R-001' }, post: { own: 422, anonymous: 'sign in' } },
  'routes/risks/new-indicator': { ...person, params: { codigo: 'R-001' }, post: { own: 422, anonymous: 'sign in' } },
  'routes/risks/indicator-correction': {
    ...{ ...person, params: { indicador: 'I-001' } },
    post: { own: 422, anonymous: 'sign in' },
  },
  'routes/risks/indicator': { ...person, params: { indicador: 'I-001' }, post: { own: 422, anonymous: 'sign in' } },
  'routes/improvement/list': person,
  'routes/improvement/new-finding': { ...person, post: { own: 422, anonymous: 'sign in' } },
  'routes/improvement/findings': person,
  'routes/improvement/finding': {
    ...{ ...person, params: { codigo: 'H-2026-001' } },
    post: { own: 422, anonymous: 'sign in' },
  },
  // Its code counts within the entity: another entity's is never in an address.
  'routes/improvement/action': {
    ...{ ...person, params: { codigo: 'AM-2025-001' } },
    post: { own: 422, anonymous: 'sign in' },
  },
  // One that is there is downloaded in improvement.test.ts.
  'routes/improvement/file': {
    ...{ anonymous: 'sign in', own: 404, params: { codigo: 'AM-2025-001', archivo: NOBODY } },
  },
  'routes/results/list': person,
  'routes/results/cycle': { ...object, on: 'published' },
  'routes/results/summary': { ...{ ...object, on: 'published' }, post: { own: 422, anonymous: 'sign in' } },

  'routes/publications/list': person,
  'routes/publications/release': {
    ...{ ...object, on: 'published' },
    post: { own: 422, anonymous: 'sign in' },
  },
  'routes/publications/correction': {
    ...{ ...object, on: 'published', own: among(STEP_7, 200, 404) },
    post: { own: among(OGAC_AUTHOR, 422, 403), anonymous: 'sign in', body: {} },
  },
  'routes/publications/disclosure': {
    ...{ ...object, on: 'published' },
    post: { own: among(PUBLISHERS, 409, 403), anonymous: 'sign in' },
  },
  // Published files are public; what is left here is nothing.
  'routes/publications/draft-file': { ...object, on: 'published', own: 404 },

  'routes/connections/list': { anonymous: 'sign in', own: among(TIC_OFFICE, 200, 403) },
  'routes/connections/new': {
    ...{ anonymous: 'sign in', own: among(TIC_OFFICE, 200, 403) },
    post: { own: among(TIC_OFFICE, 422, 403), anonymous: 'sign in' },
  },
  'routes/connections/connection': {
    ...{ anonymous: 'sign in', own: among(TIC_OFFICE, 200, 403), other: among(TIC_OFFICE, 404, 403) },
    post: { own: among(TIC_OFFICE, 422, 403), anonymous: 'sign in', body: { formulario: 'datos' } },
  },

  'routes/collectors/list': { anonymous: 'sign in', own: among(FORWARDERS, 200, 403) },
  'routes/collectors/new': {
    ...{ anonymous: 'sign in', own: among(FORWARDERS, 200, 403) },
    post: { own: among(FORWARDERS, 422, 403), anonymous: 'sign in' },
  },
  'routes/collectors/collector': {
    ...{ anonymous: 'sign in', own: among(FORWARDERS, 200, 403), other: among(FORWARDERS, 404, 403) },
    post: { own: among(FORWARDERS, 422, 403), anonymous: 'sign in', body: { formulario: 'destino' } },
  },
  'routes/disposal/list': { anonymous: 'sign in', own: among(DISPOSAL_READERS, 200, 403) },
  'routes/disposal/table': { anonymous: 'sign in', own: among(DISPOSAL_READERS, 200, 403) },
  'routes/disposal/propose': {
    // The cycle of the matrix goes on: nobody proposes to eliminate it.
    ...{ anonymous: 'sign in', own: among(ADMINISTRATORS, 409, 403), other: among(ADMINISTRATORS, 404, 403) },
    post: { own: among(ADMINISTRATORS, 422, 403), anonymous: 'sign in' },
  },
  'routes/disposal/disposal': {
    ...{ anonymous: 'sign in', own: among(DISPOSAL_READERS, 200, 403), other: among(DISPOSAL_READERS, 404, 403) },
    post: { own: among(DISPOSAL_READERS, 422, 403), anonymous: 'sign in', body: { formulario: 'return_disposal' } },
  },
  'routes/administration/retention': { ...administration, post: changes },
  'routes/administration/index': administration,
  'routes/administration/people': administration,
  'routes/administration/person-new': { ...administration, post: changes },
  'routes/administration/person': { ...administered, post: { ...changes, body: { formulario: 'datos' } } },
  'routes/administration/posts': administration,
  'routes/administration/position-new': { ...administration, post: changes },
  'routes/administration/position': { ...administered, post: { ...changes, body: { formulario: 'datos' } } },
  'routes/administration/agency-new': { ...administration, post: changes },
  'routes/administration/agency': { ...administered, post: { ...changes, body: { formulario: 'datos' } } },
  'routes/administration/tenures': administration,
  'routes/administration/tenure-new': { ...administration, post: changes },
  'routes/administration/tenure': { ...administered, post: { ...changes, body: { formulario: 'terminar' } } },
  'routes/administration/calendar': { ...administration, post: changes },
  'routes/administration/procedures': administration,
  'routes/administration/procedure': administered,
  'routes/administration/mail': administration,
  'routes/administration/system': administration,
  'routes/administration/incidents': administration,
  'routes/administration/incident': { ...administered, post: { ...changes, body: { formulario: 'cierre' } } },
  'routes/administration/entity': { ...administration, post: changes },
  'routes/templates/list': { ...administration, post: { ...changes, multipart: true } },
  'routes/templates/new': { ...administration, post: { ...changes, multipart: true } },
  'routes/templates/template': { ...administered, post: { ...changes, multipart: true } },
  // What it shows is said by what follows the address.
  'routes/templates/sample': {
    ...{ anonymous: 'sign in', own: among(ADMINISTRATORS, 404, 403), params: { formato: 'html' } },
  },
}
