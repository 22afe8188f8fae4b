import { Button, VStack } from '@navikt/ds-react'
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { loadAsForwarder } from '../../collectors.server.ts'
import { CollectorPage } from '../../components/collectors/collector-page.tsx'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { DoneNotice } from '../../components/done-notice.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { CollectorChip } from '../../components/state-chip.tsx'
import { collectorLines, hasSections } from '../../pages/collectors.server.ts'
import { COLLECTORS, collectorDone, lagText, sentText, collectorsText as words } from '../../text/collectors.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(words.title) }]

export async function loader({ request, context }: LoaderFunctionArgs) {
  return await loadAsForwarder(request, context, async (trx, actor) => ({
    lines: await collectorLines(trx, actor.entityId),
    hasSections: hasSections(actor),
  }))
}

/** The collectors outside, each with how far it is behind. */
export default function Collectors() {
  const { lines, hasSections } = useLoaderData<typeof loader>()
  const add = (
    <Button as={Link} to={`${COLLECTORS}/nueva`}>
      {words.add}
    </Button>
  )
  return (
    <CollectorPage hasSections={hasSections} crumbs={[{ label: words.title }]}>
      <VStack gap="space-24">
        <div>
          <PageHeader
            title={words.title}
            state={
              <>
                {words.intro} <strong>{words.state(lines.length)}</strong>
              </>
            }
            action={lines.length > 0 && add}
          />
          <DoneNotice sentences={collectorDone} />
        </div>
        {lines.length === 0 ? (
          <EmptyState title={words.empty} action={add}>
            {words.emptyWhy}
          </EmptyState>
        ) : (
          <DataTable caption={words.caption} columns={COLUMNS} rows={lines} rowKey={({ id }) => id} />
        )}
      </VStack>
    </CollectorPage>
  )
}

type Line = ReturnType<typeof useLoaderData<typeof loader>>['lines'][number]

const COLUMNS: Column<Line>[] = [
  {
    key: 'nombre',
    header: words.columns.name,
    rowHeader: true,
    cell: ({ id, name }) => (
      <Link className="row-link" to={`${COLLECTORS}/${id}`}>
        {name}
      </Link>
    ),
  },
  { key: 'donde', header: words.columns.where, cell: ({ address }) => address },
  { key: 'estado', header: words.columns.state, cell: ({ state }) => <CollectorChip state={state} /> },
  { key: 'enviado', header: words.columns.sent, cell: sentText },
  { key: 'falta', header: words.columns.lag, cell: ({ lag }) => lagText(lag) },
]
