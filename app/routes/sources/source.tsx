import { Alert, Button, Heading, Tag, VStack } from '@navikt/ds-react'
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import type { ReactNode } from 'react'
import { Breadcrumbs } from '../../components/breadcrumbs.tsx'
import { ConfirmForm } from '../../components/confirm-form.tsx'
import { DataTable } from '../../components/data-table.tsx'
import { type Fact, Facts } from '../../components/facts.tsx'
import { errorOf } from '../../components/form-errors.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { FileUpload } from '../../components/sources/file-upload.tsx'
import { ImportProgress } from '../../components/sources/import-progress.tsx'
import { ImportResult } from '../../components/sources/import-result.tsx'
import { MappingForm } from '../../components/sources/mapping-form.tsx'
import { PreviewTable } from '../../components/sources/preview-table.tsx'
import { ReadingForm } from '../../components/sources/reading-form.tsx'
import { loadSource, previewOf, stateOf } from '../../pages/source.server.ts'
import { act } from '../../pages/source-actions.server.ts'
import { requireId } from '../../params.server.ts'
import { requireActor } from '../../session.server.ts'
import { formatBytes, formatInstant, formatNumber } from '../../text/format.ts'
import { shellText } from '../../text/shell.ts'
import { importFailure, importStateText, sensitivityNames, sourcesText, sourceText } from '../../text/sources.ts'

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: shellText.title(data?.source.name ?? sourcesText.title) },
]

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  const page = await loadSource(context, actor, requireId(params.ejercicio, context), requireId(params.fuente, context))
  const { cycle: _, remembered: _remembered, imports, ...shown } = page
  const search = new URL(request.url).searchParams
  const state = stateOf(imports, search.get('corregir'))
  const preview =
    state.toConfirm && page.whyNot === null ? await previewOf(context, actor, page, state.toConfirm) : null
  const isSame = search.has('mismo')
  return { ...shown, ...state, preview, isSame, history: imports.filter((one) => one.failureCode !== 'replaced') }
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const actor = await requireActor(request, context)
  const target = { cycleId: requireId(params.ejercicio, context), sourceId: requireId(params.fuente, context) }
  const done = await act(context, actor, request, target)
  return typeof done === 'string' ? redirect(done) : done
}

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>

export default function Source() {
  const loaded = useLoaderData<typeof loader>()
  const { cycleId, cycleName, source, whyNot, now } = loaded
  const home = `/ejercicios/${cycleId}`
  return (
    <VStack gap="space-32">
      <div>
        <Breadcrumbs
          crumbs={[
            { label: sourcesText.cycles, to: '/ejercicios' },
            { label: cycleName, to: home },
            { label: sourcesText.title, to: `${home}/fuentes` },
            { label: source.name },
          ]}
        />
        <PageHeader
          title={source.name}
          state={now === 'done' ? sourceText.state.done(source.rows ?? 0) : sourceText.state[now]}
          action={
            loaded.mayAnalyse && loaded.isApproved && source.snapshotHash ? (
              <Button as={Link} to={`${home}/analisis?fuente=${source.id}`}>
                {sourceText.toAnalysis}
              </Button>
            ) : null
          }
        />
        {whyNot && <p className="reading quiet">{`${sourcesText.notNow} ${whyNot}`}</p>}
      </div>
      {loaded.isSame && <Alert variant="info">{sourceText.same}</Alert>}
      <Failure loaded={loaded} />
      <Work loaded={loaded} />
      <Contract loaded={loaded} />
      <History loaded={loaded} />
      <Detach loaded={loaded} />
    </VStack>
  )
}

function Section({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <section aria-labelledby={id}>
      <Heading level="2" size="medium" spacing id={id}>
        {title}
      </Heading>
      {children}
    </section>
  )
}

function Failure({ loaded: { failed } }: { loaded: Loaded }) {
  if (!failed) return null
  return (
    <Alert variant={failed.status === 'cancelled' ? 'info' : 'error'}>
      {importFailure(failed.failureCode, failed.failureFacts)}
    </Alert>
  )
}

/** What there is to do now: load, confirm, wait, or read the result. */
function Work({ loaded }: { loaded: Loaded }) {
  const { source, underWay, preview, toConfirm, done, whyNot } = loaded
  const answer = useActionData<typeof action>()
  const here = `/ejercicios/${loaded.cycleId}/fuentes/${source.id}`
  const fileError = errorOf(answer?.errors, 'archivo')
  if (underWay)
    return (
      <Section id="avance" title={sourceText.progress}>
        <ImportProgress
          importId={underWay.id}
          rows={underWay.progressRows}
          estimated={underWay.sniff.estimatedRecords ?? 0}
          isWaiting={underWay.status === 'received'}
          isCancelling={underWay.cancelAskedAt !== null}
          mayCancel={whyNot === null}
        />
      </Section>
    )
  return (
    <>
      {done && !preview && (
        <Section id="resultado" title={sourceText.result}>
          <ImportResult
            rows={done.rows ?? 0}
            rejects={done.rejects ?? 0}
            byReason={done.rejectsByReason}
            columns={done.mapping.filter((column) => column.role !== 'ignore').length}
            snapshotHash={done.snapshotHash ?? ''}
            fileHash={done.fileSha256}
            rejectsTo={loaded.mayAnalyse ? `${here}/rechazados/${done.id}` : undefined}
          />
        </Section>
      )}
      {preview && toConfirm && <Confirm loaded={loaded} />}
      {whyNot === null && !preview && (
        <Section id="archivo" title={done ? sourceText.replace : sourceText.file}>
          {done && <p className="reading">{sourceText.replaceWhy}</p>}
          <FileUpload to={here} label={sourceText.upload} error={fileError} isReplacement={done !== null} />
          {done && (
            <ul className="links">
              <li>
                <Link to={`?corregir=${done.id}`}>{sourceText.remap}</Link>
              </li>
            </ul>
          )}
        </Section>
      )}
    </>
  )
}

