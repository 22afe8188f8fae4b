import { Button, HStack, VStack } from '@navikt/ds-react'
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData, useSearchParams } from '@remix-run/react'
import { GRANT_STATUSES } from '../../../domain/grants.ts'
import { Breadcrumbs } from '../../components/breadcrumbs.tsx'
import { ChipLinks } from '../../components/chip-links.tsx'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { listAddress } from '../../components/list-address.ts'
import { ListFiles } from '../../components/list-files.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Pagination } from '../../components/pagination.tsx'
import { GrantChip, UnderReviewChip } from '../../components/state-chip.tsx'
import { loadAccesses } from '../../pages/access.server.ts'
import { requireActor } from '../../session.server.ts'
import { grantStateText, newAccessText, accessText as words } from '../../text/access.ts'
import { accessGroundsText } from '../../text/access-grounds.ts'
import { accessIndicatorsText } from '../../text/access-indicators.ts'
import { accessListText } from '../../text/access-lists.ts'
import { readingsText } from '../../text/readings.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(words.title) }]

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  return await loadAccesses(context, actor, new URL(request.url).searchParams)
}

type Line = ReturnType<typeof useLoaderData<typeof loader>>['rows'][number]

export default function Accesses() {
  const { rows, next, mayAsk, overseesAccess, readsReviews } = useLoaderData<typeof loader>()
  const [search] = useSearchParams()
  const ask = (
    <HStack gap="space-12" wrap>
      <Button as={Link} to="/accesos/solicitudes/nueva">
        {newAccessText.title}
      </Button>
      <Button as={Link} variant="secondary" to="/accesos/solicitudes/lista">
        {accessListText.link}
      </Button>
    </HStack>
  )
  return (
    <VStack gap="space-24">
      <div>
        <Breadcrumbs crumbs={[{ label: words.title }]} />
        <PageHeader title={words.title} state={words.intro} action={mayAsk && ask} />
      </div>
      <ul className="links">
        <li>
          <Link to="/accesos/explicacion">{accessGroundsText.link}</Link>
        </li>
        {readsReviews && (
          <li>
            <Link to="/accesos/campanas">{words.reviews}</Link>
          </li>
        )}
        {overseesAccess && (
          <li>
            <Link to="/accesos/lecturas">{readingsText.link}</Link>
          </li>
        )}
        {overseesAccess && (
          <li>
            <Link to="/accesos/indicadores">{accessIndicatorsText.link}</Link>
          </li>
        )}
      </ul>
      <Filters search={search} />
      {rows.length > 0 ? (
        <DataTable caption={words.caption} columns={COLUMNS} rows={rows} rowKey={(row) => row.id} />
      ) : (
        <Nothing isFiltered={[...search.values()].some(Boolean)} />
      )}
      <Pagination next={next} />
      <ListFiles list="accesses" />
    </VStack>
  )
}

function Filters({ search }: { search: URLSearchParams }) {
  const isMine = search.get('de') === 'mios'
  const state = search.get('estado')
  const whose = [
    { label: words.all, to: listAddress('/accesos', search, { de: null }), current: !isMine },
    { label: words.mine, to: listAddress('/accesos', search, { de: isMine ? null : 'mios' }), current: isMine },
  ]
  const states = [
    { label: words.anyState, to: listAddress('/accesos', search, { estado: null }), current: state === null },
    ...GRANT_STATUSES.map((one) => ({
      label: grantStateText[one],
      to: listAddress('/accesos', search, { estado: one }),
      current: state === one,
    })),
  ]
  return (
    <VStack gap="space-12">
      <ChipLinks label={words.filterLabel} chips={whose} />
      <ChipLinks label={words.stateLabel} chips={states} />
    </VStack>
  )
}

function Nothing({ isFiltered }: { isFiltered: boolean }) {
  if (!isFiltered) return <EmptyState title={words.emptyTitle}>{words.empty}</EmptyState>
  const all = (
    <Link className="row-link" to="/accesos">
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
    key: 'code',
    header: words.columns.code,
    rowHeader: true,
    cell: ({ id, code }) => (
      <Link className="row-link nowrap" to={`/accesos/${id}`} aria-label={words.open(code)}>
        {code}
      </Link>
    ),
  },
  {
    key: 'person',
    header: words.columns.person,
    cell: ({ personName, agencyName }) => (
      <>
        {personName}
        <span className="quiet block">{agencyName}</span>
      </>
    ),
  },
  {
    key: 'point',
    header: words.columns.point,
    cell: ({ pointName, form }) => (
      <>
        {pointName}
        <span className="quiet block nowrap">{form}</span>
      </>
    ),
  },
  { key: 'days', header: words.columns.days, cell: ({ startsOn, endsOn }) => words.shortDays(startsOn, endsOn) },
  {
    key: 'status',
    header: words.columns.status,
    cell: ({ status, isUnderReview }) => (
      <HStack gap="space-8">
        <GrantChip status={status} />
        {isUnderReview && <UnderReviewChip />}
      </HStack>
    ),
  },
]
