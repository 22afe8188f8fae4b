import { BodyLong, Tag, VStack } from '@navikt/ds-react'
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { withActor } from '../../../db/client.ts'
import type { NoticeOutcome } from '../../../domain/sent-notices.ts'
import { Breadcrumbs } from '../../components/breadcrumbs.tsx'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { ListFiles } from '../../components/list-files.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Pagination } from '../../components/pagination.tsx'
import { loadSentNotices } from '../../pages/sent-notices.server.ts'
import { requireActor } from '../../session.server.ts'
import { formatInstant } from '../../text/format.ts'
import { sentNoticesText as words } from '../../text/sent-notices.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(words.title) }]

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  const { searchParams } = new URL(request.url)
  return await withActor(context.db, actor, (trx) => loadSentNotices(trx, actor, searchParams))
}

type Page = ReturnType<typeof useLoaderData<typeof loader>>

/** What was told of a cycle, an access, a review or a run of a control: to which position, of what and whether it arrived (B6). */
export default function SentNotices() {
  const { way, notices, next } = useLoaderData<typeof loader>()
  return (
    <VStack gap="space-24">
      <div>
        <Breadcrumbs crumbs={[...way, { label: words.title }]} />
        <PageHeader title={words.title} state={words.intro} />
      </div>
      {notices.length === 0 ? (
        <BodyLong>{words.none}</BodyLong>
      ) : (
        <DataTable caption={words.caption} hideCaption columns={COLUMNS} rows={notices} rowKey={({ id }) => id} />
      )}
      <Pagination next={next} />
      {notices.length > 0 && <ListFiles list="sent_notices" />}
    </VStack>
  )
}

const COLORS: Record<NoticeOutcome, 'neutral' | 'success' | 'warning' | 'danger'> = {
  ...{ planned: 'neutral', kept: 'neutral', sent: 'success', attempted: 'warning', failed: 'danger', nobody: 'danger' },
}

const COLUMNS: Column<Page['notices'][number]>[] = [
  { key: 'asunto', header: words.what, cell: ({ what }) => what, rowHeader: true },
  { key: 'cuando', header: words.at, cell: ({ at }) => formatInstant(at) },
  {
    key: 'cargo',
    header: words.positions,
    cell: ({ positions, duty }) => (
      <>
        {positions} {duty && <span className="quiet block">{duty}</span>}
      </>
    ),
  },
  {
    key: 'resultado',
    header: words.outcome,
    cell: ({ outcome, result }) => (
      <Tag size="small" variant="moderate" data-color={COLORS[outcome]}>
        {result}
      </Tag>
    ),
  },
]
