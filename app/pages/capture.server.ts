import { CONSENT, findConsentText } from '../../catalog/capture/consent.ts'
import { captureDefinition, captureDefinitionAt } from '../../catalog/capture/index.ts'
import { listHeadPositions } from '../../db/agency-heads.ts'
import { type CaptureDraft, findCaptureDraft, listCaptureDrafts } from '../../db/capture-drafts.ts'
import {
  countCapturedToday,
  findOpenClaim,
  findRecordPage,
  listCaptureRecords,
  listConsents,
} from '../../db/capture-pages.ts'
import { withActor } from '../../db/client.ts'
import { listHeldGrants } from '../../db/grant-pages.ts'
import { listGrantsInForce } from '../../db/grants-in-force.ts'
import { newId } from '../../db/ids.ts'
import { listObjectEvents } from '../../db/timeline.ts'
import { faultsOfPage, firstIncomplete, pageLine } from '../../domain/capture-answers.ts'
import { type CaptureDefinition, type CapturePage, pagesFor } from '../../domain/capture-forms.ts'
import { isActive } from '../../domain/forms.ts'
import { CAPTURE_FORMS, type CaptureForm } from '../../domain/grants.ts'
import { Refused } from '../../domain/refusals.ts'
import { notFound } from '../answer.server.ts'
import { keyRing } from '../commands/capture-desk.server.ts'
import { permitted } from '../commands/permitted.server.ts'
import type { AppContext } from '../context.server.ts'
import { networkOf } from '../networks.server.ts'
import { recordRefusalOf } from '../refusal.server.ts'
import type { Actor } from '../session.server.ts'
import { FORM_ADDRESSES } from '../text/capture.ts'
import { eventSentence } from '../text/events.ts'

export function formAt(address: string | undefined, context: AppContext): CaptureForm {
  const form = CAPTURE_FORMS.find((one) => FORM_ADDRESSES[one] === address)
  if (!form) throw notFound(context.requestId)
  return form
}

/** Where this person may capture today and what they did; without an access in force, why and whom to ask. */
export async function loadDesk(context: AppContext, actor: Actor) {
  return await withActor(context.db, actor, async (trx) => {
    const { personId, position } = actor
    const grants = await listGrantsInForce(trx, personId)
    const counts = await countCapturedToday(trx, personId)
    const isOpen = grants.length > 0
    return {
      places: grants.map(({ id, code, pointName, form, endsOn, scope }) => ({
        ...{ id, code, pointName, form, endsOn, scope, captured: 0, declined: 0 },
        ...counts.find((one) => one.scope === scope),
      })),
      drafts: isOpen ? await listCaptureDrafts(trx, personId) : [],
      heads: isOpen ? [] : (await listHeadPositions(trx, position.agencyId)).map(({ name }) => name),
      held: isOpen ? [] : await listHeldGrants(trx, permitted(actor), personId),
    }
  })
}

/** The first page of a record: where, how, and the text that is read out. Throws `Refused` without an access to this form. */
export async function loadBeginning(request: Request, context: AppContext, actor: Actor, form: CaptureForm) {
  const { grants } = await withActor(context.db, actor, async (trx) => ({
    grants: (await listGrantsInForce(trx, actor.personId)).filter((grant) => grant.form === form),
  }))
  if (grants.length === 0) throw new Refused('no_access_in_force')
  const definition = captureDefinition(form)
  const asked = new URL(request.url).searchParams.get('acceso')
  return {
    ...{
      form,
      formatCode: definition.formatCode,
      formKey: newId(),
      steps: stepsOf(definition, ['caracterizacion']).length,
    },
    points: grants.map(({ id, pointName }) => ({ id, name: pointName })),
    initial: {
      grantId: (grants.find(({ id }) => id === asked) ?? grants[0])?.id ?? '',
      paperCode: definition.formatCode,
    },
    network: networkOf(context.config.CAPTURE_NETWORKS, request),
    consent: CONSENT,
  }
}

/** Consent, the pages this citizen is asked, and the review. */
function stepsOf(definition: CaptureDefinition, given: Parameters<typeof pagesFor>[1]): string[] {
  return ['autorizacion', ...pagesFor(definition, given).map(({ code }) => code), 'revise']
}

interface AskedDraft {
  form: CaptureForm
  draftId: string
}

async function draftOf(context: AppContext, actor: Actor, { form, draftId }: AskedDraft): Promise<CaptureDraft> {
  const draft = await withActor(context.db, actor, (trx) =>
    findCaptureDraft(trx, keyRing(context, actor), { id: draftId, personId: actor.personId }),
  )
  if (draft && draft.form === form) return draft
  const refusal = new Refused(actor.scopes.length === 0 ? 'no_access_in_force' : 'draft_gone')
  await recordRefusalOf(context, actor, { objectId: draftId }, refusal)
  throw refusal
}

