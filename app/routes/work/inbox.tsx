import { Alert, VStack } from '@navikt/ds-react'
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { listOwnUnsettled } from '../../../db/act-pages.ts'
import { listAgencyOptions } from '../../../db/agencies.ts'
import { withActor } from '../../../db/client.ts'
import { appToday } from '../../../db/clock.ts'
import { listVigencias } from '../../../db/cycle-pages.ts'
import { countInbox, listInbox } from '../../../db/inbox.ts'
import { listSavedViews } from '../../../db/saved-views.ts'
import { entityCalendar } from '../../../db/terms.ts'
import { claimTask, releaseTask } from '../../commands/claim-task.server.ts'
import { seeMention } from '../../commands/see-mention.server.ts'
import { Breadcrumbs } from '../../components/breadcrumbs.tsx'
import { ControlsInRed } from '../../components/inbox/controls-in-red.tsx'
import { CorrectionsToSign } from '../../components/inbox/corrections.tsx'
import { WaitingCrosswalks } from '../../components/inbox/crosswalks.tsx'
import { DisposalsToDecide } from '../../components/inbox/disposals-to-decide.tsx'
import { DueActions } from '../../components/inbox/due-actions.tsx'
import { InboxFilterForm } from '../../components/inbox/filter-form.tsx'
import { FollowUps } from '../../components/inbox/follow-ups.tsx'
import { HeldReleases } from '../../components/inbox/held-releases.tsx'
import { LayoutLinks } from '../../components/inbox/layout-links.tsx'
import { InboxLines } from '../../components/inbox/lines.tsx'
import { Mentions } from '../../components/inbox/mentions.tsx'
import { OwnSummaries } from '../../components/inbox/own-summaries.tsx'
import { PickBar } from '../../components/inbox/pick-bar.tsx'
import { InboxTabs } from '../../components/inbox/tabs.tsx'
import { ViewLinks } from '../../components/inbox/view-links.tsx'
import { WaitingGrants } from '../../components/inbox/waiting-grants.tsx'
import { WaitingReviews } from '../../components/inbox/waiting-reviews.tsx'
import { WaitingRights } from '../../components/inbox/waiting-rights.tsx'
import { WaitingAlerts, WaitingRuns } from '../../components/inbox/waiting-runs.tsx'
import { ListFiles } from '../../components/list-files.tsx'
import { OwnActs } from '../../components/own-acts.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Pagination } from '../../components/pagination.tsx'
import { inboxReader, shownLine } from '../../pages/inbox-line.server.ts'
import { countWaiting, waitingCards } from '../../pages/waiting.server.ts'
import { requireId } from '../../params.server.ts'
import { readAgainAfterNo } from '../../read-again.ts'
import { shownRefusal } from '../../refusal.server.ts'
import { requireActor } from '../../session.server.ts'
import { inOffice } from '../../text/absences.ts'
import { inboxText } from '../../text/inbox.ts'
import { filtersFrom } from '../../text/inbox-address.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(inboxText.title) }]

/** The line that somebody else took leaves the list, or says who has it. */
export const shouldRevalidate = readAgainAfterNo

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  const { search, searchParams } = new URL(request.url)
  const filters = filtersFrom(searchParams)
  const { entityId, personId, position } = actor
  const reader = inboxReader(actor)
  return await withActor(context.db, actor, async (trx) => {
    const views = await listSavedViews(trx, reader)
    const opening = views.find(({ isDefault }) => isDefault)
    if (opening && search === '') return redirect(`/bandeja?${opening.search}`)
    const lines = await listInbox(trx, reader, filters, searchParams.get('desde'))
    const calendar = await entityCalendar(trx, entityId)
    const counts = await countInbox(trx, reader, filters)
    const cards = await waitingCards(trx, actor)
    return {
      position: position.actingFor ? inOffice(position.actingFor.name, position.name) : position.name,
      personId,
      filters,
      today: appToday(),
      counts,
      lines: lines.rows.map((line) => shownLine(line, calendar)),
      next: lines.next,
      views: views.map(({ id, name, search }) => ({ id, name, search })),
      vigencias: await listVigencias(trx),
      agencies: await listAgencyOptions(trx, actor.entityId),
      cards,
      waiting: countWaiting(counts.total, cards),
      ownActs: await listOwnUnsettled(trx, personId),
    }
  })
}

export async function action({ request, context }: ActionFunctionArgs) {
  const actor = await requireActor(request, context)
  const form = await request.formData()
  if (form.get('intent') === 'visto') {
    await seeMention(context, actor, requireId(String(form.get('comentario') ?? ''), context))
    return redirect('/bandeja')
  }
  const task = requireId(String(form.get('tarea') ?? ''), context)
  try {
    await (form.get('intent') === 'liberar' ? releaseTask : claimTask)(context, actor, task)
  } catch (failure) {
    const refusal = shownRefusal(failure, actor)
    return data({ refusal: refusal.sentence }, { status: refusal.status })
  }
  const { pathname, search } = new URL(request.url)
  return redirect(`${pathname}${search}`)
}

export default function Inbox() {
  const { filters, counts, cards, views, lines, today, next, ...page } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <VStack gap="space-24">
      <div>
        <Breadcrumbs crumbs={[{ label: inboxText.title }]} />
        <PageHeader title={inboxText.heading(inboxText.title, page.waiting)} state={inboxText.intro} />
      </div>
      {answer?.refusal && (
        <Alert variant="warning" role="alert">
          {answer.refusal}
        </Alert>
      )}
      <OwnActs acts={page.ownActs} />
      <CorrectionsToSign {...cards.corrections} />
      <HeldReleases {...cards.held} />
      <DisposalsToDecide {...cards.disposals} />
      <Mentions {...cards.mentions} />
      <WaitingCrosswalks {...cards.crosswalks} />
      <OwnSummaries {...cards.summaries} />
      <DueActions {...cards.actions} />
      <ControlsInRed controls={cards.controls} />
      <FollowUps {...cards.followUps} />
      <WaitingReviews {...cards.reviews} />
      <WaitingGrants {...cards.grants} />
      <WaitingRights {...cards.rights} />
      <WaitingAlerts {...cards.alerts} />
      <WaitingRuns {...cards.runs} />
      <div className="inbox-tools">
        <ViewLinks views={views} filters={filters} />
        <InboxFilterForm filters={filters} vigencias={page.vigencias} agencies={page.agencies} />
        <InboxTabs filters={filters} counts={counts} />
        <LayoutLinks filters={filters} />
        <PickBar lines={lines} filters={filters} />
      </div>
      <InboxLines
        lines={lines}
        filters={filters}
        counts={counts}
        today={today}
        reader={{ position: page.position, personId: page.personId }}
      />
      <Pagination next={next} />
      <ListFiles list="inbox" />
    </VStack>
  )
}
