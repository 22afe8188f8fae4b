import { Alert, BodyLong, Button, VStack } from '@navikt/ds-react'
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { withActor } from '../../../db/client.ts'
import { notFound } from '../../answer.server.ts'
import { Breadcrumbs } from '../../components/breadcrumbs.tsx'
import { DataTable } from '../../components/data-table.tsx'
import { ListFiles } from '../../components/list-files.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Section } from '../../components/section.tsx'
import { SummaryChip } from '../../components/state-chip.tsx'
import { findCycleResults } from '../../pages/results.server.ts'
import { requireId } from '../../params.server.ts'
import { requireActor } from '../../session.server.ts'
import { resultsText, cycleResultsText as words } from '../../text/results.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: shellText.title(data ? words.title(data.cycle.vigencia) : resultsText.title) },
]

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  const cycleId = requireId(params.ejercicio, context)
  const results = await withActor(context.db, actor, (trx) => findCycleResults(trx, actor, cycleId))
  if (!results) throw notFound(context.requestId)
  return results
}

export default function CycleResults() {
  const { cycle, agencies, deliveredAt, isPublic } = useLoaderData<typeof loader>()
  const answered = agencies.filter(({ state }) => state === 'answered').length
  return (
    <VStack gap="space-32">
      <div>
        <Breadcrumbs crumbs={[{ label: resultsText.title, to: '/resultados' }, { label: cycle.name }]} />
        <PageHeader
          title={words.title(cycle.vigencia)}
          state={words.state(answered, agencies.length, deliveredAt)}
          action={<OwnButton />}
        />
      </div>
      {!isPublic && <Alert variant="warning">{words.withdrawn}</Alert>}
      <Agencies />
      <Papers />
      <Figures />
    </VStack>
  )
}

function OwnButton() {
  const { cycle, own } = useLoaderData<typeof loader>()
  if (!own) return null
  const isDone = own.state === 'answered'
  return (
    <Button as={Link} to={`/resultados/${cycle.id}/${own.agencyId}`} variant={isDone ? 'secondary' : 'primary'}>
      {isDone ? words.ownAnswered : words.own}
    </Button>
  )
}

function Agencies() {
  const { cycle, agencies, own, mayFollow } = useLoaderData<typeof loader>()
  return (
    <Section id="dependencias" title={words.agencies}>
      <VStack gap="space-16">
        {!own && <BodyLong className="reading">{words.noOwn}</BodyLong>}
        <DataTable
          caption={words.agenciesCaption}
          hideCaption
          rows={agencies}
          rowKey={(row) => row.id}
          columns={[
            {
              key: 'name',
              header: words.agency,
              rowHeader: true,
              cell: (row) => (
                <Link className="row-link" to={`/resultados/${cycle.id}/${row.id}`}>
                  {row.name}
                </Link>
              ),
            },
            { key: 'state', header: words.stateColumn, cell: (row) => <SummaryChip state={row.state} /> },
          ]}
        />
        <ListFiles list="agencies_answers" />
        {mayFollow && (
          <div>
            <Button as={Link} to={`/ejercicios/${cycle.id}/divulgacion#seguimiento`} variant="secondary">
              {words.follow}
            </Button>
          </div>
        )}
      </VStack>
    </Section>
  )
}

function Papers() {
  const { cycle, documents, releaseId } = useLoaderData<typeof loader>()
  return (
    <Section id="documentos" title={words.documents}>
      <ul className="links">
        {documents.map(({ code, title }) => (
          <li key={code}>
            <Link to={`/verificar/${code}`}>{words.document(title)}</Link>
          </li>
        ))}
        {releaseId && (
          <li>
            <Link to={`/publicaciones/${releaseId}`}>{words.release}</Link>
          </li>
        )}
        <li>
          <Link to={`/ejercicios/${cycle.id}`}>{words.cycle}</Link>
        </li>
      </ul>
    </Section>
  )
}

function Figures() {
  const { figures } = useLoaderData<typeof loader>()
  if (figures.length === 0) return null
  return (
    <Section id="cifras" title={words.figures}>
      <BodyLong className="reading" spacing>
        {words.figuresIntro}
      </BodyLong>
      <ul className="links">
        {figures.map(({ code, title }) => (
          <li key={code}>
            <Link to={`/cifras/${code}`}>{title}</Link>
          </li>
        ))}
      </ul>
    </Section>
  )
}
