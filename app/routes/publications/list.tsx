import { VStack } from '@navikt/ds-react'
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { withActor } from '../../../db/client.ts'
import { listReleases, type ReleaseLine } from '../../../db/release-pages.ts'
import { isHidden, RELEASE_STATUSES } from '../../../domain/releases.ts'
import { Breadcrumbs } from '../../components/breadcrumbs.tsx'
import { ChipLinks } from '../../components/chip-links.tsx'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ListFiles } from '../../components/list-files.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Pagination } from '../../components/pagination.tsx'
import { ReleaseChip } from '../../components/state-chip.tsx'
import { releaseFilters } from '../../pages/releases.server.ts'
import { requireActor } from '../../session.server.ts'
import { formatInstant } from '../../text/format.ts'
import { publicationsText as words } from '../../text/publications.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(words.title) }]

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  const params = new URL(request.url).searchParams
  return await withActor(context.db, actor, async (trx) => {
    const filters = await releaseFilters(trx, actor, params)
    const page = await listReleases(trx, actor.entityId, { ...filters, cursor: params.get('desde') })
    return {
      ...page,
      status: filters.status ?? null,
      states: RELEASE_STATUSES.filter((state) => filters.withDrafts || !isHidden(state)),
    }
  })
}

export default function Publications() {
  const { rows, next, status, states } = useLoaderData<typeof loader>()
  return (
    <VStack gap="space-24">
      <div>
        <Breadcrumbs crumbs={[{ label: words.title }]} />
        <PageHeader title={words.title} state={words.state} />
      </div>
      <ChipLinks
        label={words.filterLabel}
        chips={[
          { label: words.all, to: '/publicaciones', current: status === null },
          ...states.map((state) => ({
            label: words.states[state],
            to: `/publicaciones?estado=${state}`,
            current: status === state,
          })),
        ]}
      />
      {rows.length === 0 ? (
        <EmptyState title={words.emptyTitle}>{words.empty}</EmptyState>
      ) : (
        <DataTable caption={words.caption} hideCaption columns={COLUMNS} rows={rows} rowKey={(row) => row.id} />
      )}
      <Pagination next={next} />
      <ListFiles list="releases" />
    </VStack>
  )
}

/** What is still being signed has its page with its cycle, or with what it corrects. */
function pageOf(row: ReleaseLine): string {
  if (row.status !== 'draft' || row.approvedAt) return `/publicaciones/${row.id}`
  return row.correctsId ? `/publicaciones/${row.correctsId}/correccion` : `/ejercicios/${row.cycleId}/divulgacion`
}

function dateOf({ status, publishedAt, withdrawnAt, publishAt }: ReleaseLine): string {
  if (status === 'recalled' || status === 'held') return words.noDate
  if (publishedAt) return formatInstant(withdrawnAt ?? publishedAt)
  return publishAt ? words.planned(publishAt) : words.noDate
}

const COLUMNS: Column<ReleaseLine>[] = [
  {
    key: 'name',
    header: words.name,
    rowHeader: true,
    cell: (row) => (
      <Link className="row-link" to={pageOf(row)} aria-label={words.open(row.title, row.version)}>
        {row.title}
      </Link>
    ),
  },
  { key: 'version', header: words.version, numeric: true, cell: (row) => row.version },
  { key: 'status', header: words.status, cell: (row) => <ReleaseChip status={row.status} /> },
  {
    key: 'date',
    header: words.date,
    cell: dateOf,
  },
  { key: 'files', header: words.files, numeric: true, cell: (row) => row.files },
  {
    key: 'cycle',
    header: words.cycle,
    cell: (row) => (
      <>
        {row.cycleName}, {words.vigencia(row.vigencia)}
      </>
    ),
  },
]
