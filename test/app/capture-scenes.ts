/** Scenes of the commands with which citizens' data are captured, read and corrected. */
import { beginCapture } from '../../app/commands/begin-capture.server.ts'
import { beginCorrection, findCitizen, readCitizen } from '../../app/commands/read-citizen.server.ts'
import { recordCitizen } from '../../app/commands/record-citizen.server.ts'
import { dropCapture, keepTypedPage, saveCapturePage } from '../../app/commands/save-capture-page.server.ts'
import type { AppContext } from '../../app/context.server.ts'
import type { Actor } from '../../app/session.server.ts'
import { DEMO_CITIZENS } from '../../catalog/demo/citizens.ts'
import { newId } from '../../db/ids.ts'
import type { Purpose } from '../../domain/capture-forms.ts'
import type { EventType } from '../../domain/events.ts'
import type { RefusalCode } from '../../domain/refusals.ts'
import { liveAccesses } from '../../scripts/demonstration/access.ts'
import { type Scene, type Stage, TYPED } from './command-stage.ts'

const CLERK = 'atencion'
let citizens = 0

async function begin(stage: Stage, given: Purpose[] = ['caracterizacion']) {
  const { granted: grantId } = await liveAccesses(stage.on(), stage.entityId)
  const origin = { mode: 'online', paper: null, network: 'remi', networkBasis: 'declared' } as const
  return { formKey: newId(), grantId, given, channel: 'oral', origin } as const
}

async function draft(stage: Stage, more: Purpose[] = []): Promise<string> {
  const begun = await beginCapture(stage.on(), await stage.actor(CLERK), {
    ...(await begin(stage)),
    given: ['caracterizacion', ...more],
  })
  if (!('draftId' in begun)) throw new Error('no draft')
  return begun.draftId
}

/** Every page answered as an invented citizen would, with a document nobody had. */
async function filled(stage: Stage, contact?: { correo: string; telefono: string }): Promise<string> {
  const draftId = await draft(stage, contact ? ['contacto'] : [])
  citizens += 1
  for (const [page, answers] of Object.entries(DEMO_CITIZENS[1]?.answers ?? {}))
    await save(stage, draftId, page, answers)
  if (contact) await save(stage, draftId, 'contacto', contact)
  return draftId
}

async function save(stage: Stage, draftId: string, page: string, answers: Record<string, string | string[]>) {
  const own =
    page === 'identificacion'
      ? { tipo_documento: 'PA', numero_documento: `${TYPED.document}${citizens}`, nombre: TYPED.person }
      : {}
  const entries = Object.entries({ ...answers, ...own }).flatMap(([field, value]) =>
    [value].flat().map((one): [string, string] => [`${page}.${field}`, one]),
  )
  const sent = { draftId, page, entries, isGoingBack: false }
  const faults = await saveCapturePage(stage.on(), await stage.actor(CLERK), sent)
  if (faults.length > 0) throw new Error(JSON.stringify(faults))
}

async function record(stage: Stage): Promise<string> {
  return (await recordCitizen(stage.on(), await stage.actor(CLERK), await filled(stage))).recordId
}

async function correction(stage: Stage): Promise<string> {
  const asked = { recordId: await record(stage), formKey: newId() }
  const { draftId } = await beginCorrection(stage.on(), await stage.actor(CLERK), asked)
  await save(stage, draftId, 'demograficas', { ...DEMO_CITIZENS[1]?.answers.demograficas, edad: '51' })
  return draftId
}

type Goes = (stage: Stage, actor: Actor) => Promise<(context: AppContext) => Promise<unknown>>

/** By the delegate, and by somebody without an access. */
const captured = (events: EventType[], goes: Goes, code: RefusalCode = 'no_access_in_force'): Scene => {
  const by = (duty: string) => async (stage: Stage) => goes(stage, await stage.actor(duty))
  return { events, goes: by(CLERK), refused: { code, goes: by('dependencia') } }
}

export const CAPTURE_SCENES: Record<string, Scene> = {
  beginCapture: captured(['capture.begun'], async (stage, actor) => {
    const input = await begin(stage)
    return (context) => beginCapture(context, actor, { ...input, given: [...input.given] })
  }),
  'beginCapture declined': captured(['capture.declined'], async (stage, actor) => {
    const input = await begin(stage, [])
    return (context) => beginCapture(context, actor, { ...input, given: [] })
  }),
  saveCapturePage: captured(['capture.saved'], async (stage, actor) => {
    const draftId = await draft(stage)
    const entries = Object.entries(DEMO_CITIZENS[1]?.answers.demograficas ?? {}).map(
      ([field, value]): [string, string] => [`demograficas.${field}`, String(value)],
    )
    return (context) => saveCapturePage(context, actor, { draftId, page: 'demograficas', entries, isGoingBack: false })
  }),
  keepTypedPage: captured(['capture.saved'], async (stage, actor) => {
    const draftId = await draft(stage)
    const entries: [string, string][] = [['demograficas.edad', '5']]
    const sent = { draftId, page: 'demograficas', entries, base: '', earlier: null }
    return (context) => keepTypedPage(context, actor, sent)
  }),
  dropCapture: captured(['capture.dropped'], async (stage, actor) => {
    const draftId = await draft(stage)
    return (context) => dropCapture(context, actor, draftId)
  }),
  recordCitizen: captured(['capture.recorded'], async (stage, actor) => {
    const draftId = await filled(stage)
    return (context) => recordCitizen(context, actor, draftId)
  }),
  'recordCitizen of somebody to be written to': captured(
    ['capture.recorded', 'capture.receipt_mailed'],
    async (stage, actor) => {
      const draftId = await filled(stage, { correo: 'persona@example.com', telefono: '3000000777' })
      return (context) => recordCitizen(context, actor, draftId)
    },
  ),
  'recordCitizen correcting': captured(['capture.corrected'], async (stage, actor) => {
    const draftId = await correction(stage)
    return (context) => recordCitizen(context, actor, draftId)
  }),
  readCitizen: captured(
    ['capture.read'],
    async (stage, actor) => {
      const recordId = await record(stage)
      return (context) => readCitizen(context, actor, { recordId, purpose: 'attention' })
    },
    'not_visible',
  ),
  beginCorrection: captured(
    ['capture.read', 'capture.begun'],
    async (stage, actor) => {
      const recordId = await record(stage)
      return (context) => beginCorrection(context, actor, { recordId, formKey: newId() })
    },
    'not_visible',
  ),
  findCitizen: captured(['capture.searched'], async (stage, actor) => {
    await record(stage)
    const document = { type: 'PA', number: `${TYPED.document}${citizens}` }
    return (context) => findCitizen(context, actor, document)
  }),
}
