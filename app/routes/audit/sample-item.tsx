import { Alert, BodyLong, Button, HStack, VStack } from '@navikt/ds-react'
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { PaperForm } from '../../components/audit/paper-form.tsx'
import { Papers } from '../../components/audit/papers.tsx'
import { Breadcrumbs } from '../../components/breadcrumbs.tsx'
import { DoneNotice } from '../../components/done-notice.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Section } from '../../components/section.tsx'
import { actOnPaper, loadSampleItem, samplePlace } from '../../pages/audit-samples.server.ts'
import { requireActor } from '../../session.server.ts'
import { auditText } from '../../text/audit.ts'
import { samplesText, stratumText, paperText as words } from '../../text/audit-samples.ts'
import { formatInstant } from '../../text/format.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: shellText.title(data ? words.source(data.sample.code, data.item.ordinal) : words.papers) },
]

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  return await loadSampleItem(context, actor, samplePlace(context, params))
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const actor = await requireActor(request, context)
  return await actOnPaper(context, actor, samplePlace(context, params), await request.formData())
}

/** One item of a sample: what it is, its working paper, and the findings that came of it. */
export default function SampleItem() {
  const { sample, item, papers, mayRaise, whyNot, paperId } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { code, population, wanted } = sample
  const crumbs = [
    { label: auditText.title, to: '/auditoria' },
    { label: samplesText.title, to: '/auditoria/muestras' },
    { label: code, to: `/auditoria/muestras/${code}` },
    { label: words.of(item.ordinal) },
  ]
  const [last] = papers
  return (
    <VStack gap="space-32">
      <div>
        <Breadcrumbs crumbs={crumbs} />
        <PageHeader title={words.of(item.ordinal)} state={item.sentence} />
        <DoneNotice sentences={words.done} />
      </div>
      <VStack gap="space-8">
        <BodyLong className="quiet">
          {[stratumText(population, item.stratum), formatInstant(item.at), item.cycleName].filter(Boolean).join(' · ')}
        </BodyLong>
        <ul className="links">
          <li>
            <Link to={`/auditoria/hechos/${item.eventId}`}>{words.event}</Link>
          </li>
        </ul>
      </VStack>
      <Section id="papel" title={words.papers}>
        <Papers papers={papers} />
      </Section>
      {(item.findings.length > 0 || mayRaise) && (
        <Section id="hallazgos" title={words.findings}>
          <VStack gap="space-16" align="start">
            {item.findings.length > 0 && (
              <ul className="links">
                {item.findings.map((one) => (
                  <li key={one}>
                    <Link to={`/mejora/hallazgos/${one}`}>{words.finding(one)}</Link>
                  </li>
                ))}
              </ul>
            )}
            {mayRaise && (
              <>
                <BodyLong>{words.raiseHelp}</BodyLong>
                <Button as={Link} to={`/mejora/hallazgo?muestra=${code}&elemento=${item.ordinal}`} variant="secondary">
                  {words.raise}
                </Button>
              </>
            )}
          </VStack>
        </Section>
      )}
      <Section id="escribir" title={last ? words.rewrite : words.write}>
        {last && !whyNot && <BodyLong className="quiet">{words.rewriteHelp}</BodyLong>}
        {whyNot ? (
          <Alert variant="info">{whyNot}</Alert>
        ) : (
          <PaperForm key={`${item.ordinal}-${last?.n ?? 0}`} last={last} {...{ answer, paperId }} />
        )}
      </Section>
      <HStack gap="space-8">
        {item.ordinal > 1 && (
          <Button as={Link} to={`/auditoria/muestras/${code}/${item.ordinal - 1}`} variant="tertiary">
            {words.previous}
          </Button>
        )}
        {item.ordinal < wanted && (
          <Button as={Link} to={`/auditoria/muestras/${code}/${item.ordinal + 1}`} variant="secondary">
            {words.next}
          </Button>
        )}
      </HStack>
    </VStack>
  )
}
