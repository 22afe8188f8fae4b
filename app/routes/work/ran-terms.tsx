import { BodyLong, VStack } from '@navikt/ds-react'
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { withActor } from '../../../db/client.ts'
import { Breadcrumbs } from '../../components/breadcrumbs.tsx'
import { ListFiles } from '../../components/list-files.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Pagination } from '../../components/pagination.tsx'
import { RanTerms } from '../../components/ran-terms.tsx'
import { loadTerms } from '../../pages/ran-terms.server.ts'
import { requireActor } from '../../session.server.ts'
import { ranTermsText as words } from '../../text/ran-terms.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(words.title) }]

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  const { searchParams } = new URL(request.url)
  return await withActor(context.db, actor, (trx) => loadTerms(trx, actor, searchParams))
}

/** Every term that ran for a cycle, an access, a review or a run of a control, with its arithmetic (B4). */
export default function Terms() {
  const { kind, way, terms, next } = useLoaderData<typeof loader>()
  return (
    <VStack gap="space-24">
      <div>
        <Breadcrumbs crumbs={[...way, { label: words.title }]} />
        <PageHeader title={words.title} state={words.intro[kind]} />
      </div>
      {terms.length === 0 ? <BodyLong>{words.none}</BodyLong> : <RanTerms terms={terms} />}
      <Pagination next={next} />
      {terms.length > 0 && <ListFiles list="ran_terms" />}
    </VStack>
  )
}
