import { Alert, BodyShort, Button, Heading, HStack, VStack } from '@navikt/ds-react'
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { withActor } from '../../../db/client.ts'
import { notFound } from '../../answer.server.ts'
import { Breadcrumbs } from '../../components/breadcrumbs.tsx'
import { Eliminated } from '../../components/disposal/eliminated.tsx'
import { type Fact, Facts } from '../../components/facts.tsx'
import { HashShort } from '../../components/hash-short.tsx'
import { History } from '../../components/history.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { CycleChip } from '../../components/state-chip.tsx'
import { StepList } from '../../components/step-list.tsx'
import { findCyclePage } from '../../pages/cycle.server.ts'
import { requireId } from '../../params.server.ts'
import { requireActor } from '../../session.server.ts'
import { analysisText } from '../../text/analysis.ts'
import { cycleAsOfText } from '../../text/as-of.ts'
import { attachmentsText } from '../../text/attachments.ts'
import { coverageText } from '../../text/coverage.ts'
import { cyclesText, cycleText } from '../../text/cycles.ts'
import { disposalText } from '../../text/disposal.ts'
import { segmentsText } from '../../text/segments.ts'
import { shellText } from '../../text/shell.ts'
import { stepText } from '../../text/steps.ts'
import { HISTORY_SECTION } from '../../text/timeline.ts'

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: shellText.title(data?.head.name ?? cyclesText.title) },
]

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  const cycleId = requireId(params.ejercicio, context)
  const { searchParams } = new URL(request.url)
  const page = await withActor(context.db, actor, (trx) => findCyclePage(trx, actor, cycleId, searchParams))
  if (!page) throw notFound(context.requestId)
  return page
}

type Page = ReturnType<typeof useLoaderData<typeof loader>>

export default function Cycle() {
  const page = useLoaderData<typeof loader>()
  const { head, underWay } = page
  return (
    <>
      <Breadcrumbs crumbs={[{ label: cyclesText.title, to: '/ejercicios' }, { label: head.name }]} />
      <VStack gap="space-32">
        <PageHeader
          title={head.name}
          chips={<CycleChip status={head.status} />}
          state={stateOf(page)}
          action={page.mine ? <GoButton mine={page.mine} /> : undefined}
        />
        <Eliminated gone={page.eliminated} />
        {underWay && (
          <Alert variant="info">
            {stepText.underWay} <Link to={`/ejercicios/${head.id}/actos/${underWay.id}`}>{stepText.seeAct}</Link>
          </Alert>
        )}
        {page.unissued && <Alert variant="error">{cycleText.unissued[page.unissued]}</Alert>}
        {page.held && (
          <Alert variant="error">
            {cycleText.releaseHeld} {page.held.to && <Link to={page.held.to}>{cycleText.seeHeld}</Link>}
          </Alert>
        )}
        {page.steps.length > 0 && (
          <section aria-labelledby="pasos">
            <Heading level="2" size="small" id="pasos" spacing>
              {cycleText.steps}
            </Heading>
            <StepList steps={page.steps} />
          </section>
        )}
        <div className="columns">
          <Past page={page} />
          <VStack gap="space-24">
            <About page={page} />
            {page.mayAnalyse && <DataWork cycleId={head.id} />}
            {page.mayAudit && <Link to={`/auditoria/a-la-fecha/ejercicios/${head.id}`}>{cycleAsOfText.link}</Link>}
            <Documents page={page} />
            <Files page={page} />
            {page.cancel.may && (
              <div className="no-print">
                <Button as={Link} to={`/ejercicios/${head.id}/cancelar`} variant="tertiary" data-color="danger">
                  {cycleText.cancel}
                </Button>
              </div>
            )}
          </VStack>
        </div>
      </VStack>
    </>
  )
}

function stateOf({ head, waiting, mine }: Page): string {
  if (head.status === 'requested') return cycleText.requested
  if (head.status === 'refused') return cycleText.refused
  if (head.status === 'closed' && head.closedAt) return cycleText.closed(head.closedAt)
  if (head.status === 'cancelled' && head.closedAt) return cycleText.cancelled(head.closedAt)
  return `${waiting ? cycleText.state(waiting) : ''} ${mine ? '' : cycleText.nothingForYou}`.trim()
}

