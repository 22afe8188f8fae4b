import { Alert, Button, VStack } from '@navikt/ds-react'
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Link, useActionData, useLoaderData, useSearchParams } from '@remix-run/react'
import { newId } from '../../../db/ids.ts'
import { NoSnapshot } from '../../components/analysis/no-snapshot.tsx'
import { CycleCrumbs } from '../../components/cycle-crumbs.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { FormErrors } from '../../components/form-errors.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { builderFrom } from '../../components/segments/builder-query.ts'
import { OverlapTable } from '../../components/segments/overlap-table.tsx'
import { RuleBuilder } from '../../components/segments/rule-builder.tsx'
import { SegmentCard } from '../../components/segments/segment-card.tsx'
import { Suggestions } from '../../components/segments/suggestions.tsx'
import { keepSegment } from '../../pages/segment-actions.server.ts'
import { loadSegments } from '../../pages/segments.server.ts'
import { requireId } from '../../params.server.ts'
import { requireActor } from '../../session.server.ts'
import { segmentsText } from '../../text/segments.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(segmentsText.title) }]

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  const query = builderFrom(new URL(request.url).searchParams)
  const page = await loadSegments(context, actor, requireId(params.ejercicio, context), query)
  return { ...page, rowId: newId() }
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const actor = await requireActor(request, context)
  const answer = await keepSegment(context, actor, request, requireId(params.ejercicio, context))
  return data(answer, { status: answer.errors.length > 0 ? 422 : answer.saved === 'conflict' ? 409 : 200 })
}

export default function SegmentsPage() {
  const { cycleId, cycleName, work } = useLoaderData<typeof loader>()
  const home = `/ejercicios/${cycleId}`
  return (
    <VStack gap="space-32">
      <div>
        <CycleCrumbs cycle={{ id: cycleId, name: cycleName }} crumbs={[{ label: segmentsText.title }]} />
        <PageHeader
          title={segmentsText.title}
          state={work ? segmentsText.state(work.segments.length, work.source.name) : undefined}
          action={
            work && (
              <Button as={Link} to={`${home}/analisis`} variant="secondary">
                {segmentsText.toAnalysis}
              </Button>
            )
          }
        />
      </div>
      {work ? <Work /> : <NoSnapshot sourcesAt={`${home}/fuentes`} />}
    </VStack>
  )
}

function Work() {
  const { cycleId, sources, work, rowId } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const [search] = useSearchParams()
  if (!work) return null
  const query = builderFrom(search)
  return (
    <>
      <FormErrors errors={answer?.errors} />
      {answer?.saved && (
        <Alert variant={['added', 'changed'].includes(answer.saved) ? 'success' : 'info'} role="status">
          {segmentsText.saved[answer.saved]} <Link to={`/ejercicios/${cycleId}/pasos/4`}>{segmentsText.toStep}</Link>
        </Alert>
      )}
      {work.segments.length === 0 ? (
        <EmptyState title={segmentsText.none}>{segmentsText.noneWhy}</EmptyState>
      ) : (
        <VStack gap="space-16">
          {work.segments.map((segment) => (
            <SegmentCard key={segment.id} segment={segment} mayChange={!work.saveObjection} />
          ))}
        </VStack>
      )}
      {work.overlap && <OverlapTable overlap={work.overlap} />}
      <RuleBuilder query={query} work={work} sources={sources} rowId={rowId} answer={answer} />
      <Suggestions query={query} work={work} rowId={rowId} answer={answer} />
    </>
  )
}
