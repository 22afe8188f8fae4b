import { BodyShort, Button, VStack } from '@navikt/ds-react'
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { withActor } from '../../../db/client.ts'
import { listVariables, type VariableLine } from '../../../db/variables.ts'
import { Breadcrumbs } from '../../components/breadcrumbs.tsx'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ListFiles } from '../../components/list-files.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Pagination } from '../../components/pagination.tsx'
import { VariableFilterForm } from '../../components/variables/filter-form.tsx'
import { variableFilters } from '../../pages/variable.server.ts'
import { requireActor } from '../../session.server.ts'
import { shellText } from '../../text/shell.ts'
import { variablesText as words } from '../../text/variables.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(words.title) }]

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  const { searchParams } = new URL(request.url)
  const filters = variableFilters(searchParams)
  return await withActor(context.db, actor, async (trx) => ({
    ...(await listVariables(trx, actor.entityId, filters, searchParams.get('desde'))),
    filters,
  }))
}

/** The catalogue of the entity, as its approved exercises made it. */
export default function Variables() {
  const { rows, next, filters } = useLoaderData<typeof loader>()
  const isFiltered = Object.keys(filters).length > 0
  return (
    <VStack gap="space-24">
      <div>
        <Breadcrumbs crumbs={[{ label: words.title }]} />
        <PageHeader title={words.title} state={words.intro} />
      </div>
      {(rows.length > 0 || isFiltered) && <VariableFilterForm filters={filters} />}
      {rows.length === 0 ? (
        <Nothing isFiltered={isFiltered} />
      ) : (
        <DataTable caption={words.caption} hideCaption columns={COLUMNS} rows={rows} rowKey={(row) => row.id} />
      )}
      <Pagination next={next} />
      <ListFiles list="variables" />
    </VStack>
  )
}

function Nothing({ isFiltered }: { isFiltered: boolean }) {
  if (isFiltered) return <EmptyState title={words.nothingMatches}>{words.nothingMatchesWhy}</EmptyState>
  const action = (
    <Button as={Link} to="/ejercicios" variant="secondary">
      {words.toCycles}
    </Button>
  )
  return (
    <EmptyState title={words.emptyTitle} action={action}>
      {words.empty}
    </EmptyState>
  )
}

const COLUMNS: Column<VariableLine>[] = [
  {
    key: 'name',
    header: words.columns.name,
    rowHeader: true,
    cell: ({ name, code, sensitive }) => (
      <>
        <Link className="row-link" to={`/variables/${code}`}>
          {name}
        </Link>
        <BodyShort size="small" className="quiet">
          {sensitive ? `${code} · ${words.sensitive}` : code}
        </BodyShort>
      </>
    ),
  },
  { key: 'category', header: words.columns.category, cell: ({ category }) => words.categoryOf(category) },
  { key: 'version', header: words.columns.version, cell: ({ version, vigencia }) => words.since(version, vigencia) },
  {
    key: 'score',
    header: words.columns.score,
    cell: ({ score, prioritized, judgedIn }) => words.judged(score, prioritized, judgedIn),
  },
  { key: 'state', header: words.columns.state, cell: ({ openBreaks }) => words.seriesState(openBreaks) },
]
