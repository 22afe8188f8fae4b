import { Button, Tag, VStack } from '@navikt/ds-react'
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { type ConnectionRow, listConnections } from '../../../db/connections.ts'
import { Breadcrumbs } from '../../components/breadcrumbs.tsx'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { DoneNotice } from '../../components/done-notice.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ListFiles } from '../../components/list-files.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { loadAsKeeper } from '../../connections.server.ts'
import { connectionDone, connectionsText, kindNames } from '../../text/connections.ts'
import { formatInstant } from '../../text/format.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(connectionsText.title) }]

export async function loader({ request, context }: LoaderFunctionArgs) {
  return await loadAsKeeper(request, context, async (trx) => ({ connections: await listConnections(trx) }))
}

export default function Connections() {
  const { connections } = useLoaderData<typeof loader>()
  const add = (
    <Button as={Link} to="/conexiones/nueva">
      {connectionsText.add}
    </Button>
  )
  return (
    <VStack gap="space-24">
      <div>
        <Breadcrumbs crumbs={[{ label: connectionsText.title }]} />
        <PageHeader
          title={connectionsText.title}
          state={connectionsText.state(connections.length)}
          action={connections.length > 0 && add}
        />
        <DoneNotice sentences={connectionDone} />
      </div>
      {connections.length === 0 ? (
        <EmptyState title={connectionsText.empty} action={add}>
          {connectionsText.emptyWhy}
        </EmptyState>
      ) : (
        <>
          <DataTable
            caption={connectionsText.caption}
            columns={COLUMNS}
            rows={connections}
            rowKey={(connection) => connection.id}
          />
          <ListFiles list="connections" />
        </>
      )}
    </VStack>
  )
}

const { columns } = connectionsText
const COLUMNS: Column<ConnectionRow>[] = [
  {
    key: 'name',
    header: columns.name,
    rowHeader: true,
    cell: (row) => (
      <Link className="row-link" to={`/conexiones/${row.id}`}>
        {row.name}
      </Link>
    ),
  },
  { key: 'kind', header: columns.kind, cell: (row) => kindNames[row.kind] },
  {
    key: 'where',
    header: columns.where,
    cell: (row) => row.address ?? connectionsText.where(row.host, row.port, row.database),
  },
  { key: 'tested', header: columns.tested, cell: (row) => <Tested row={row} /> },
]

function Tested({ row }: { row: ConnectionRow }) {
  if (row.testedAt === null) return <span className="quiet">{connectionsText.never}</span>
  const works = row.testCode === 'ok'
  return (
    <>
      <Tag size="small" data-color={works ? 'success' : 'danger'}>
        {works ? connectionsText.works : connectionsText.fails}
      </Tag>{' '}
      <span className="quiet">{connectionsText.on(formatInstant(row.testedAt))}</span>
    </>
  )
}
