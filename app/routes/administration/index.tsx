import { BodyLong, Heading, VStack } from '@navikt/ds-react'
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { withActor } from '../../../db/client.ts'
import { listAdministrationActors, listAdministrationEvents } from '../../../db/timeline.ts'
import { ADMINISTRATION_EVENTS, kindsOf } from '../../../domain/event-kinds.ts'
import { requireAdministrator } from '../../administration.server.ts'
import { Breadcrumbs } from '../../components/breadcrumbs.tsx'
import { ListFiles } from '../../components/list-files.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Pagination } from '../../components/pagination.tsx'
import { Section } from '../../components/section.tsx'
import { TimelineFilterForm } from '../../components/timeline-filters.tsx'
import { administrationText, sectionsText, summaryText } from '../../text/administration.ts'
import { eventSentence } from '../../text/events.ts'
import { formatInstant } from '../../text/format.ts'
import { mapsText } from '../../text/maps.ts'
import { shellText } from '../../text/shell.ts'
import { timelineFilters, timelineText } from '../../text/timeline.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(administrationText.title) }]

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await requireAdministrator(request, context)
  const { searchParams } = new URL(request.url)
  const filters = timelineFilters(searchParams)
  const wanted = { ...filters, types: ADMINISTRATION_EVENTS, cursor: searchParams.get('desde'), limit: 15 }
  return await withActor(context.db, actor, async (trx) => {
    const { rows, next } = await listAdministrationEvents(trx, actor.entityId, wanted)
    const events = rows.map((event) => ({ id: event.id, at: event.at, sentence: eventSentence(event) }))
    const actors = await listAdministrationActors(trx, actor.entityId, ADMINISTRATION_EVENTS)
    return { entity: actor.entity.name, events, next, filters, actors }
  })
}

export default function Administration() {
  const { entity, events, next, filters, actors } = useLoaderData<typeof loader>()
  const isFiltered = Object.keys(filters).length > 0
  return (
    <VStack gap="space-32">
      <div>
        <Breadcrumbs crumbs={[{ label: administrationText.title }]} />
        <PageHeader title={administrationText.title} state={administrationText.state(entity)} />
      </div>
      <div className="cards">
        {Object.entries(summaryText).map(([path, summary]) => (
          <section key={path} className="card">
            <Heading level="2" size="small">
              <Link className="card-link" to={`/administracion/${path}`}>
                {sectionsText[path as keyof typeof sectionsText]}
              </Link>
            </Heading>
            <BodyLong>{summary}</BodyLong>
          </section>
        ))}
        <section className="card">
          <Heading level="2" size="small">
            <Link className="card-link" to="/mapas">
              {mapsText.title}
            </Link>
          </Heading>
          <BodyLong>{mapsText.summary}</BodyLong>
        </section>
      </div>
      <Section id="cambios" title={administrationText.recent}>
        <TimelineFilterForm
          filters={filters}
          kinds={kindsOf(ADMINISTRATION_EVENTS)}
          actors={actors}
          section="cambios"
        />
        {events.length === 0 && <BodyLong>{isFiltered ? timelineText.nothing : administrationText.noRecent}</BodyLong>}
        <ul className="changes-list">
          {events.map((event) => (
            <li key={event.id}>
              <time dateTime={new Date(event.at).toISOString()} className="quiet">
                {formatInstant(event.at)}
              </time>
              <span>{event.sentence}</span>
            </li>
          ))}
        </ul>
        <Pagination next={next} />
        <ListFiles list="changes" />
      </Section>
    </VStack>
  )
}
