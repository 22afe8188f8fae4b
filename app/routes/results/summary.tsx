import { Alert, Button, VStack } from '@navikt/ds-react'
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { withActor } from '../../../db/client.ts'
import { notFound } from '../../answer.server.ts'
import { Breadcrumbs } from '../../components/breadcrumbs.tsx'
import { DoneNotice } from '../../components/done-notice.tsx'
import { HashShort } from '../../components/hash-short.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { AnswerPart } from '../../components/results/answer-part.tsx'
import { OwnFigures } from '../../components/results/own-figures.tsx'
import { OwnSegments } from '../../components/results/own-segments.tsx'
import { Recommendations } from '../../components/results/recommendations.tsx'
import { SummaryChip } from '../../components/state-chip.tsx'
import { findSummaryPage } from '../../pages/results.server.ts'
import { actOnSummary } from '../../pages/summary-actions.server.ts'
import { requireId } from '../../params.server.ts'
import { requireActor } from '../../session.server.ts'
import { resultsText, summaryText as words } from '../../text/results.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: shellText.title(data ? words.title(data.summary.agencyName) : resultsText.title) },
]

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  const key = {
    cycleId: requireId(params.ejercicio, context),
    agencyId: requireId(params.dependencia, context),
  }
  const page = await withActor(context.db, actor, (trx) => findSummaryPage(trx, actor, key))
  if (!page) throw notFound(context.requestId)
  return page
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const actor = await requireActor(request, context)
  const key = {
    cycleId: requireId(params.ejercicio, context),
    agencyId: requireId(params.dependencia, context),
  }
  return await actOnSummary(context, actor, key, await request.formData())
}

type Page = ReturnType<typeof useLoaderData<typeof loader>>

export default function SummaryPage() {
  const page = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { summary, content, isPublic, mayAnswer } = page
  const asks = isPublic && mayAnswer && summary.state !== 'answered'
  return (
    <VStack gap="space-32">
      <div>
        <Breadcrumbs
          crumbs={[
            { label: resultsText.title, to: '/resultados' },
            { label: words.crumb(summary.vigencia), to: `/resultados/${summary.cycleId}` },
            { label: summary.agencyName },
          ]}
        />
        <PageHeader
          title={words.title(summary.agencyName)}
          chips={<SummaryChip state={summary.state} />}
          state={stateOf(page)}
          action={
            asks && (
              <Button as="a" href={summary.state === 'unread' ? '#lectura' : '#respuesta'}>
                {summary.state === 'unread' ? words.goConfirm : words.goAnswer}
              </Button>
            )
          }
        />
        {!answer && <DoneNotice sentences={words.done} />}
      </div>
      {!isPublic && <Alert variant="warning">{words.withdrawn}</Alert>}
      {content.notice && <Alert variant="info">{content.notice}</Alert>}
      <OwnFigures content={content} />
      <OwnSegments content={content} />
      <Recommendations recommendations={content.recommendations} />
      <AnswerPart page={page} answer={answer} />
      <div className="quiet">
        {words.content}: <HashShort hash={summary.sha256} purpose={words.content} copy />
      </div>
      <div>
        <Link className="row-link" to={`/resultados/${summary.cycleId}`}>
          {words.general}
        </Link>
      </div>
    </VStack>
  )
}

function stateOf({ summary, daysLeft, acts }: Page): string {
  if (summary.state === 'answered' && acts.answer) return words.states.answered(acts.answer.at)
  return words.states[summary.state === 'unread' ? 'unread' : 'read'](summary.dueDate, daysLeft)
}
