import { VStack } from '@navikt/ds-react'
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { Breadcrumbs } from '../../components/breadcrumbs.tsx'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { DisposalChip } from '../../components/disposal/disposal-status.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ListFiles } from '../../components/list-files.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Pagination } from '../../components/pagination.tsx'
import { Section } from '../../components/section.tsx'
import { loadDisposals } from '../../pages/disposals.server.ts'
import { requireActor } from '../../session.server.ts'
import { RETENTION_TABLE, disposalText as words } from '../../text/disposal.ts'
import { formatDate } from '../../text/format.ts'
import { dispositionNames } from '../../text/retention.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(words.title) }]

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  return await loadDisposals(context, actor, new URL(request.url).searchParams)
}

/** Ended cycles with how long each is kept, and the disposals there were. */
export default function Disposals() {
  const { ended, disposals, mayAdminister } = useLoaderData<typeof loader>()
  return (
    <VStack gap="space-32">
      <div>
        <Breadcrumbs crumbs={[{ label: words.title }]} />
        <PageHeader title={words.title} state={words.state} />
        <Link to={mayAdminister ? '/administracion/retencion' : RETENTION_TABLE}>{words.table}</Link>
      </div>
      <Section id="terminados" title={words.ended}>
        <VStack gap="space-16">
          {ended.rows.length === 0 ? (
            <EmptyState title={words.emptyTitle}>{words.empty}</EmptyState>
          ) : (
            <DataTable
              caption={words.endedCaption}
              hideCaption
              columns={ENDED}
              rows={ended.rows}
              rowKey={({ id }) => id}
            />
          )}
          <Pagination next={ended.next} />
          {ended.rows.length > 0 && <ListFiles list="ended_cycles" />}
        </VStack>
      </Section>
      <Section id="eliminaciones" title={words.list}>
        <VStack gap="space-16">
          {disposals.rows.length === 0 ? (
            <p>{words.listEmpty}</p>
          ) : (
            <DataTable
              caption={words.listCaption}
              hideCaption
              columns={DISPOSALS}
              rows={disposals.rows}
              rowKey={({ id }) => id}
            />
          )}
          <Pagination next={disposals.next} name="antes" />
          {disposals.rows.length > 0 && <ListFiles list="disposals" />}
        </VStack>
      </Section>
    </VStack>
  )
}

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>

const ENDED: Column<Loaded['ended']['rows'][number]>[] = [
  {
    key: 'cycle',
    header: words.columns.cycle,
    rowHeader: true,
    cell: ({ id, name }) => (
      <Link className="row-link" to={`/ejercicios/${id}`}>
        {name}
      </Link>
    ),
  },
  { key: 'series', header: words.columns.series, cell: ({ series }) => series ?? words.noSeries },
  { key: 'until', header: words.columns.until, cell: ({ until }) => (until ? formatDate(until) : '') },
  {
    key: 'orders',
    header: words.columns.orders,
    cell: ({ disposition }) => (disposition ? dispositionNames[disposition] : ''),
  },
  { key: 'next', header: words.columns.next, cell: (row) => <Next {...row} /> },
]

function Next({ id, disposal, mayPropose, whyNot }: Loaded['ended']['rows'][number]) {
  if (disposal)
    return (
      <>
        <DisposalChip status={disposal.status} /> <Link to={`/disposicion/${disposal.id}`}>{disposal.code}</Link>
      </>
    )
  if (mayPropose) return <Link to={`/disposicion/ejercicios/${id}`}>{words.propose}</Link>
  return whyNot ?? words.proposable
}

const DISPOSALS: Column<Loaded['disposals']['rows'][number]>[] = [
  {
    key: 'code',
    header: words.columns.code,
    rowHeader: true,
    cell: ({ id, code }) => (
      <Link className="row-link nowrap" to={`/disposicion/${id}`}>
        {code}
      </Link>
    ),
  },
  { key: 'cycle', header: words.columns.cycle, cell: ({ cycleName }) => cycleName },
  { key: 'state', header: words.columns.state, cell: ({ status }) => <DisposalChip status={status} /> },
  {
    key: 'minutes',
    header: words.columns.minutes,
    cell: ({ minutesNumber, minutesDate }) => words.minutes(minutesNumber, minutesDate),
  },
]
