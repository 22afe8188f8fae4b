import { Button, VStack } from '@navikt/ds-react'
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { withActor } from '../../../db/client.ts'
import { listResults, type ResultsLine } from '../../../db/summaries.ts'
import { Breadcrumbs } from '../../components/breadcrumbs.tsx'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ListFiles } from '../../components/list-files.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Pagination } from '../../components/pagination.tsx'
import { requireActor } from '../../session.server.ts'
import { formatInstant } from '../../text/format.ts'
import { resultsText as words } from '../../text/results.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(words.title) }]

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  const cursor = new URL(request.url).searchParams.get('desde')
  return await withActor(context.db, actor, (trx) => listResults(trx, cursor))
}

type Line = Omit<ResultsLine, 'deliveredAt'> & { deliveredAt: Date | string }

export default function Results() {
  const { rows, next } = useLoaderData<typeof loader>()
  return (
    <VStack gap="space-24">
      <div>
        <Breadcrumbs crumbs={[{ label: words.title }]} />
        <PageHeader title={words.title} state={words.intro} />
      </div>
      {rows.length === 0 ? (
        <EmptyState title={words.empty.title} action={<CyclesButton />}>
          {words.empty.message}
        </EmptyState>
      ) : (
        <DataTable caption={words.caption} hideCaption columns={COLUMNS} rows={rows} rowKey={(row) => row.cycleId} />
      )}
      <Pagination next={next} />
      <ListFiles list="results" />
    </VStack>
  )
}

function CyclesButton() {
  return (
    <Button as={Link} to="/ejercicios" variant="secondary">
      {words.see}
    </Button>
  )
}

const COLUMNS: Column<Line>[] = [
  {
    key: 'name',
    header: words.columns.name,
    rowHeader: true,
    cell: (row) => (
      <Link className="row-link" to={`/resultados/${row.cycleId}`}>
        {row.cycleName}
      </Link>
    ),
  },
  { key: 'vigencia', header: words.columns.vigencia, numeric: true, cell: (row) => row.vigencia },
  { key: 'delivered', header: words.columns.delivered, cell: (row) => formatInstant(row.deliveredAt) },
  {
    key: 'answered',
    header: words.columns.answered,
    numeric: true,
    cell: (row) => words.answered(row.answered, row.total),
  },
]
