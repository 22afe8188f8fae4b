import { BodyLong, VStack } from '@navikt/ds-react'
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { addDays } from '../../../domain/civil-dates.ts'
import { consultReadings } from '../../commands/consult-readings.server.ts'
import { Breadcrumbs } from '../../components/breadcrumbs.tsx'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { ListFiles } from '../../components/list-files.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Pagination } from '../../components/pagination.tsx'
import { Section } from '../../components/section.tsx'
import { Timeline } from '../../components/timeline.tsx'
import { TimelineFilterForm } from '../../components/timeline-filters.tsx'
import { proofLinks } from '../../pages/timelines.server.ts'
import { requireActor } from '../../session.server.ts'
import { accessText } from '../../text/access.ts'
import { eventSentence } from '../../text/events.ts'
import { formatDate, formatNumber } from '../../text/format.ts'
import { unusualText, readingsText as words } from '../../text/readings.ts'
import { shellText } from '../../text/shell.ts'
import { TIMELINE_NAMES } from '../../text/timeline.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(words.title) }]

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  const { readings, ...page } = await consultReadings(context, actor, new URL(request.url).searchParams)
  const lines = readings.rows.map((event) => ({
    ...{ id: event.id, at: event.at, sentence: eventSentence(event) },
    links: proofLinks(actor, event.id),
  }))
  return { ...page, lines, next: readings.next }
}

type Line = ReturnType<typeof useLoaderData<typeof loader>>['unusual']['rows'][number]

/** Who saw citizens' data and what for, with what was unusual week by week. */
export default function Readings() {
  const { filters, actors, last, unusual, lines, next } = useLoaderData<typeof loader>()
  return (
    <VStack gap="space-32">
      <div>
        <Breadcrumbs crumbs={[{ label: accessText.title, to: '/accesos' }, { label: words.title }]} />
        <PageHeader
          title={words.title}
          state={
            <>
              {words.intro} {last && <strong>{words.last(last)}</strong>}
            </>
          }
        />
      </div>
      <Section id="inusual" title={words.unusual}>
        <BodyLong className="quiet">{words.unusualHelp}</BodyLong>
        {unusual.rows.length === 0 && <BodyLong>{last ? words.nothing : words.noneYet}</BodyLong>}
        {unusual.rows.length > 0 && (
          <DataTable
            caption={words.caption}
            hideCaption
            columns={COLUMNS}
            rows={unusual.rows}
            rowKey={({ week, personId }) => `${week} ${personId}`}
          />
        )}
        <Pagination next={unusual.next} name="semanas" />
        {unusual.rows.length > 0 && <ListFiles list="unusual_readings" />}
      </Section>
      <Section id="cada-vez" title={words.all}>
        <TimelineFilterForm filters={filters} actors={actors} section="cada-vez" />
        {lines.length === 0 && <BodyLong>{Object.keys(filters).length > 0 ? words.nothingSuch : words.none}</BodyLong>}
        <Timeline lines={lines} />
        <Pagination next={next} />
        {lines.length > 0 && <ListFiles list="personal_readings" />}
      </Section>
    </VStack>
  )
}

const COLUMNS: Column<Line>[] = [
  { key: 'semana', header: words.week, cell: ({ week }) => formatDate(week) },
  { key: 'persona', header: words.person, rowHeader: true, cell: ({ person }) => person },
  { key: 'veces', header: words.reads, numeric: true, cell: ({ reads }) => formatNumber(reads) },
  { key: 'registros', header: words.objects, numeric: true, cell: ({ objects }) => formatNumber(objects) },
  { key: 'motivos', header: words.why, cell: ({ reasons }) => reasons.map((code) => unusualText[code]).join('; ') },
  {
    ...{ key: 'ver', header: words.see },
    cell: ({ week, person, personId }) => (
      <Link to={addressOf(week, personId)} aria-label={words.seeOf(person, week)}>
        {words.see}
      </Link>
    ),
  },
]

function addressOf(week: string, personId: string): string {
  const asked = {
    [TIMELINE_NAMES.personId]: personId,
    [TIMELINE_NAMES.from]: week,
    [TIMELINE_NAMES.to]: addDays(week, 6),
  }
  return `/accesos/lecturas?${new URLSearchParams(asked)}#cada-vez`
}
