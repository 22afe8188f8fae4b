import { Alert, Button, HStack, Tag, VStack } from '@navikt/ds-react'
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import type { RejectReason } from '../../../domain/sources.ts'
import { CycleCrumbs } from '../../components/cycle-crumbs.tsx'
import type { Column } from '../../components/data-table.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Pagination } from '../../components/pagination.tsx'
import { WorkTable } from '../../components/work-table.tsx'
import { loadRejectedRows } from '../../pages/rejected-rows.server.ts'
import { requireId } from '../../params.server.ts'
import { requireActor } from '../../session.server.ts'
import { formatNumber } from '../../text/format.ts'
import { shellText } from '../../text/shell.ts'
import { rejectReasonNames, sourcesText, sourceText, rejectedText as words } from '../../text/sources.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(words.title) }]

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  const place = {
    cycleId: requireId(params.ejercicio, context),
    sourceId: requireId(params.fuente, context),
    importId: requireId(params.importacion, context),
  }
  return await loadRejectedRows(context, actor, place, new URL(request.url).searchParams)
}

export default function RejectedRows() {
  const page = useLoaderData<typeof loader>()
  const { cycleId, cycleName, source, importId, mayCorrect, rows, next } = page
  const home = `/ejercicios/${cycleId}/fuentes`
  const here = `${home}/${source.id}`
  return (
    <VStack gap="space-24">
      <div>
        <CycleCrumbs
          cycle={{ id: cycleId, name: cycleName }}
          crumbs={[{ label: sourcesText.title, to: home }, { label: source.name, to: here }, { label: words.crumb }]}
        />
        <PageHeader
          title={words.title}
          state={words.state(page)}
          action={
            mayCorrect && (
              <Button as={Link} to={`${here}#correccion`}>
                {words.correct}
              </Button>
            )
          }
        />
      </div>
      {page.isCut && <Alert variant="info">{words.cut(page.read)}</Alert>}
      <WorkTable
        caption={words.caption}
        hideCaption
        columns={columnsWith(page)}
        rows={rows}
        rowKey={({ line }) => String(line)}
      />
      <Pagination next={next} />
      <HStack gap="space-16" wrap>
        <Button as="a" href={`${here}/rechazados/${importId}?formato=xlsx`} variant="secondary" download>
          {sourceText.download}
        </Button>
        <Button as="a" href={`${here}/rechazados/${importId}`} variant="tertiary" download>
          {sourceText.downloadCsv}
        </Button>
      </HStack>
    </VStack>
  )
}

type Row = ReturnType<typeof useLoaderData<typeof loader>>['rows'][number]

/** Keys are what the address calls the columns. */
function columnsWith({ columns, reasons }: { columns: string[]; reasons: RejectReason[] }): Column<Row>[] {
  const { headers, states } = words
  return [
    {
      key: 'linea',
      header: headers.line,
      rowHeader: true,
      filter: { name: 'linea' },
      cell: ({ line }) => formatNumber(line),
    },
    {
      key: 'columnas',
      header: headers.columns,
      filter: { name: 'columna', options: columns.map((column) => [column, column]) },
      cell: (row) => row.columns.join(', ') || words.whole,
    },
    {
      key: 'motivos',
      header: headers.reasons,
      filter: { name: 'motivo', options: reasons.map((reason) => [reason, rejectReasonNames[reason]]) },
      cell: (row) => <span className="phrase">{row.reasons.map((one) => rejectReasonNames[one]).join('; ')}</span>,
    },
    {
      key: 'estado',
      header: headers.state,
      filter: { name: 'estado', options: Object.entries(states) },
      cell: ({ isCorrected }) => (
        <Tag size="small" data-color={isCorrected ? 'success' : 'danger'}>
          {isCorrected ? states.corregida : states.rechazada}
        </Tag>
      ),
    },
  ]
}
