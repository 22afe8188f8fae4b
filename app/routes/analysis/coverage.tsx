import { Alert, BodyLong, Button, Heading, Select, Textarea, VStack } from '@navikt/ds-react'
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData, useNavigation } from '@remix-run/react'
import { shareCovered } from '../../../domain/coverage.ts'
import { Breadcrumbs } from '../../components/breadcrumbs.tsx'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { errorOf, FormErrors } from '../../components/form-errors.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { SuppressedCell } from '../../components/suppressed-cell.tsx'
import { loadCoverage } from '../../pages/coverage.server.ts'
import { keepAttendance } from '../../pages/coverage-actions.server.ts'
import { requireId } from '../../params.server.ts'
import { requireActor } from '../../session.server.ts'
import { coverageText } from '../../text/coverage.ts'
import { formatNumber, formatShare } from '../../text/format.ts'
import { shellText } from '../../text/shell.ts'
import { sourcesText } from '../../text/sources.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(coverageText.title) }]

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  const source = new URL(request.url).searchParams.get('fuente') ?? ''
  return await loadCoverage(context, actor, requireId(params.ejercicio, context), source)
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const actor = await requireActor(request, context)
  const answer = await keepAttendance(context, actor, request, requireId(params.ejercicio, context))
  return data(answer, { status: answer.errors.length > 0 ? 422 : 200 })
}

type Page = ReturnType<typeof useLoaderData<typeof loader>>

export default function CoveragePage() {
  const page = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { cycleId, cycleName, coverage, anomalies, recorded } = page
  const under = coverage?.points.filter(({ isUnder }) => isUnder).length ?? 0
  return (
    <VStack gap="space-32">
      <div>
        <Breadcrumbs
          crumbs={[
            { label: sourcesText.cycles, to: '/ejercicios' },
            { label: cycleName, to: `/ejercicios/${cycleId}` },
            { label: coverageText.title },
          ]}
        />
        <PageHeader title={coverageText.title} state={coverageText.intro} />
      </div>
      <FormErrors errors={answer?.errors} />
      {answer?.saved && (
        <Alert variant={answer.saved === 'recorded' ? 'success' : 'info'} role="status" className="reading">
          {answer.saved === 'recorded' ? coverageText.saved : coverageText.same}
        </Alert>
      )}
      {under > 0 && (
        <Alert variant="warning" className="reading">
          {coverageText.alert(under)}
        </Alert>
      )}
      {coverage ? (
        <>
          {recorded && <BodyLong className="quiet">{recorded.words}</BodyLong>}
          <Points coverage={coverage} />
          <Lines coverage={coverage} />
        </>
      ) : (
        <EmptyState title={coverageText.none}>{coverageText.noneWhy}</EmptyState>
      )}
      {anomalies.length > 0 && <Sentences id="no-cuadra" title={coverageText.anomalies} sentences={anomalies} />}
      <Printed page={page} />
      <Counts page={page} typed={answer?.errors.length ? answer.typed : undefined} errors={answer?.errors} />
    </VStack>
  )
}

type Coverage = NonNullable<Page['coverage']>
type Covered = Pick<Coverage['total'], 'captured' | 'attended' | 'refused'>

const { columns } = coverageText

/** What was captured of those attended, in one row of any table. */
const figures: Column<Covered>[] = [
  { key: 'attended', header: columns.attended, numeric: true, cell: (row) => formatNumber(row.attended) },
  { key: 'captured', header: columns.captured, numeric: true, cell: (row) => <SuppressedCell value={row.captured} /> },
  {
    ...{ key: 'refused', header: columns.refused, numeric: true },
    cell: (row) => (row.refused === null ? coverageText.notCounted : formatNumber(row.refused)),
  },
  { key: 'share', header: columns.share, numeric: true, cell: (row) => shareWords(row) },
]

function shareWords(row: Covered): string {
  const share = shareCovered(row)
  return share === null ? '' : formatShare(share)
}

function Points({ coverage: { points, total } }: { coverage: Coverage }) {
  const rows = [...points, { ...total, point: coverageText.total, isUnder: null }]
  return (
    <DataTable
      caption={coverageText.points}
      rows={rows}
      rowKey={(row) => row.point}
      columns={[
        { key: 'point', header: columns.point, rowHeader: true, cell: (row) => row.point },
        ...figures,
        {
          ...{ key: 'state', header: columns.state },
          cell: (row) => (row.isUnder === null ? '' : row.isUnder ? coverageText.under : coverageText.enough),
        },
      ]}
    />
  )
}

