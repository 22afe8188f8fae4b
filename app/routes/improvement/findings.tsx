import { Button, VStack } from '@navikt/ds-react'
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { FINDING_ORIGINS, FINDING_STATUSES } from '../../../domain/findings.ts'
import { Breadcrumbs } from '../../components/breadcrumbs.tsx'
import type { Column } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ListFiles } from '../../components/list-files.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Pagination } from '../../components/pagination.tsx'
import { FindingChip } from '../../components/state-chip.tsx'
import { WorkTable } from '../../components/work-table.tsx'
import { loadFindings } from '../../pages/findings.server.ts'
import { requireActor } from '../../session.server.ts'
import { findingOriginText, findingStateText, newFindingText, findingsText as words } from '../../text/findings.ts'
import { improvementText } from '../../text/improvement.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(words.title) }]

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  return await loadFindings(context, actor, new URL(request.url).searchParams)
}

export default function Findings() {
  const { rows, next, mayRecord, isFiltered } = useLoaderData<typeof loader>()
  return (
    <VStack gap="space-24">
      <div>
        <Breadcrumbs crumbs={[{ label: improvementText.title, to: '/mejora' }, { label: words.title }]} />
        <PageHeader
          title={words.title}
          state={words.intro}
          action={
            mayRecord && (
              <Button as={Link} to="/mejora/hallazgo">
                {newFindingText.new}
              </Button>
            )
          }
        />
      </div>
      {rows.length > 0 || isFiltered ? (
        <WorkTable caption={words.caption} columns={COLUMNS} rows={rows} rowKey={(row) => row.id} />
      ) : (
        <EmptyState title={words.emptyTitle}>{words.empty}</EmptyState>
      )}
      <Pagination next={next} />
      <ListFiles list="findings" />
    </VStack>
  )
}

type Row = ReturnType<typeof useLoaderData<typeof loader>>['rows'][number]

/** Keys are what the address calls the columns. */
const COLUMNS: Column<Row>[] = [
  {
    key: 'codigo',
    header: words.columns.code,
    rowHeader: true,
    cell: ({ code }) => (
      <Link className="row-link nowrap" to={`/mejora/hallazgos/${code}`} aria-label={words.open(code)}>
        {code}
      </Link>
    ),
  },
  {
    key: 'hallazgo',
    header: words.columns.condition,
    filter: { name: 'texto' },
    cell: ({ condition }) => <span className="clamped">{condition}</span>,
  },
  {
    key: 'origen',
    header: words.columns.origin,
    filter: { name: 'origen', options: FINDING_ORIGINS.map((one) => [one, findingOriginText[one]]) },
    cell: ({ origin }) => findingOriginText[origin],
  },
  { key: 'responde', header: words.columns.owner, cell: ({ owner }) => owner },
  {
    key: 'acciones',
    header: words.columns.actions,
    cell: ({ effective, actions }) => words.ofActions(effective, actions),
  },
  {
    key: 'estado',
    header: words.columns.status,
    filter: { name: 'estado', options: FINDING_STATUSES.map((one) => [one, findingStateText[one]]) },
    cell: ({ status }) => <FindingChip status={status} />,
  },
]
