import { Button, Heading, HStack, VStack } from '@navikt/ds-react'
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { DoneNotice } from '../../components/done-notice.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { CadenceForm, EventForm, ReviewForm } from '../../components/risks/follow-forms.tsx'
import { FollowFacts } from '../../components/risks/follow-summary.tsx'
import { IndicatorTable } from '../../components/risks/indicator-table.tsx'
import { RiskCrumbs } from '../../components/risks/risk-crumbs.tsx'
import { Section } from '../../components/section.tsx'
import { loadRiskFollow } from '../../pages/risk-follow.server.ts'
import { actOnRiskFollow } from '../../pages/risk-follow-actions.server.ts'
import { requireActor } from '../../session.server.ts'
import { formatDate } from '../../text/format.ts'
import { riskFollowText as words } from '../../text/risk-follow.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: shellText.title(words.of(data?.code ?? '')) }]

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  return await loadRiskFollow(context, await requireActor(request, context), params.codigo ?? '')
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const actor = await requireActor(request, context)
  return await actOnRiskFollow(context, actor, params.codigo ?? '', await request.formData())
}

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>

/** A risk as it is followed: reviewed, measured, and what really happened. */
export default function RiskFollow() {
  const { code, description, summary, reviews, events, incidents, whyNot, whyNotKeep, mayRecord, formKey } =
    useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const to = `/riesgos/${code}`
  const { cadence } = summary
  return (
    <VStack gap="space-32">
      <div>
        <RiskCrumbs risk={code} crumbs={[{ label: words.title }]} />
        <PageHeader title={words.of(code)} state={description} />
        <DoneNotice sentences={words.done} />
      </div>
      <FollowFacts summary={summary} />
      <Section id="revision" title={words.reviewTitle}>
        <VStack gap="space-24">
          {whyNot ? <p className="quiet">{whyNot}</p> : <ReviewForm answer={answer} formKey={formKey} />}
          {reviews.length > 0 ? (
            <DataTable caption={words.reviewsCaption} columns={REVIEWS} rows={reviews} rowKey={(row) => row.id} />
          ) : (
            <p>{words.noReviews}</p>
          )}
          {cadence && !whyNotKeep && cadence.zoneMonths > 1 && (
            <VStack gap="space-12">
              <Heading level="3" size="small">
                {words.cadenceTitle}
              </Heading>
              <CadenceForm answer={answer} zoneMonths={cadence.zoneMonths} ownMonths={cadence.ownMonths} />
            </VStack>
          )}
        </VStack>
      </Section>
      <Section id="indicadores" title={words.indicatorsTitle}>
        <VStack gap="space-16">
          <IndicatorTable indicators={summary.indicators} />
          <HStack gap="space-16" wrap>
            {!whyNotKeep && (
              <Button as={Link} to={`${to}/indicadores/nuevo`} variant="secondary">
                {words.addIndicator}
              </Button>
            )}
            {mayRecord && (
              <Button as={Link} to={`/mejora/hallazgo?riesgo=${code}`} variant="secondary">
                {words.finding}
              </Button>
            )}
          </HStack>
        </VStack>
      </Section>
      <Section id="hechos" title={words.eventsTitle}>
        <VStack gap="space-24">
          <p>{words.eventsIntro}</p>
          {events.length > 0 ? (
            <DataTable caption={words.eventsCaption} columns={EVENTS} rows={events} rowKey={(row) => row.id} />
          ) : (
            <p>{words.noEvents}</p>
          )}
          {!whyNot && (
            <VStack gap="space-12">
              <Heading level="3" size="small">
                {words.eventFormTitle}
              </Heading>
              <EventForm answer={answer} formKey={formKey} incidents={incidents} />
            </VStack>
          )}
        </VStack>
      </Section>
    </VStack>
  )
}

const REVIEWS: Column<Loaded['reviews'][number]>[] = [
  { key: 'on', header: words.reviewColumns.on, rowHeader: true, cell: ({ on }) => formatDate(on) },
  { key: 'due', header: words.reviewColumns.due, cell: ({ dueOn }) => formatDate(dueOn) },
  {
    key: 'conclusion',
    header: words.reviewColumns.conclusion,
    cell: ({ conclusion, reason }) => (
      <>
        {words.conclusions[conclusion]}
        <span className="quiet block typed">{reason}</span>
      </>
    ),
  },
  {
    key: 'lookedAt',
    header: words.reviewColumns.lookedAt,
    cell: ({ lookedAt }) => <span className="typed">{lookedAt}</span>,
  },
  { key: 'who', header: words.reviewColumns.who, cell: ({ position }) => position },
]

const EVENTS: Column<Loaded['events'][number]>[] = [
  {
    key: 'on',
    header: words.eventColumns.on,
    rowHeader: true,
    cell: ({ occurredOn, endedOn }) => words.span(occurredOn, endedOn),
  },
  { key: 'times', header: words.eventColumns.times, numeric: true, cell: ({ times }) => times },
  {
    key: 'what',
    header: words.eventColumns.what,
    cell: ({ description, shownBy }) => (
      <>
        <span className="typed">{description}</span>
        {shownBy && <span className="quiet block">{words.shownBy(shownBy)}</span>}
      </>
    ),
  },
  {
    key: 'consequences',
    header: words.eventColumns.consequences,
    cell: ({ consequences }) => <span className="typed">{consequences}</span>,
  },
  {
    key: 'measures',
    header: words.eventColumns.measures,
    cell: ({ measures }) => <span className="typed">{measures}</span>,
  },
]
