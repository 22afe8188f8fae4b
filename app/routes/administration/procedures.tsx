import { VStack } from '@navikt/ds-react'
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { withActor } from '../../../db/client.ts'
import { type AdoptedProcedure, listProcedures } from '../../../db/procedures.ts'
import { requireAdministrator } from '../../administration.server.ts'
import { AdminCrumbs } from '../../components/admin-crumbs.tsx'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { ListFiles } from '../../components/list-files.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { proceduresText } from '../../text/administration.ts'
import { formatDate } from '../../text/format.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(proceduresText.title) }]

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await requireAdministrator(request, context)
  return { procedures: await withActor(context.db, actor, (trx) => listProcedures(trx, actor.entityId)) }
}

export default function Procedures() {
  const { procedures } = useLoaderData<typeof loader>()
  return (
    <VStack gap="space-24">
      <div>
        <AdminCrumbs crumbs={[{ label: proceduresText.title }]} />
        <PageHeader title={proceduresText.title} state={proceduresText.state} />
      </div>
      <DataTable caption={proceduresText.caption} columns={COLUMNS} rows={procedures} rowKey={(row) => row.id} />
      <ListFiles list="procedures" />
    </VStack>
  )
}

const COLUMNS: Column<AdoptedProcedure>[] = [
  {
    key: 'name',
    header: proceduresText.name,
    rowHeader: true,
    cell: (row) => (
      <Link
        className="row-link"
        to={`/administracion/procedimientos/${row.id}`}
        aria-label={proceduresText.read(row.code, row.version)}
      >
        {row.title}
      </Link>
    ),
  },
  { key: 'code', header: proceduresText.code, cell: (row) => row.code },
  { key: 'version', header: proceduresText.version, numeric: true, cell: (row) => row.version },
  { key: 'adopted', header: proceduresText.adoptedOn, cell: (row) => formatDate(row.adoptedOn) },
  { key: 'act', header: proceduresText.act, cell: (row) => row.actReference },
]