function Confirm({ loaded: { preview, toConfirm, wanted, cycleId, source } }: { loaded: Loaded }) {
  const answer = useActionData<typeof action>()
  if (!preview || !toConfirm) return null
  return (
    <>
      <Section id="lectura" title={sourceText.reading}>
        <VStack gap="space-24">
          <p>{sourceText.received(toConfirm.fileName, formatBytes(toConfirm.bytes))}</p>
          {!toConfirm.isAsked && (
            <ReadingForm
              importId={toConfirm.id}
              encoding={toConfirm.sniff.encoding}
              separator={toConfirm.sniff.separator}
              error={errorOf(answer?.errors, 'codificacion')}
            />
          )}
          <PreviewTable header={preview.header} rows={preview.rows} />
        </VStack>
      </Section>
      <Section id="correspondencia" title={sourceText.mapping}>
        <p className="reading">{sourceText.mappingWhy}</p>
        <MappingForm
          key={preview.header.join('\u001f')}
          importId={toConfirm.id}
          mapping={answer?.mapping ?? preview.mapping}
          examples={preview.examples}
          wanted={wanted}
          errors={answer?.errors.filter((error) => error.field.startsWith('columna'))}
        />
        {!toConfirm.isAsked && (
          <details className="quiet-details">
            <summary>{sourceText.discard}</summary>
            <ConfirmForm
              hidden={{ accion: 'cancelar', importacion: toConfirm.id }}
              submit={sourceText.discard}
              danger
              cancelTo={`/ejercicios/${cycleId}/fuentes/${source.id}`}
            >
              {null}
            </ConfirmForm>
          </details>
        )}
      </Section>
    </>
  )
}

function Contract({ loaded: { source, whyNot } }: { loaded: Loaded }) {
  const { terms } = sourceText
  const facts: Fact[] = [
    [sourcesText.columns.owner, source.ownerAgency ?? sourceText.none],
    [sourcesText.columns.period, sourcesText.period(source.periodFrom, source.periodTo)],
    [terms.sensitivity, sensitivityNames[source.sensitivity as keyof typeof sensitivityNames]],
    [terms.personKey, source.personKey ?? sourceText.none],
    [terms.legalBasis, source.legalBasis],
  ]
  if (source.demoNote) facts.push([sourceText.noteLabel, source.demoNote])
  return (
    <Section id="contrato" title={sourceText.contract}>
      <VStack gap="space-16">
        <Facts facts={facts} layout="fact-grid" />
        <p className="quiet">{sourceText.attachedBy(source.attachedBy, formatInstant(source.attachedAt))}</p>
        {whyNot === null && (
          <div>
            <Button as={Link} to="contrato" variant="secondary" size="small">
              {sourceText.editContract}
            </Button>
          </div>
        )}
      </VStack>
    </Section>
  )
}

function History({ loaded: { history } }: { loaded: Loaded }) {
  const { historyColumns } = sourceText
  if (history.length < 2) return null
  return (
    <Section id="archivos" title={sourceText.history}>
      <DataTable
        caption={sourceText.history}
        hideCaption
        rows={history}
        rowKey={(row) => row.id}
        columns={[
          { key: 'file', header: historyColumns.file, rowHeader: true, cell: (row) => row.fileName },
          {
            key: 'state',
            header: historyColumns.state,
            cell: (row) => (
              <Tag size="small" data-color={row.status === 'failed' ? 'danger' : 'neutral'}>
                {importStateText[row.status === 'received' && row.isAsked ? 'asked' : row.status]}
              </Tag>
            ),
          },
          { key: 'by', header: historyColumns.by, cell: (row) => row.requestedBy },
          { key: 'at', header: historyColumns.at, cell: (row) => formatInstant(row.requestedAt) },
          {
            key: 'rows',
            header: historyColumns.rows,
            numeric: true,
            cell: (row) => (row.rows === null ? '' : formatNumber(row.rows)),
          },
        ]}
      />
    </Section>
  )
}

function Detach({ loaded: { whyNot, underWay, cycleId, source } }: { loaded: Loaded }) {
  if (whyNot !== null || underWay) return null
  return (
    <details className="quiet-details">
      <summary>{sourceText.detach}</summary>
      <ConfirmForm
        hidden={{ accion: 'retirar' }}
        submit={sourceText.detach}
        danger
        cancelTo={`/ejercicios/${cycleId}/fuentes/${source.id}`}
      >
        <p className="reading">{sourceText.detachWhy}</p>
      </ConfirmForm>
    </details>
  )
}
