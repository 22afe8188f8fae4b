import { VStack } from '@navikt/ds-react'
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { withoutEntity } from '../../../db/client.ts'
import { findPublishedLog, type LogDay } from '../../../db/log-days.ts'
import { notFound } from '../../answer.server.ts'
import { Breadcrumbs } from '../../components/breadcrumbs.tsx'
import { CheckedOutside } from '../../components/checked-outside.tsx'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Pagination } from '../../components/pagination.tsx'
import { Section } from '../../components/section.tsx'
import { requireId } from '../../params.server.ts'
import { formatDay, formatNumber } from '../../text/format.ts'
import { publicLogText as words } from '../../text/public-log.ts'
import { shellText } from '../../text/shell.ts'

const PAGE = 30

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: shellText.title(data ? words.of(data.name) : words.title) },
]

export async function loader({ params, request, context }: LoaderFunctionArgs) {
  const entityId = requireId(params.entidad, context)
  const cursor = new URL(request.url).searchParams.get('desde')
  const log = await withoutEntity(context.publicDb, (trx) => findPublishedLog(trx, entityId, { cursor, limit: PAGE }))
  if (!log) throw notFound(context.requestId)
  return { entityId, ...log }
}

/** What a stranger keeps of the history of an entity, day by day, and how it is checked. */
export default function PublishedLog() {
  const { entityId, name, keys, days } = useLoaderData<typeof loader>()
  const [newest] = days.rows
  return (
    <VStack gap="space-32">
      <div>
        <Breadcrumbs home="/" crumbs={[{ label: words.title, to: '/historia' }, { label: name }]} />
        <PageHeader title={words.of(name)} state={newest ? words.size(newest.size, newest.day) : words.intro} />
      </div>
      <CheckedOutside title={words.how} steps={words.steps} keys={keys} keysHelp={words.keysHelp} />
      <Section id="dias" title={words.daysOf}>
        <DataTable
          caption={words.daysCaption}
          hideCaption
          rows={days.rows}
          rowKey={({ day }) => day}
          columns={columnsOf(`/historia/${entityId}`)}
        />
        <Pagination next={days.next} />
      </Section>
    </VStack>
  )
}

function columnsOf(page: string): Column<LogDay>[] {
  return [
    { key: 'dia', header: words.day, rowHeader: true, cell: ({ day }) => formatDay(day) },
    { key: 'nuevos', header: words.events, numeric: true, cell: ({ events }) => formatNumber(events) },
    { key: 'total', header: words.total, numeric: true, cell: ({ size }) => formatNumber(size) },
    {
      ...{ key: 'punto', header: words.checkpoint },
      cell: ({ day }) => (
        <a href={`${page}/${day}/punto-de-control.txt`} aria-label={words.checkpointOf(day)}>
          {words.download}
        </a>
      ),
    },
    {
      ...{ key: 'huellas', header: words.leaves },
      cell: ({ day }) => (
        <a href={`${page}/${day}/huellas.txt`} aria-label={words.leavesOf(day)}>
          {words.download}
        </a>
      ),
    },
  ]
}