/** One page of an unfinished record as it was left. */
export async function loadCapturePage(context: AppContext, actor: Actor, asked: AskedDraft & { page: string }) {
  const draft = await draftOf(context, actor, asked)
  const definition = captureDefinitionAt(draft.form, draft.formVersion)
  const pages = pagesFor(definition, draft.content.given)
  const page = pages.find(({ code }) => code === asked.page)
  if (!page) throw notFound(context.requestId)
  const steps = stepsOf(definition, draft.content.given)
  const answers = draft.content.answers[page.code] ?? {}
  return {
    ...{
      form: draft.form,
      draftId: draft.id,
      page,
      answers,
      base: pageLine(page, answers),
      savedAt: draft.savedAt,
      isCorrection: draft.recordId !== null,
    },
    ...{
      step: steps.indexOf(page.code) + 1,
      steps: steps.length,
      before: pages[pages.indexOf(page) - 1]?.code ?? null,
    },
    isComplete: firstIncomplete(definition, draft.content.given, draft.content.answers) === null,
  }
}

/** The page after one that was saved. */
export async function pageAfter(
  context: AppContext,
  actor: Actor,
  asked: AskedDraft & { page: string },
): Promise<string> {
  const draft = await draftOf(context, actor, asked)
  const steps = stepsOf(captureDefinitionAt(draft.form, draft.formVersion), draft.content.given)
  return steps[steps.indexOf(asked.page) + 1] ?? 'revise'
}

/** What was answered, to be read to the citizen; `missing`: the first page with something to do. */
export async function loadReview(context: AppContext, actor: Actor, asked: AskedDraft) {
  const draft = await draftOf(context, actor, asked)
  const definition = captureDefinitionAt(draft.form, draft.formVersion)
  const { given, answers, textVersion } = draft.content
  const steps = stepsOf(definition, given)
  return {
    ...{ form: draft.form, draftId: draft.id, step: steps.length, isCorrection: draft.recordId !== null },
    pages: pagesFor(definition, given).map((page) => shownPage(page, answers[page.code])),
    missing: firstIncomplete(definition, given, answers)?.code ?? null,
    authorised: (findConsentText(textVersion)?.purposes ?? [])
      .filter(({ code }) => given.includes(code))
      .map(({ title }) => title),
  }
}

/** A page with what was answered to what was asked; the rest is left out. */
export function shownPage(page: CapturePage, answers: CaptureDraft['content']['answers'][string] = {}) {
  return {
    ...{ code: page.code, title: page.title, isComplete: faultsOfPage(page, answers).length === 0 },
    fields: page.fields
      .filter((field) => isActive(field, answers))
      .map((field) => ({ field, value: answers[field.code] as string | string[] | undefined })),
  }
}

/** Filters as the address carries them: `acceso`, one of the actor's own scopes. */
export function recordFilters(search: URLSearchParams): { scope?: string } {
  const scope = search.get('acceso')
  return scope ? { scope } : {}
}

/** Records within one's accesses, without anything of the citizens; `ids` where a search found them. */
export async function loadRecords(context: AppContext, actor: Actor, search: URLSearchParams) {
  return await withActor(context.db, actor, async (trx) => {
    const grants = await listGrantsInForce(trx, actor.personId)
    const page = await listCaptureRecords(trx, permitted(actor), {
      ...recordFilters(search),
      cursor: search.get('desde'),
    })
    return { ...page, places: grants.map(({ scope, pointName, form }) => ({ scope, pointName, form })) }
  })
}

export async function loadFound(context: AppContext, actor: Actor, ids: string[]) {
  const page = await withActor(context.db, actor, (trx) => listCaptureRecords(trx, permitted(actor), { ids }))
  return page.rows
}

/** One record as anybody within its access may see it before saying what for. */
export async function loadRecord(context: AppContext, actor: Actor, id: string) {
  return await withActor(context.db, actor, async (trx) => {
    const record = await findRecordPage(trx, permitted(actor), id)
    if (!record) throw notFound(context.requestId)
    const events = await listObjectEvents(trx, id, 50)
    const consents = await listConsents(trx, id)
    return {
      ...{ record, formKey: newId(), claim: (await findOpenClaim(trx, id)) ?? null },
      consents: consents.map((one) => ({ ...one, title: purposeTitle(one.textVersion, one.purpose) })),
      history: events.map((event) => ({
        id: event.id,
        at: event.at,
        sentence: eventSentence(event),
      })),
    }
  })
}

function purposeTitle(version: number, purpose: string): string {
  return findConsentText(version)?.purposes.find(({ code }) => code === purpose)?.title ?? purpose
}
