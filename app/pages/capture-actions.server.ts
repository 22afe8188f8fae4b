import { data, redirect } from '@remix-run/node'
import { captureDefinitionAt } from '../../catalog/capture/index.ts'
import { appToday } from '../../db/clock.ts'
import { beginningInput } from '../../domain/capture.ts'
import type { AnswerError } from '../../domain/capture-answers.ts'
import { CorrectionInput, LookUpInput, ReadInput } from '../../domain/capture-inputs.ts'
import type { CaptureForm } from '../../domain/grants.ts'
import { readInput } from '../../domain/input-reading.ts'
import type { Refused } from '../../domain/refusals.ts'
import { typedOf } from '../administration.server.ts'
import { type FieldError, invalid } from '../answer.server.ts'
import { beginCapture } from '../commands/begin-capture.server.ts'
import { beginCorrection, findCitizen, readCitizen } from '../commands/read-citizen.server.ts'
import { recordCitizen } from '../commands/record-citizen.server.ts'
import { dropCapture, keepTypedPage, saveCapturePage } from '../commands/save-capture-page.server.ts'
import type { AppContext } from '../context.server.ts'
import { textEntries } from '../form-entries.server.ts'
import { networkOf } from '../networks.server.ts'
import { shownRefusal } from '../refusal.server.ts'
import type { Actor } from '../session.server.ts'
import { answerSentence, FORM_ADDRESSES } from '../text/capture.ts'
import { inputErrors } from '../text/inputs.ts'
import { loadFound, pageAfter, shownPage } from './capture.server.ts'

const addressOf = (form: CaptureForm, draftId: string, page: string) =>
  `/captura/${FORM_ADDRESSES[form]}/${draftId}/${page}`

/** Consent first: what follows is the first page, or a count and nothing else. */
export async function actOnBeginning(request: Request, context: AppContext, actor: Actor, form: CaptureForm) {
  const typed = typedOf(await request.formData())
  const known = networkOf(context.config.CAPTURE_NETWORKS, request)
  const read = readInput(beginningInput(appToday(), known), typed)
  if (!read.ok)
    return invalid(
      inputErrors(read.errors, (path) => `inicio-${path}`),
      typed,
    )
  const begun = await beginCapture(context, actor, read.input)
  if ('declined' in begun) return redirect('/captura?hecho=conteo')
  if ('recordId' in begun) return redirect(`/captura/registros/${begun.recordId}/constancia`)
  return redirect(addressOf(form, begun.draftId, 'identificacion'))
}

/** A page is kept and the next one shown; back keeps it too. */
export async function actOnCapturePage(
  request: Request,
  context: AppContext,
  actor: Actor,
  { form, draftId, page }: { form: CaptureForm; draftId: string; page: string },
) {
  const entries = textEntries(await request.formData())
  const go = entries.find(([name]) => name === 'ir')?.[1] ?? ''
  if (go === 'descartar') {
    await dropCapture(context, actor, draftId)
    return redirect('/captura?hecho=descartado')
  }
  const isGoingBack = go.startsWith('atras:')
  const faults = await saveCapturePage(context, actor, { draftId, page, entries, isGoingBack })
  if (faults.length > 0) return data({ errors: shownFaults(faults), entries }, { status: 422 })
  if (isGoingBack) return redirect(addressOf(form, draftId, go.slice('atras:'.length)))
  return redirect(
    addressOf(form, draftId, go === 'revise' ? 'revise' : await pageAfter(context, actor, { form, draftId, page })),
  )
}

const shownFaults = (faults: AnswerError[]): FieldError[] =>
  faults.map((fault) => ({ field: fault.path, message: answerSentence(fault) }))

/** What is typed on the open page, kept by itself every moment; answered in JSON (`useSaving`). */
export async function keepTyping(
  request: Request,
  context: AppContext,
  actor: Actor,
  asked: { draftId: string; page: string },
): Promise<Response> {
  const form = await request.formData()
  const said = (name: string) => form.get(name)?.toString() ?? ''
  const earlier = form.has('antes') ? [...new URLSearchParams(said('antes'))] : null
  try {
    const sent = { ...asked, entries: textEntries(form), base: said('base'), earlier }
    const kept = await keepTypedPage(context, actor, sent)
    if ('errors' in kept) return Response.json({ saved: false, errors: shownFaults(kept.errors) }, { status: 422 })
    return Response.json(kept, { status: kept.saved ? 200 : 409 })
  } catch (failure) {
    const { sentence, status } = shownRefusal(failure, actor)
    return Response.json({ message: sentence }, { status })
  }
}

interface Refusal {
  sentence: string
  /** The record that stands already, or the page with something to do. */
  recordId?: string
  page?: string
}

export async function actOnReview(context: AppContext, actor: Actor, draftId: string) {
  try {
    const { recordId } = await recordCitizen(context, actor, draftId)
    return redirect(`/captura/registros/${recordId}/constancia`)
  } catch (failure) {
    const { sentence, status } = shownRefusal(failure, actor)
    const { recordId, page } = (failure as Refused).facts
    const refused: Refusal = { sentence }
    if (typeof recordId === 'string') refused.recordId = recordId
    if (typeof page === 'string') refused.page = page
    return data({ refused }, { status })
  }
}

/** A document is searched by a form that is sent: no number ever stands in an address. */
export async function actOnSearch(context: AppContext, actor: Actor, form: FormData) {
  const typed = typedOf(form)
  const read = readInput(LookUpInput, typed)
  if (!read.ok) {
    const errors = inputErrors(read.errors, (path) => `buscar-${path}`)
    return data({ errors, values: typed, found: null }, { status: 422 })
  }
  const ids = await findCitizen(context, actor, read.input)
  return data({
    errors: [] as FieldError[],
    values: { ...typed, number: '' },
    found: await loadFound(context, actor, ids),
  })
}

/** The citizen's data for a purpose, or the beginning of a correction. */
export async function actOnRecord(context: AppContext, actor: Actor, recordId: string, form: FormData) {
  const typed = typedOf(form)
  if (typed.formulario === 'corregir') {
    const read = readInput(CorrectionInput, { ...typed, recordId })
    if (!read.ok) throw new Error('the form of a correction has only what the page put there')
    const { draftId, form: code } = await beginCorrection(context, actor, read.input)
    return redirect(addressOf(code, draftId, 'revise'))
  }
  const read = readInput(ReadInput, { ...typed, recordId })
  if (!read.ok)
    return data(
      { errors: inputErrors(read.errors, (path) => `ver-${path}`), values: typed, shown: null },
      { status: 422 },
    )
  const { answers, formVersion, code } = await readCitizen(context, actor, read.input)
  const { groups } = captureDefinitionAt(code, formVersion)
  const pages = groups.filter((page) => answers[page.code]).map((page) => shownPage(page, answers[page.code]))
  return data({ errors: [] as FieldError[], values: typed, shown: { pages, purpose: read.input.purpose } })
}
