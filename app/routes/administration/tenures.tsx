import { Button, VStack } from '@navikt/ds-react'
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { withActor } from '../../../db/client.ts'
import { listTenures } from '../../../db/tenure-changes.ts'
import { requireAdministrator } from '../../administration.server.ts'
import { AdminCrumbs } from '../../components/admin-crumbs.tsx'
import { DoneNotice } from '../../components/done-notice.tsx'
import { ListFiles } from '../../components/list-files.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Pagination } from '../../components/pagination.tsx'
import { TenureTable } from '../../components/tenure-table.tsx'
import { doneText, tenuresText } from '../../text/administration.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(tenuresText.title) }]

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await requireAdministrator(request, context)
  const cursor = new URL(request.url).searchParams.get('desde')
  return await withActor(context.db, actor, (trx) => listTenures(trx, actor.entityId, { cursor }))
}

export default function Tenures() {
  const { rows, next } = useLoaderData<typeof loader>()
  return (
    <VStack gap="space-24">
      <div>
        <AdminCrumbs crumbs={[{ label: tenuresText.title }]} />
        <PageHeader
          title={tenuresText.title}
          state={tenuresText.state}
          action={
            <Button as={Link} to="/administracion/vinculaciones/nueva">
              {tenuresText.add}
            </Button>
          }
        />
        <DoneNotice sentences={doneText} />
      </div>
      <TenureTable tenures={rows} />
      <Pagination next={next} />
      <ListFiles list="tenures" />
    </VStack>
  )
}
