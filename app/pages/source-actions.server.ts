import type { AppLoadContext } from '@remix-run/node'
import { withActor } from '../../db/client.ts'
import type { CapturedSet } from '../../db/fetches.ts'
import { findImport } from '../../db/imports.ts'
import { CAPTURE_FORMS } from '../../domain/grants.ts'
import { Refused } from '../../domain/refusals.ts'
import type { Mapping } from '../../domain/sources.ts'
import { type FieldError, invalid } from '../answer.server.ts'
import { cancelImport } from '../commands/cancel-import.server.ts'
import { continueSource } from '../commands/continue-source.server.ts'
import { correctRejects } from '../commands/correct-rejects.server.ts'
import { detachSource } from '../commands/detach-source.server.ts'
import { requestCaptured, stopFetch } from '../commands/fetch-source.server.ts'
import { readFileAs } from '../commands/read-file-as.server.ts'
import { requestImport } from '../commands/request-import.server.ts'
import { restartImport } from '../commands/restart-import.server.ts'
import { uploadFile } from '../commands/upload-file.server.ts'
import { requireId } from '../params.server.ts'
import type { Actor } from '../session.server.ts'
import { fileRefusalSentence } from '../text/file-refusals.ts'
import { readContinued, readMapping, readReading } from './source-forms.server.ts'

interface Target {
  cycleId: string
  sourceId: string
}

/** What the forms of a source's page ask for: where to go next, or the answer with what is wrong. */
export async function act(context: AppLoadContext, actor: Actor, request: Request, target: Target) {
  const here = `/ejercicios/${target.cycleId}/fuentes/${target.sourceId}`
  if (request.headers.get('Content-Type')?.startsWith('multipart/form-data')) {
    const uploaded = await receiveUpload(context, actor, request, target)
    if (uploaded.outcome === 'refused')
      return wrong([
        { field: isCorrection(request) ? 'corregidos' : 'archivo', message: fileRefusalSentence(uploaded.refusal) },
      ])
    return uploaded.outcome === 'same' ? `${here}?mismo=1` : here
  }
  const form = await request.formData()
  switch (form.get('accion')) {
    case 'lectura':
      return (await readAs(context, actor, form, target)) ?? here
    case 'importar':
      return (await startImport(context, actor, form, target)) ?? here
    case 'cancelar':
      await cancelImport(context, actor, { ...target, importId: requireId(String(form.get('importacion')), context) })
      return here
    case 'reintentar':
    case 'revisar':
      await restartImport(context, actor, {
        ...target,
        importId: requireId(String(form.get('importacion')), context),
        review: form.get('accion') === 'revisar',
      })
      return here
    case 'continuar':
      await continueSource(context, actor, { ...target, continuesId: readContinued(form, context) })
      return here
    case 'capturados':
      await requestCaptured(context, actor, { ...target, captured: capturedIn(form) })
      return here
    case 'detener':
      await stopFetch(context, actor, { ...target, fetchId: requireId(String(form.get('traida')), context) })
      return here
    case 'retirar':
      await detachSource(context, actor, target)
      return `/ejercicios/${target.cycleId}/fuentes`
    default:
      return wrong([])
  }
}

/** «F004:2026», as the page offers it. Throws `Refused` on what it never does. */
function capturedIn(form: FormData): CapturedSet {
  const [code, vigencia] = String(form.get('conjunto')).split(':')
  const found = CAPTURE_FORMS.find((one) => one === code)
  if (!found || !/^20\d\d$/.test(vigencia ?? '')) throw new Refused('out_of_date')
  return { form: found, vigencia: Number(vigencia) }
}

const isCorrection = (request: Request) => new URL(request.url).searchParams.has('corrige')

/** A file for the source, or the corrected rejects of the import that the address names. */
export async function receiveUpload(context: AppLoadContext, actor: Actor, request: Request, target: Target) {
  const corrected = new URL(request.url).searchParams.get('corrige')
  if (corrected === null) return await uploadFile(context, actor, request, target)
  return await correctRejects(context, actor, request, { ...target, importId: requireId(corrected, context) })
}

function wrong(errors: FieldError[], mapping: Mapping | null = null) {
  return withMapping(invalid(errors, {}), mapping)
}

function withMapping(answer: ReturnType<typeof invalid>, mapping: Mapping | null) {
  return { ...answer, data: { errors: answer.data.errors, mapping } }
}

async function readAs(context: AppLoadContext, actor: Actor, form: FormData, target: Target) {
  const refusal = await readFileAs(context, actor, {
    ...target,
    importId: requireId(String(form.get('importacion')), context),
    reading: readReading(form),
  })
  return refusal && wrong([{ field: 'lectura', message: fileRefusalSentence(refusal) }])
}

async function startImport(context: AppLoadContext, actor: Actor, form: FormData, target: Target) {
  const importId = requireId(String(form.get('importacion')), context)
  const row = await withActor(context.db, actor, (trx) => findImport(trx, importId))
  if (!row) throw new Refused('not_visible')
  const read = readMapping(form, row.sniff.header)
  if (!read.ok) return wrong(read.errors, read.mapping)
  await requestImport(context, actor, { ...target, importId, mapping: read.mapping })
  return null
}
