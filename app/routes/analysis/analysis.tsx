import { Button, Heading, HStack, VStack } from '@navikt/ds-react'
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Link, useActionData, useLoaderData, useSearchParams } from '@remix-run/react'
import { withActor } from '../../../db/client.ts'
import { listOpenDrifts } from '../../../db/drifts.ts'
import { newId } from '../../../db/ids.ts'
import { queryFrom } from '../../components/analysis/analysis-query.ts'
import { NoSnapshot } from '../../components/analysis/no-snapshot.tsx'
import { QueryForm } from '../../components/analysis/query-form.tsx'
import { SavedNotice, SaveFigure, SaveSegment } from '../../components/analysis/save-forms.tsx'
import { CycleCrumbs } from '../../components/cycle-crumbs.tsx'
import { DataTable } from '../../components/data-table.tsx'
import { FigureBlock } from '../../components/figure-block.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Section } from '../../components/section.tsx'
import { EarlierSnapshot } from '../../components/sources/columns-changed.tsx'
import { SuppressedCell } from '../../components/suppressed-cell.tsx'
import { loadAnalysis } from '../../pages/analysis.server.ts'
import { addToStep4 } from '../../pages/analysis-actions.server.ts'
import { requireId } from '../../params.server.ts'
import { requireActor } from '../../session.server.ts'
import { analysisText } from '../../text/analysis.ts'
import { formatNumber, formatShare } from '../../text/format.ts'
import { rulesText } from '../../text/rules.ts'
import { segmentsText } from '../../text/segments.ts'
import { shellText } from '../../text/shell.ts'
import { columnTypeNames } from '../../text/sources.ts'
import { variablesText } from '../../text/variables.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(analysisText.title) }]

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  const query = queryFrom(new URL(request.url).searchParams)
  const page = await loadAnalysis(context, actor, requireId(params.ejercicio, context), query)
  const waiting = await withActor(context.db, actor, (trx) => listOpenDrifts(trx, page.cycleId))
  return { ...page, waiting, rowId: newId() }
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const actor = await requireActor(request, context)
  const answer = await addToStep4(context, actor, request, requireId(params.ejercicio, context))
  return data(answer, { status: answer.errors.length > 0 ? 422 : answer.saved?.outcome === 'conflict' ? 409 : 200 })
}

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>
type Analysis = NonNullable<Loaded['analysis']>

export default function AnalysisPage() {
  const { cycleId, cycleName, sources, analysis, waiting, rowId } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const home = `/ejercicios/${cycleId}`
  return (
    <VStack gap="space-32">
      <div>
        <CycleCrumbs cycle={{ id: cycleId, name: cycleName }} crumbs={[{ label: analysisText.title }]} />
        <PageHeader
          title={analysisText.title}
          state={analysis ? analysisText.state(analysis.records, analysis.source.name) : undefined}
          action={
            analysis && (
              <HStack gap="space-16" wrap>
                <Button as={Link} to={`${home}/segmentos`} variant="secondary">
                  {segmentsText.title}
                </Button>
                <Button as={Link} to={`${home}/pasos/4`} variant="secondary">
                  {analysisText.toStep}
                </Button>
              </HStack>
            )
          }
        />
      </div>
      <EarlierSnapshot cycleId={cycleId} waiting={waiting} />
      <SavedNotice saved={answer?.saved} stepTo={`${home}/pasos/4`} />
      {analysis ? (
        <>
          <Work analysis={analysis} sources={sources} rowId={rowId} />
          <Segments analysis={analysis} />
          <Variables analysis={analysis} />
        </>
      ) : (
        <NoSnapshot sourcesAt={`${home}/fuentes`} />
      )}
    </VStack>
  )
}

function Work({ analysis, sources, rowId }: { analysis: Analysis; sources: Loaded['sources']; rowId: string }) {
  const [search] = useSearchParams()
  const answer = useActionData<typeof action>()
  const { asked, charts, figure, notSavable } = analysis
  return (
    <div className="analysis">
      <QueryForm
        query={queryFrom(search)}
        sources={sources}
        sourceId={analysis.source.id}
        asked={asked}
        charts={charts}
        maps={analysis.maps}
        variables={analysis.variables}
        faults={analysis.faults}
      />
      <section aria-label={analysisText.result}>
        <VStack gap="space-24">
          {figure ? <FigureBlock figure={figure} /> : <p role="status">{rulesText.faulty}</p>}
          <EvolutionLink variable={analysis.variables.find(({ code }) => code === asked?.variable)} />
          {!figure ? null : notSavable.figure ? (
            <p className="quiet reading">{`${analysisText.cannotSave} ${notSavable.figure}`}</p>
          ) : (
            <SaveFigure rowId={rowId} errors={answer?.errors} />
          )}
          <SelectedSegment analysis={analysis} rowId={rowId} />
        </VStack>
      </section>
    </div>
  )
}

