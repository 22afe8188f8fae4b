import { BodyLong, Heading, VStack } from '@navikt/ds-react'
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { withActor } from '../../../db/client.ts'
import { listAdministrationEvents } from '../../../db/timeline.ts'
import { EVENT_TYPES, type EventType } from '../../../domain/events.ts'
import { requireAdministrator } from '../../administration.server.ts'
import { Breadcrumbs } from '../../components/breadcrumbs.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Pagination } from '../../components/pagination.tsx'
import { Section } from '../../components/section.tsx'
import { administrationText, sectionsText, summaryText } from '../../text/administration.ts'
import { eventSentence } from '../../text/events.ts'
import { formatInstant } from '../../text/format.ts'
import { mapsText } from '../../text/maps.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(administrationText.title) }]

/** What the administration changed; who came in and out is the audit's business. */
const CHANGES = (Object.keys(EVENT_TYPES) as EventType[]).filter((type) =>
  /^(entity|agency|position|person|account|tenure|calendar|procedure|map)\./.test(type),
)

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await requireAdministrator(request, context)
  const cursor = new URL(request.url).searchParams.get('desde')
  const { rows, next } = await withActor(context.db, actor, (trx) =>
    listAdministrationEvents(trx, actor.entityId, { types: CHANGES, cursor, limit: 15 }),
  )
  const events = rows.map((event) => ({ id: event.id, at: event.at, sentence: eventSentence(event) }))
  return { entity: actor.entity.name, events, next }
}

export default function Administration() {
  const { entity, events, next } = useLoaderData<typeof loader>()
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
        {events.length === 0 && <BodyLong>{administrationText.noRecent}</BodyLong>}
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
      </Section>
    </VStack>
  )
}
