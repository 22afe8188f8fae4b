import { data, redirect } from '@remix-run/node'
import { findCampaignPage, listCampaigns, listCases, listProgress } from '../../db/campaign-pages.ts'
import { findCampaign, findStanding } from '../../db/campaigns.ts'
import { withActor } from '../../db/client.ts'
import { appToday } from '../../db/clock.ts'
import { newId } from '../../db/ids.ts'
import { listKeeps } from '../../db/review-closing.ts'
import { entityCalendar } from '../../db/terms.ts'
import { CAMPAIGN_DAYS, isCampaignOpen, objectionToClose } from '../../domain/campaigns.ts'
import { GRANTERS } from '../../domain/grants.ts'
import { readInput } from '../../domain/input-reading.ts'
import { campaignRow } from '../../domain/permission-rows.ts'
import { whyNot } from '../../domain/permissions.ts'
import { Refused } from '../../domain/refusals.ts'
import { ticketInput } from '../../domain/review-inputs.ts'
import { qualityOf } from '../../domain/review-quality.ts'
import { workingDaysLeft } from '../../domain/terms.ts'
import { typedOf } from '../administration.server.ts'
import { type FieldError, notFound } from '../answer.server.ts'
import { closeCampaign } from '../commands/close-campaign.server.ts'
import { openCampaign } from '../commands/open-campaign.server.ts'
import { permitted } from '../commands/permitted.server.ts'
import { recordTicket } from '../commands/record-ticket.server.ts'
import type { AppContext } from '../context.server.ts'
import { provedBy } from '../prove.server.ts'
import { recordRefusalOf, shownRefusal } from '../refusal.server.ts'
import { type Actor, isProofRecent } from '../session.server.ts'
import { inputErrors } from '../text/inputs.ts'
import { CALENDAR_FORM, calendarOf, changeCalendar } from './review-calendar.server.ts'
import { historyOf } from './timelines.server.ts'

/** Whether this person reads the reviews of accesses at all, and whether they lead them. */
export function campaignRights(actor: Actor) {
  const row = campaignRow(actor.entityId)
  const may = (action: 'read' | 'lead') => whyNot(permitted(actor), action, 'Campaign', row) === null
  return { mayRead: may('read'), mayLead: may('lead') }
}

export async function loadCampaigns(context: AppContext, actor: Actor, search: URLSearchParams) {
  const { mayRead, mayLead } = campaignRights(actor)
  if (!mayRead) throw notFound(context.requestId)
  return await withActor(context.db, actor, async (trx) => {
    const year = Number(appToday().slice(0, 4))
    const standing = await findStanding(trx, actor.entityId, year)
    const under = standing && (await findCampaign(trx, standing))
    return {
      ...(await listCampaigns(trx, actor.entityId, { cursor: search.get('desde') })),
      mayLead,
      ...(await calendarOf(trx, actor.entityId, search)),
      underReview: under ? { id: under.state.id, code: under.code, vigencia: year } : null,
      opening: {
        ...{ formKey: newId(), asksPassword: !isProofRecent(actor), vigencias: [String(year)] },
        initial: { vigencia: String(year), workingDays: String(CAMPAIGN_DAYS.usual), onSilence: 'retire' },
      },
    }
  })
}

interface FormAnswer {
  errors: FieldError[]
  values: Record<string, string>
  /** Why it was not taken, where that is no fault of the input. */
  refused?: string
}

const OPENING = 'abrir'

export async function actOnCampaigns(request: Request, context: AppContext, actor: Actor) {
  if (!campaignRights(actor).mayRead) {
    await recordRefusalOf(context, actor, { objectId: actor.entityId }, new Refused('not_visible'))
    throw notFound(context.requestId)
  }
  const form = await request.formData()
  const typed = typedOf(form)
  if (typed.formulario === CALENDAR_FORM) return await changeCalendar(context, actor, typed)
  const proof = await provedBy(request, context, actor, form)
  if (!proof.ok) return wrong([{ field: `${OPENING}-clave`, message: proof.message }], typed)
  try {
    const opened = await openCampaign(context, proof.actor, typed)
    if (!opened.ok)
      return wrong(
        inputErrors(opened.errors, (path) => `${OPENING}-${path}`),
        typed,
      )
    return redirect(`/accesos/campanas/${opened.campaignId}?hecho=${opened.settled ? 'abierta' : 'tramite'}`)
  } catch (failure) {
    const { sentence, status } = shownRefusal(failure, actor)
    return data<FormAnswer>(
      { errors: [{ field: `${OPENING}-vigencia`, message: sentence }], values: typed },
      { status },
    )
  }
}

/** One review with how far each reviewer is, its cases before and after, and what this person may do with it now. */
export async function loadCampaign(context: AppContext, actor: Actor, id: string, search: URLSearchParams) {
  const { mayRead, mayLead } = campaignRights(actor)
  if (!mayRead) throw notFound(context.requestId)
  return await withActor(context.db, actor, async (trx) => {
    const campaign = await findCampaignPage(trx, actor.entityId, id)
    if (!campaign) throw notFound(context.requestId)
    const today = appToday()
    const unanswered = campaign.cases - campaign.answered
    const isOpen = isCampaignOpen(campaign.status)
    return {
      campaign,
      daysLeft: campaign.dueOn ? workingDaysLeft(campaign.dueOn, today, await entityCalendar(trx, actor.entityId)) : 0,
      quality: qualityOf(await listKeeps(trx, id)),
      progress: await listProgress(trx, id, GRANTERS),
      cases: await listCases(trx, id, { cursor: search.get('desde') }),
      unanswered,
      mayClose: mayLead && objectionToClose(campaign, unanswered, today) === null,
      waits: mayLead && isOpen && unanswered > 0,
      mayTicket: mayLead && campaign.ticket === null && !['filed', 'refused'].includes(campaign.status),
      asksPassword: !isProofRecent(actor),
      history: await historyOf(trx, actor, { kind: 'campaign', id }, search),
    }
  })
}

/** The forms of a review: its close, and the case of the service desk. */
export async function actOnCampaign(request: Request, context: AppContext, actor: Actor, campaignId: string) {
  const form = await request.formData()
  const typed = typedOf(form)
  try {
    if (typed.formulario === 'caso') return await noteTicket(context, actor, campaignId, typed)
    const proof = await provedBy(request, context, actor, form)
    if (!proof.ok) return wrong([{ field: 'cerrar-clave', message: proof.message }], typed)
    const { settled } = await closeCampaign(context, proof.actor, { campaignId })
    return redirect(`/accesos/campanas/${campaignId}?hecho=${settled ? 'cerrada' : 'tramite'}`)
  } catch (failure) {
    const { sentence, status } = shownRefusal(failure, actor)
    return data<FormAnswer>({ errors: [], values: typed, refused: sentence }, { status })
  }
}

async function noteTicket(context: AppContext, actor: Actor, campaignId: string, typed: Record<string, string>) {
  const read = readInput(ticketInput(appToday()), { ...typed, campaignId })
  if (!read.ok)
    return wrong(
      inputErrors(read.errors, (path) => `caso-${path}`),
      typed,
    )
  await recordTicket(context, actor, read.input)
  return redirect(`/accesos/campanas/${campaignId}?hecho=caso`)
}

function wrong(errors: FieldError[], values: Record<string, string>) {
  return data<FormAnswer>({ errors, values }, { status: 422 })
}
