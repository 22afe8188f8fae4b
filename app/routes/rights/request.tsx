import { Alert, BodyLong, VStack } from '@navikt/ds-react'
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { useEffect, useState } from 'react'
import { Breadcrumbs } from '../../components/breadcrumbs.tsx'
import { DoneNotice } from '../../components/done-notice.tsx'
import { type Fact, Facts } from '../../components/facts.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { OpenedData } from '../../components/rights/opened-data.tsx'
import { RightsForms } from '../../components/rights/rights-forms.tsx'
import { Section } from '../../components/section.tsx'
import { RightsChip } from '../../components/state-chip.tsx'
import { TermBox, TermMark } from '../../components/step/term-box.tsx'
import { Timeline } from '../../components/timeline.tsx'
import { loadRightsRequest } from '../../pages/rights.server.ts'
import { actOnRights } from '../../pages/rights-actions.server.ts'
import { requireId } from '../../params.server.ts'
import { requireActor } from '../../session.server.ts'
import { formatInstant } from '../../text/format.ts'
import {
  copyText,
  deliveryText,
  denialReasonText,
  identityMethodText,
  rightsAimText,
  rightsQualityText,
  rightsText,
  requestText as words,
} from '../../text/rights.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: shellText.title(data ? words.title(data.request.number) : rightsText.title) },
]

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  return await loadRightsRequest(context, actor, requireId(params.solicitud, context))
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const actor = await requireActor(request, context)
  return await actOnRights(request, context, actor, requireId(params.solicitud, context))
}

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>

export default function RightsRequestPage() {
  const loaded = useLoaderData<typeof loader>()
  const { request, term, whyNot, underway, signatures, history, mayOpen } = loaded
  const answer = useActionData<typeof action>()
  const opened = useOpened(answer)
  return (
    <VStack gap="space-32">
      <div>
        <Breadcrumbs crumbs={[{ label: rightsText.crumb, to: '/derechos' }, { label: request.number }]} />
        <PageHeader
          title={words.title(request.number)}
          chips={
            <>
              <RightsChip status={request.status} />
              <TermMark term={term} />
            </>
          }
          state={stateOf(request)}
        />
        <DoneNotice sentences={words.done} />
        {underway && <Alert variant="info">{words.underway}</Alert>}
        {answer && 'refused' in answer && answer.refused && (
          <Alert variant="warning" role="alert" className="reading">
            {answer.refused}
          </Alert>
        )}
      </div>
      <Section id="solicitud" title={words.factsTitle}>
        <Facts facts={factsOf(loaded)} />
      </Section>
      <TermBox term={term} />
      {mayOpen && <OpenedData opened={opened} />}
      {mayOpen && request.identifiedAt && (request.status === 'received' || request.status === 'incomplete') && (
        <Link to={`/derechos/${request.id}/copia`}>{copyText.link}</Link>
      )}
      {whyNot && <BodyLong className="reading">{whyNot}</BodyLong>}
      <RightsForms hash={loaded.contentHash} answer={answer} {...loaded} />
      {signatures.length > 0 && <Signatures signatures={signatures} />}
      <Section id="historia" title={words.history}>
        <Timeline lines={history} />
      </Section>
    </VStack>
  )
}

type Answered = ReturnType<typeof useActionData<typeof action>>

/** What was opened stays in sight while something is wrong with the answer to it: it is not opened, nor recorded, once more. */
function useOpened(answer: Answered) {
  const given = answer && 'opened' in answer ? answer.opened : undefined
  const [kept, setKept] = useState(given)
  useEffect(() => {
    if (given || !answer) setKept(given)
  }, [given, answer])
  return given ?? (answer ? kept : undefined)
}

function stateOf({ status, dueOn, completeBy }: Loaded['request']): string {
  return words.states[status]((status === 'incomplete' ? completeBy : dueOn) ?? '')
}

function Signatures({ signatures }: { signatures: Loaded['signatures'] }) {
  return (
    <Section id="decisiones" title={words.signatures}>
      <ol className="plain-list">
        {signatures.map(({ id, kind, personName, positionName, statement, method, receiptCode, signedAt }) => (
          <li key={id}>
            <strong>{words.said(kind, positionName)}</strong>
            <span className="quiet block">
              {personName} · {formatInstant(signedAt)}
            </span>
            <span className="block">
              {statement} {method}.
            </span>
            <Link to={`/verificar/${receiptCode}`}>{words.receipt(receiptCode)}</Link>
          </li>
        ))}
      </ol>
    </Section>
  )
}

function factsOf({ request, forwardBy, requireBy }: Loaded): Fact[] {
  const { facts } = words
  const { identityMethod, identifiedAt, receivedBy, kind } = request
  const lines: [string, string | null][] = [
    [facts.kind, words.kindWith(kind)],
    [facts.aim, rightsAimText[request.aim]],
    [facts.quality, rightsQualityText[request.quality]],
    [facts.channel, receivedBy ? words.point(receivedBy) : words.web],
    [facts.filed, formatInstant(request.filedAt)],
    [
      facts.identity,
      identityMethod && identifiedAt
        ? words.identified(identityMethodText[identityMethod], identifiedAt)
        : words.unidentified,
    ],
    [facts.legend, kind === 'claim' && ['received', 'incomplete'].includes(request.status) ? words.legend : null],
    [facts.forward, forwardBy && words.until(forwardBy)],
    [facts.require, requireBy && words.until(requireBy)],
    [facts.denial, request.denial && denialReasonText[request.denial]],
    [facts.delivery, request.delivery && deliveryText[request.delivery]],
  ]
  return lines.filter((line): line is [string, string] => line[1] !== null)
}
