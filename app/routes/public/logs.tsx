import { BodyLong, VStack } from '@navikt/ds-react'
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { withoutEntity } from '../../../db/client.ts'
import { listPublishedLogs } from '../../../db/log-days.ts'
import { Breadcrumbs } from '../../components/breadcrumbs.tsx'
import { DataTable } from '../../components/data-table.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Pagination } from '../../components/pagination.tsx'
import { formatDay } from '../../text/format.ts'
import { publicLogText as words } from '../../text/public-log.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(words.title) }]

const PAGE = 30

export async function loader({ request, context }: LoaderFunctionArgs) {
  const cursor = new URL(request.url).searchParams.get('desde')
  return await withoutEntity(context.publicDb, (trx) => listPublishedLogs(trx, { cursor, limit: PAGE }))
}

/** Whose history can be checked here. */
export default function PublishedLogs() {
  const { rows: logs, next } = useLoaderData<typeof loader>()
  return (
    <VStack gap="space-24">
      <div>
        <Breadcrumbs home="/" crumbs={[{ label: words.title }]} />
        <PageHeader title={words.title} state={words.intro} />
      </div>
      {logs.length === 0 && <BodyLong>{words.none}</BodyLong>}
      {logs.length > 0 && (
        <DataTable
          caption={words.caption}
          rows={logs}
          rowKey={(log) => log.entityId}
          columns={[
            {
              ...{ key: 'entidad', header: words.entity, rowHeader: true },
              cell: (log) => <Link to={`/historia/${log.entityId}`}>{log.name}</Link>,
            },
            { key: 'ultimo', header: words.lastDay, cell: (log) => formatDay(log.lastDay) },
          ]}
        />
      )}
      <Pagination next={next} />
    </VStack>
  )
}