/** A figure is of one vigencia; a variable that step 2 judged has its others in the catalogue. */
function EvolutionLink({ variable }: { variable: Analysis['variables'][number] | undefined }) {
  if (!variable?.isPrioritized) return null
  return <Link to={`/variables/${variable.code}#evolucion`}>{variablesText.seeEvolution(variable.label)}</Link>
}

/** The filter as a group of records: its rule in words, its size, and the way into step 4. */
function SelectedSegment({ analysis, rowId }: { analysis: Analysis; rowId: string }) {
  const answer = useActionData<typeof action>()
  const { ruleWords, selected, notSavable, sectors } = analysis
  if (!ruleWords || !selected) return null
  return (
    <section className="card" aria-labelledby="segmento">
      <VStack gap="space-16">
        <Heading level="2" size="small" id="segmento">
          {analysisText.segment}
        </Heading>
        <p className="reading">
          {analysisText.segmentWhy(ruleWords)}{' '}
          <strong>{analysisText.size(selected.value ?? 0, selected.total.value ?? 0)}</strong>{' '}
          {selected.mark && analysisText.sizeInternal}
        </p>
        {!notSavable.segment && (
          <SaveSegment rowId={rowId} sectors={sectors} errors={answer?.errors} name={answer?.name ?? ''} />
        )}
      </VStack>
    </section>
  )
}

function Segments({ analysis: { segments } }: { analysis: Analysis }) {
  const { segmentColumns } = analysisText
  return (
    <Section id="segmentos" title={analysisText.segments}>
      {segments.length === 0 ? (
        <p className="reading">{analysisText.noSegments}</p>
      ) : (
        <DataTable
          caption={analysisText.segments}
          hideCaption
          rows={segments}
          rowKey={(segment) => segment.id}
          columns={[
            {
              key: 'name',
              header: segmentColumns.name,
              rowHeader: true,
              cell: (segment) => segment.name || analysisText.unnamed,
            },
            { key: 'rule', header: segmentColumns.rule, cell: (segment) => segment.rule },
            {
              key: 'size',
              header: segmentColumns.size,
              numeric: true,
              cell: (segment) => <SuppressedCell value={segment.size.value} />,
            },
            {
              key: 'share',
              header: segmentColumns.share,
              numeric: true,
              cell: ({ size }) => (size.value && size.total.value ? formatShare(size.value / size.total.value) : ''),
            },
          ]}
        />
      )}
    </Section>
  )
}

function Variables({ analysis: { variables, source } }: { analysis: Analysis }) {
  const { variableColumns } = analysisText
  return (
    <Section id="variables" title={analysisText.variables}>
      <DataTable
        caption={analysisText.variablesCaption}
        hideCaption
        rows={variables}
        rowKey={(variable) => variable.code}
        columns={[
          {
            key: 'label',
            header: variableColumns.label,
            rowHeader: true,
            cell: (variable) => <Link to={`?fuente=${source.id}&variable=${variable.code}`}>{variable.label}</Link>,
          },
          {
            key: 'type',
            header: variableColumns.type,
            cell: (variable) => columnTypeNames[variable.type as keyof typeof columnTypeNames],
          },
          {
            key: 'values',
            header: variableColumns.values,
            numeric: true,
            cell: (variable) => (variable.values.length > 0 ? formatNumber(variable.values.length) : ''),
          },
          { key: 'sensitive', header: variableColumns.sensitive, cell: (variable) => yesNo(variable.sensitive) },
          { key: 'priority', header: variableColumns.prioritized, cell: (variable) => yesNo(variable.isPrioritized) },
        ]}
      />
    </Section>
  )
}

const yesNo = (value: boolean) => (value ? analysisText.yes : analysisText.no)
