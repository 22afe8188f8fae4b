import { VStack } from '@navikt/ds-react'
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { Breadcrumbs } from '../../components/breadcrumbs.tsx'
import { RetentionTable } from '../../components/disposal/retention-table.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { loadRetentionTable } from '../../pages/disposals.server.ts'
import { requireActor } from '../../session.server.ts'
import { disposalText } from '../../text/disposal.ts'
import { retentionText as words } from '../../text/retention.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(words.listTitle) }]

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  return await loadRetentionTable(context, actor, new URL(request.url).searchParams)
}

/** The documentary table, for whoever reads disposals: it is kept in the administration. */
export default function Table() {
  const { rows, next } = useLoaderData<typeof loader>()
  return (
    <VStack gap="space-32">
      <div>
        <Breadcrumbs crumbs={[{ label: disposalText.title, to: '/disposicion' }, { label: words.listTitle }]} />
        <PageHeader title={words.title} state={words.state(rows.length)} />
      </div>
      <RetentionTable rows={rows} next={next} />
    </VStack>
  )
}
