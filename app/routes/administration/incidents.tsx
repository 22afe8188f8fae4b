import { VStack } from '@navikt/ds-react'
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { withActor } from '../../../db/client.ts'
import { type IncidentLine, listIncidents } from '../../../db/incidents.ts'
import { requireAdministrator } from '../../administration.server.ts'
import { AdminCrumbs } from '../../components/admin-crumbs.tsx'
import { ChipLinks } from '../../components/chip-links.tsx'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { DoneNotice } from '../../components/done-notice.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { INCIDENT_COLUMNS } from '../../components/incident-columns.tsx'
import { ListFiles } from '../../components/list-files.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Pagination } from '../../components/pagination.tsx'
import { systemText, incidentsText as words } from '../../text/administration.ts'
import { formatInstant } from '../../text/format.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(words.title) }]

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await requireAdministrator(request, context)
  const { searchParams } = new URL(request.url)
  const isClosed = searchParams.get('estado') === 'cerradas'
  const asked = { isClosed, cursor: searchParams.get('desde') }
  const page = await withActor(context.db, actor, (trx) => listIncidents(trx, actor.entityId, asked))
  return { ...page, isClosed }
}

export default function Incidents() {
  const { rows, next, isClosed } = useLoaderData<typeof loader>()
  const lines = rows as unknown as IncidentLine[]
  return (
    <VStack gap="space-24">
      <div>
        <AdminCrumbs crumbs={[{ label: systemText.title, to: '/administracion/sistema' }, { label: words.title }]} />
        <PageHeader title={words.title} state={words.state} />
        <DoneNotice sentences={words.done} />
      </div>
      <ChipLinks
        label={words.filter}
        chips={[
          { label: words.open, to: '?', current: !isClosed },
          { label: words.closed, to: '?estado=cerradas', current: isClosed },
        ]}
      />
      {rows.length === 0 ? (
        <EmptyState title={isClosed ? words.noneClosed : words.noneOpen}>{words.empty}</EmptyState>
      ) : (
        <DataTable
          caption={words.caption}
          hideCaption
          columns={isClosed ? [...INCIDENT_COLUMNS, ...CLOSED] : INCIDENT_COLUMNS}
          rows={lines}
          rowKey={(row) => row.id}
        />
      )}
      <Pagination next={next} />
      <ListFiles list="incidents" />
    </VStack>
  )
}

const CLOSED: Column<IncidentLine>[] = [
  { key: 'closed', header: words.closedAt, cell: (row) => row.closedAt && formatInstant(row.closedAt) },
  { key: 'by', header: words.closedBy, cell: (row) => row.closedBy ?? words.byControl },
]
