import { BodyLong, VStack } from '@navikt/ds-react'
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { loadAsForwarder, requireForwarder } from '../../collectors.server.ts'
import { CollectorForm } from '../../components/collectors/collector-form.tsx'
import { CollectorPage } from '../../components/collectors/collector-page.tsx'
import { ForwardAgain, Progress } from '../../components/collectors/progress.tsx'
import { ConfirmForm } from '../../components/confirm-form.tsx'
import { DoneNotice } from '../../components/done-notice.tsx'
import { History } from '../../components/history.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Section } from '../../components/section.tsx'
import { actOnCollector, loadCollector } from '../../pages/collectors.server.ts'
import { requireId } from '../../params.server.ts'
import {
  COLLECTORS,
  collectorDone,
  collectorsCrumb,
  collectorsText,
  collectorText as words,
} from '../../text/collectors.ts'
import { formatInstant } from '../../text/format.ts'
import { shellText } from '../../text/shell.ts'
import { timelineText } from '../../text/timeline.ts'

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: shellText.title(data?.collector.name ?? collectorsText.title) },
]

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const id = requireId(params.destino, context)
  return await loadAsForwarder(request, context, (trx, actor) =>
    loadCollector(trx, actor, id, new URL(request.url).searchParams),
  )
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const actor = await requireForwarder(request, context)
  const answer = await actOnCollector(context, actor, requireId(params.destino, context), request)
  return typeof answer === 'string' ? redirect(answer) : answer
}

/** One collector: how far it is, what it answered last, and what can be done about it. */
export default function Collector() {
  const { collector, state, lag, values, history, hasSections } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <CollectorPage hasSections={hasSections} crumbs={[collectorsCrumb, { label: collector.name }]}>
      <VStack gap="space-32">
        <div>
          <PageHeader title={collector.name} state={words.progressState[state]} />
          <DoneNotice sentences={collectorDone} />
        </div>
        <Progress collector={collector} state={state} lag={lag} />
        {collector.confirmedAt !== null && collector.confirmed > 0 && (
          <ForwardAgain confirmed={collector.confirmed} answer={answer} />
        )}
        <Section id="datos" title={words.data}>
          <BodyLong spacing className="reading">
            {words.dataState}
          </BodyLong>
          <CollectorForm answer={answer} initial={values} address={collector.address} />
          <p className="quiet">{words.addedBy(collector.addedBy, formatInstant(collector.addedAt))}</p>
        </Section>
        <Section id="historia" title={timelineText.title}>
          <History history={history} />
        </Section>
        <details className="quiet-details">
          <summary>{words.retire}</summary>
          <ConfirmForm
            hidden={{ formulario: 'retiro' }}
            submit={words.retire}
            danger
            cancelTo={`${COLLECTORS}/${collector.id}`}
          >
            <p className="reading">{words.retireWhy}</p>
          </ConfirmForm>
        </details>
      </VStack>
    </CollectorPage>
  )
}
