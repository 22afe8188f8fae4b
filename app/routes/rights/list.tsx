import { Button, VStack } from '@navikt/ds-react'
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData, useSearchParams } from '@remix-run/react'
import { kindOf, RIGHTS_STATUSES } from '../../../domain/rights.ts'
import { Breadcrumbs } from '../../components/breadcrumbs.tsx'
import { ChipLinks } from '../../components/chip-links.tsx'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ListFiles } from '../../components/list-files.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Pagination } from '../../components/pagination.tsx'
import { RightsChip, TermChip } from '../../components/state-chip.tsx'
import { loadRights } from '../../pages/rights.server.ts'
import { requireActor } from '../../session.server.ts'
import { formatDay } from '../../text/format.ts'
import { rightsAimText, rightsKindText, rightsStateText, rightsText as words } from '../../text/rights.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(words.title) }]

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  return await loadRights(context, actor, new URL(request.url).searchParams)
}

type Line = ReturnType<typeof useLoaderData<typeof loader>>['rows'][number]

export default function RightsRequests() {
  const { rows, next } = useLoaderData<typeof loader>()
  const [search] = useSearchParams()
  const state = search.get('estado')
  const receive = (
    <Button as={Link} to="/derechos/nueva">
      {words.receive}
    </Button>
  )
  return (
    <VStack gap="space-24">
      <div>
        <Breadcrumbs crumbs={[{ label: words.crumb }]} />
        <PageHeader title={words.title} state={words.intro} action={receive} />
      </div>
      <ChipLinks
        label={words.stateLabel}
        chips={[
          { label: words.anyState, to: '/derechos', current: state === null },
          ...RIGHTS_STATUSES.map((one) => ({
            ...{ label: rightsStateText[one], to: `/derechos?estado=${one}`, current: state === one },
          })),
        ]}
      />
      {rows.length > 0 ? (
        <DataTable caption={words.caption} columns={COLUMNS} rows={rows} rowKey={(row) => row.id} />
      ) : (
        <Nothing isFiltered={state !== null} />
      )}
      <Pagination next={next} />
      <ListFiles list="rights" />
    </VStack>
  )
}

function Nothing({ isFiltered }: { isFiltered: boolean }) {
  if (!isFiltered) return <EmptyState title={words.emptyTitle}>{words.empty}</EmptyState>
  const all = (
    <Link className="row-link" to="/derechos">
      {words.seeAll}
    </Link>
  )
  return (
    <EmptyState title={words.noneTitle} action={all}>
      {words.none}
    </EmptyState>
  )
}

const COLUMNS: Column<Line>[] = [
  {
    key: 'number',
    header: words.columns.number,
    rowHeader: true,
    cell: ({ id, number }) => (
      <Link className="row-link nowrap" to={`/derechos/${id}`} aria-label={words.open(number)}>
        {number}
      </Link>
    ),
  },
  {
    key: 'kind',
    header: words.columns.kind,
    cell: ({ aim }) => (
      <>
        {rightsAimText[aim]}
        <span className="quiet block">{rightsKindText[kindOf(aim)]}</span>
      </>
    ),
  },
  { key: 'filed', header: words.columns.filed, cell: ({ filedOn }) => formatDay(filedOn) },
  {
    key: 'due',
    header: words.columns.due,
    cell: ({ dueOn, chip }) =>
      dueOn && (
        <>
          {formatDay(dueOn)} {chip && <TermChip state={chip} />}
        </>
      ),
  },
  { key: 'status', header: words.columns.status, cell: ({ status }) => <RightsChip status={status} /> },
]
