import { Alert, BodyLong, VStack } from '@navikt/ds-react'
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData, useSearchParams } from '@remix-run/react'
import { ReviewForm } from '../../components/access/review-form.tsx'
import { Breadcrumbs } from '../../components/breadcrumbs.tsx'
import { ChipLinks } from '../../components/chip-links.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Pagination } from '../../components/pagination.tsx'
import { actOnReview, loadReview } from '../../pages/review.server.ts'
import { requireId } from '../../params.server.ts'
import { requireActor } from '../../session.server.ts'
import { accessText } from '../../text/access.ts'
import { reviewText as words } from '../../text/reviews.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: shellText.title(words.title(data?.head.agencyName ?? null)) },
]

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  return await loadReview(context, actor, requireId(params.revision, context), new URL(request.url).searchParams)
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const actor = await requireActor(request, context)
  return await actOnReview(request, context, actor, requireId(params.revision, context))
}

export default function ReviewPage() {
  const { head, rows, next, isOpen, daysLeft, whyNot, unanswered, ...form } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const [search] = useSearchParams()
  const filters = [
    { label: words.all, to: `/accesos/revision/${head.id}`, current: !unanswered },
    { label: words.pending, to: `/accesos/revision/${head.id}?estado=pendientes`, current: unanswered },
  ]
  return (
    <VStack gap="space-24">
      <div>
        <Breadcrumbs crumbs={[{ label: accessText.title, to: '/accesos' }, { label: head.code }]} />
        <PageHeader
          title={words.title(head.agencyName)}
          state={isOpen ? words.state({ ...head, daysLeft }) : words.over}
        />
        <Done done={search.get('hecho')} />
        {whyNot && <Alert variant="info">{whyNot}</Alert>}
        {answer?.refused && (
          <Alert variant="warning" role="alert" className="reading">
            {answer.refused}
          </Alert>
        )}
      </div>
      {head.cause && <BodyLong className="reading">{words.because(head.cause)}</BodyLong>}
      {form.mayAnswer && <BodyLong className="reading">{words.intro}</BodyLong>}
      <ChipLinks label={words.filterLabel} chips={filters} />
      {rows.length === 0 ? (
        <EmptyState title={words.nothingTitle}>{words.nothing}</EmptyState>
      ) : (
        <ReviewForm key={search.get('hecho')} cards={rows} answer={answer} {...form} />
      )}
      <Pagination next={next} />
    </VStack>
  )
}

function Done({ done }: { done: string | null }) {
  if (done === 'tramite') return <Alert variant="info">{words.pendingAct}</Alert>
  const n = Number(done)
  if (!done || !Number.isInteger(n) || n < 1) return null
  return (
    <Alert variant="success" role="status" className="reading">
      {words.done(n)}
    </Alert>
  )
}
