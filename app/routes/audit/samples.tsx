import { Button, VStack } from '@navikt/ds-react'
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { Breadcrumbs } from '../../components/breadcrumbs.tsx'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ListFiles } from '../../components/list-files.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Pagination } from '../../components/pagination.tsx'
import { loadSamples } from '../../pages/audit-samples.server.ts'
import { requireActor } from '../../session.server.ts'
import { auditText } from '../../text/audit.ts'
import { populationText, sampleMethodText, samplesText as words } from '../../text/audit-samples.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(words.title) }]

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  return await loadSamples(context, actor, new URL(request.url).searchParams)
}

/** Samples of the record, with how far their papers are. */
export default function Samples() {
  const { rows, next, maySample } = useLoaderData<typeof loader>()
  const draw = maySample && (
    <Button as={Link} to="/auditoria/muestras/nueva">
      {words.new}
    </Button>
  )
  return (
    <VStack gap="space-24">
      <div>
        <Breadcrumbs crumbs={[{ label: auditText.title, to: '/auditoria' }, { label: words.title }]} />
        <PageHeader title={words.title} state={words.intro} action={draw} />
      </div>
      {rows.length > 0 ? (
        <DataTable caption={words.caption} columns={COLUMNS} rows={rows} rowKey={({ code }) => code} />
      ) : (
        <EmptyState title={words.emptyTitle}>{words.empty}</EmptyState>
      )}
      <Pagination next={next} />
      {rows.length > 0 && <ListFiles list="samples" />}
    </VStack>
  )
}

type Row = ReturnType<typeof useLoaderData<typeof loader>>['rows'][number]

const COLUMNS: Column<Row>[] = [
  {
    key: 'codigo',
    header: words.columns.code,
    rowHeader: true,
    cell: ({ code }) => (
      <Link className="row-link nowrap" to={`/auditoria/muestras/${code}`} aria-label={words.open(code)}>
        {code}
      </Link>
    ),
  },
  { key: 'poblacion', header: words.columns.population, cell: ({ population }) => populationText[population] },
  { key: 'dias', header: words.columns.days, cell: ({ from, to }) => words.days(from, to) },
  { key: 'como', header: words.columns.method, cell: ({ method }) => sampleMethodText[method] },
  { key: 'elementos', header: words.columns.items, cell: ({ wanted, count }) => words.items(wanted, count) },
  {
    key: 'papeles',
    header: words.columns.papers,
    cell: ({ written, wanted, nonconforming }) => words.papers(written, wanted, nonconforming),
  },
  { key: 'quien', header: words.columns.drawn, cell: ({ drawnBy, drawnAt }) => words.drawn(drawnBy, drawnAt) },
]
