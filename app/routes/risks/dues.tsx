import { Alert, VStack } from '@navikt/ds-react'
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { placeOf } from '../../../domain/follow-ups.ts'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ListFiles } from '../../components/list-files.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Pagination } from '../../components/pagination.tsx'
import { RiskCrumbs } from '../../components/risks/risk-crumbs.tsx'
import { TermChip } from '../../components/state-chip.tsx'
import { loadRiskDues } from '../../pages/risk-follow.server.ts'
import { requireActor } from '../../session.server.ts'
import { followUpText } from '../../text/follow-ups.ts'
import { formatDate } from '../../text/format.ts'
import { riskDuesText as words } from '../../text/risk-follow.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(words.title) }]

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  return await loadRiskDues(context, actor, new URL(request.url).searchParams)
}

/** What is due of all risks, and what of it keeps the year from being closed. */
export default function RiskDues() {
  const { rows, next, overdue } = useLoaderData<typeof loader>()
  return (
    <VStack gap="space-24">
      <div>
        <RiskCrumbs crumbs={[{ label: words.title }]} />
        <PageHeader title={words.title} state={words.intro} />
      </div>
      {overdue.length > 0 ? (
        <Alert variant="warning">{words.blocking(overdue)}</Alert>
      ) : (
        <Alert variant="info">{words.free}</Alert>
      )}
      {rows.length > 0 ? (
        <DataTable caption={words.caption} columns={COLUMNS} rows={rows} rowKey={(row) => row.id} />
      ) : (
        <EmptyState title={words.emptyTitle}>{words.empty}</EmptyState>
      )}
      <Pagination next={next} />
      <ListFiles list="risk_dues" />
    </VStack>
  )
}

const COLUMNS: Column<ReturnType<typeof useLoaderData<typeof loader>>['rows'][number]>[] = [
  {
    key: 'what',
    header: words.columns.what,
    rowHeader: true,
    cell: ({ kind, code }) => (
      <Link className="row-link" to={placeOf(kind, code)}>
        {followUpText.asked[kind](code)}
      </Link>
    ),
  },
  { key: 'owner', header: words.columns.owner, cell: ({ owner }) => owner },
  { key: 'due', header: words.columns.due, cell: ({ dueOn }) => formatDate(dueOn) },
  { key: 'state', header: words.columns.state, cell: ({ chip }) => <TermChip state={chip} /> },
]
