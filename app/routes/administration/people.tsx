import { Button, HStack, TextField, VStack } from '@navikt/ds-react'
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { withActor } from '../../../db/client.ts'
import { listPeople, type PersonLine } from '../../../db/people.ts'
import { requireAdministrator } from '../../administration.server.ts'
import { AdminCrumbs } from '../../components/admin-crumbs.tsx'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ListFiles } from '../../components/list-files.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Pagination } from '../../components/pagination.tsx'
import { textIn } from '../../params.server.ts'
import { administrationText, peopleText } from '../../text/administration.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(peopleText.title) }]

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await requireAdministrator(request, context)
  const params = new URL(request.url).searchParams
  const search = textIn(params, 'nombre')
  const page = await withActor(context.db, actor, (trx) =>
    listPeople(trx, actor.entityId, { ...(search && { search }), cursor: params.get('desde') }),
  )
  return { search, ...page }
}

export default function People() {
  const { search, rows, next } = useLoaderData<typeof loader>()
  return (
    <VStack gap="space-24">
      <div>
        <AdminCrumbs crumbs={[{ label: peopleText.title }]} />
        <PageHeader
          title={peopleText.title}
          state={search ? peopleText.found(search) : peopleText.state}
          action={
            <Button as={Link} to="/administracion/personas/nueva">
              {peopleText.add}
            </Button>
          }
        />
      </div>
      <Form method="get" role="search">
        <HStack gap="space-12" align="end" wrap>
          <TextField name="nombre" label={peopleText.search} defaultValue={search} key={search} autoComplete="off" />
          <Button type="submit" variant="secondary">
            {administrationText.search}
          </Button>
          {search && (
            <Button as={Link} to="/administracion/personas" variant="tertiary">
              {peopleText.all}
            </Button>
          )}
        </HStack>
      </Form>
      {rows.length === 0 ? (
        <EmptyState title={peopleText.emptyTitle}>{peopleText.empty}</EmptyState>
      ) : (
        <DataTable caption={peopleText.caption} columns={COLUMNS} rows={rows} rowKey={(row) => row.id} />
      )}
      <Pagination next={next} />
      <ListFiles list="people" />
    </VStack>
  )
}

const COLUMNS: Column<PersonLine>[] = [
  {
    key: 'name',
    header: peopleText.name,
    rowHeader: true,
    cell: (row) => (
      <Link className="row-link" to={`/administracion/personas/${row.id}`}>
        {row.displayName}
      </Link>
    ),
  },
  {
    key: 'positions',
    header: peopleText.positions,
    cell: (row) =>
      row.endedOn ? peopleText.endedOn(row.endedOn) : row.positions.join(', ') || administrationText.none,
  },
  {
    key: 'account',
    header: peopleText.account,
    cell: (row) => (row.hasAccount ? peopleText.hasAccount : peopleText.noAccount),
  },
]