function GoButton({ mine }: { mine: NonNullable<Page['mine']> }) {
  const words =
    mine.kind === 'elaborate'
      ? cycleText.goTo
      : mine.kind === 'decide_reopening'
        ? cycleText.goReopening
        : cycleText.goDecide
  return (
    <Button as={Link} to={mine.to}>
      {words(mine.code)}
    </Button>
  )
}

function Past({ page }: { page: Page }) {
  return (
    <section aria-labelledby={HISTORY_SECTION}>
      <Heading level="2" size="small" id={HISTORY_SECTION}>
        {cycleText.timeline}
      </Heading>
      <BodyShort className="quiet">{cycleText.timelineIntro}</BodyShort>
      <History history={page.history} steps={page.steps.map(({ code }) => code)} />
    </section>
  )
}

function About({ page: { head } }: { page: Page }) {
  const words = cycleText.facts
  const facts: Fact[] = [
    [words.vigencia, head.vigencia],
    [words.radicado, head.radicado],
    [words.trd, head.trd],
    [words.act, head.administrativeAct ?? words.none],
    [words.procedure, `${head.procedureCode} v${head.procedureVersion}`],
    [words.requested, words.requestedBy(head.requestedBy, head.requestedAt)],
  ]
  return (
    <section className="card" aria-labelledby="datos">
      <Heading level="2" size="xsmall" id="datos" spacing>
        {words.title}
      </Heading>
      <Facts facts={facts} layout="described" />
    </section>
  )
}

/** What may be looked at of the approved snapshot. */
function DataWork({ cycleId }: { cycleId: string }) {
  return (
    <section className="card" aria-labelledby="trabajo">
      <Heading level="2" size="xsmall" id="trabajo" spacing>
        {cycleText.dataWork}
      </Heading>
      <ul className="links">
        <li>
          <Link to={`/ejercicios/${cycleId}/analisis`}>{analysisText.title}</Link>
        </li>
        <li>
          <Link to={`/ejercicios/${cycleId}/segmentos`}>{segmentsText.title}</Link>
        </li>
        <li>
          <Link to={`/ejercicios/${cycleId}/cobertura`}>{coverageText.title}</Link>
        </li>
      </ul>
    </section>
  )
}

function Documents({ page: { documents, head } }: { page: Page }) {
  return (
    <section className="card" aria-labelledby="documentos">
      <Heading level="2" size="xsmall" id="documentos" spacing>
        {cycleText.documents}
      </Heading>
      {documents.length === 0 && <BodyShort className="quiet">{cycleText.noDocuments}</BodyShort>}
      <ul className="files">
        {documents.map((document) => (
          <li key={document.id}>
            <div>
              <Link to={`/verificar/${document.code}`}>{document.title}</Link>
              <p className="quiet">{cycleText.issued(document.issuedAt)}</p>
              <HashShort hash={document.sha256} purpose={document.title} />
            </div>
          </li>
        ))}
      </ul>
      <Link to={`/ejercicios/${head.id}/informe`}>{cycleText.report}</Link>
    </section>
  )
}

function Files({ page: { files, head } }: { page: Page }) {
  return (
    <section className="card" aria-labelledby="archivos">
      <Heading level="2" size="xsmall" id="archivos" spacing>
        {cycleText.files}
      </Heading>
      {files.length === 0 && <BodyShort className="quiet">{cycleText.noFiles}</BodyShort>}
      <ul className="files">
        {files.map((file) => (
          <li key={file.id}>
            <HStack gap="space-4" wrap>
              {file.name ? (
                <a href={`/ejercicios/${head.id}/archivos/${file.id}`}>{file.name}</a>
              ) : (
                disposalText.goneFile
              )}
              <p className="quiet">
                {attachmentsText.cycleLine(file.stepCode, file.bytes, file.addedBy, file.addedAt)}
              </p>
            </HStack>
          </li>
        ))}
      </ul>
    </section>
  )
}