function Lines({ coverage: { lines } }: { coverage: Coverage }) {
  return (
    <details>
      <summary>{coverageText.lines}</summary>
      <DataTable
        caption={coverageText.lines}
        hideCaption
        rows={lines}
        rowKey={(row) => `${row.point} ${row.period}`}
        columns={[
          { key: 'point', header: columns.point, rowHeader: true, cell: (row) => row.point },
          { key: 'period', header: columns.period, cell: (row) => row.period },
          ...figures,
        ]}
      />
    </details>
  )
}

function Sentences({ id, title, sentences }: { id: string; title: string; sentences: string[] }) {
  return (
    <section aria-labelledby={id}>
      <Heading level="2" size="small" id={id} spacing>
        {title}
      </Heading>
      <ul className="reading">
        {sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </section>
  )
}

/** What the report will say by itself, word for word. */
function Printed({ page: { paragraph, caveats } }: { page: Page }) {
  return (
    <section className="card" aria-labelledby="parrafo">
      <VStack gap="space-16">
        <Heading level="2" size="small" id="parrafo">
          {coverageText.paragraph}
        </Heading>
        <BodyLong className="reading">{paragraph}</BodyLong>
        <BodyLong className="quiet reading">{coverageText.paragraphWhy}</BodyLong>
        {caveats.length > 0 ? (
          <Sentences id="advertencias" title={coverageText.caveats} sentences={caveats} />
        ) : (
          <BodyLong className="quiet">{coverageText.noCaveats}</BodyLong>
        )}
      </VStack>
    </section>
  )
}

interface CountsProps {
  page: Page
  typed: string | undefined
  errors: { field: string; message: string }[] | undefined
}

function Counts({ page, typed, errors }: CountsProps) {
  const busy = useNavigation().state === 'submitting'
  const { objection, source, recorded } = page
  if (objection || !source)
    return (
      <BodyLong className="quiet reading">{`${coverageText.cannotSave} ${objection ?? coverageText.noneWhy}`}</BodyLong>
    )
  return (
    <section className="card" aria-labelledby="registrar">
      <Form method="post" encType="multipart/form-data" noValidate className="reading">
        <VStack gap="space-16">
          <Heading level="2" size="small" id="registrar">
            {coverageText.form}
          </Heading>
          <BodyLong className="quiet">{coverageText.formWhy}</BodyLong>
          <Sources page={page} source={source} />
          <VariableSelect
            name="punto"
            label={coverageText.point}
            list={page.points}
            chosen={recorded?.pointVariable ?? page.points.find(({ code }) => code.startsWith('punto'))?.code}
            error={errorOf(errors, 'punto')}
          />
          <VariableSelect
            name="periodo"
            label={coverageText.period}
            list={page.periods}
            chosen={recorded?.periodVariable ?? page.periods.find(({ code }) => code.startsWith('fecha'))?.code}
          />
          <Textarea
            id="cifras"
            name="cifras"
            label={coverageText.typed}
            minRows={6}
            maxRows={16}
            defaultValue={typed ?? recorded?.typed ?? ''}
            error={errorOf(errors, 'cifras')}
          />
          <FileField error={errorOf(errors, 'archivo')} />
          <div>
            <Button type="submit" loading={busy}>
              {coverageText.save}
            </Button>
          </div>
        </VStack>
      </Form>
    </section>
  )
}

function FileField({ error }: { error: string | undefined }) {
  return (
    <VStack gap="space-8">
      <label htmlFor="archivo" className="aksel-label">
        {coverageText.file}
      </label>
      {error && (
        <p className="aksel-error-message aksel-label" id="archivo-error">
          {error}
        </p>
      )}
      <input
        type="file"
        id="archivo"
        name="archivo"
        accept=".csv,text/csv,text/plain"
        aria-describedby={error ? 'archivo-error' : undefined}
        aria-invalid={error ? true : undefined}
      />
    </VStack>
  )
}

/** Another source is another page: its variables are others. */
function Sources({ page: { sources }, source }: { page: Page; source: { id: string; name: string } }) {
  const others = sources.filter(({ id }) => id !== source.id)
  return (
    <p>
      <input type="hidden" name="fuente" value={source.id} />
      {`${coverageText.source}: ${source.name}. `}
      {others.map(({ id, name }) => (
        <Link key={id} to={`?fuente=${id}`}>
          {name}
        </Link>
      ))}
    </p>
  )
}

interface SelectProps {
  name: string
  label: string
  list: { code: string; label: string }[]
  chosen: string | undefined
  error?: string | undefined
}

function VariableSelect({ name, label, list, chosen, error }: SelectProps) {
  return (
    <Select id={name} name={name} label={label} defaultValue={chosen ?? ''} error={error}>
      {list.map((one) => (
        <option key={one.code} value={one.code}>
          {one.label}
        </option>
      ))}
    </Select>
  )
}
