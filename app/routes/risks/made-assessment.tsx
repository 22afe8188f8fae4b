import { VStack } from '@navikt/ds-react'
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { Facts } from '../../components/facts.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { HeatMap } from '../../components/risks/heat-map.tsx'
import { RiskCrumbs } from '../../components/risks/risk-crumbs.tsx'
import { Section } from '../../components/section.tsx'
import { loadAssessment } from '../../pages/risk-move.server.ts'
import { requireActor } from '../../session.server.ts'
import { moveText, assessmentText as words } from '../../text/risk-moves.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: shellText.title(words.of(data?.code ?? '', data?.n ?? 0)) },
]

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  return await loadAssessment(context, actor, params.codigo ?? '', params.numero ?? '')
}

/** An assessment as it was made, on the map of the version it was made with. */
export default function MadeAssessment() {
  const made = useLoaderData<typeof loader>()
  const { code, n, map, table, from } = made
  const to = `/riesgos/${code}`
  const facts: [string, string][] = [
    [words.facts.description, made.description],
    [words.facts.methodology, made.methodology],
    [words.facts.typology, made.typology],
    [words.facts.place, made.place],
    [words.facts.reason, made.reason ?? ''],
  ]
  return (
    <VStack gap="space-32">
      <div>
        <RiskCrumbs risk={code} crumbs={[{ label: words.title(n) }]} />
        <PageHeader title={words.of(code, n)} state={words.made(made.position, made.at)} />
      </div>
      <Facts facts={facts.filter(([, value]) => value !== '')} />
      <Section id="mapa" title={words.mapTitle}>
        <HeatMap caption={words.mapCaption(made.methodology)} map={map} to={() => to} />
      </Section>
      {table.length > 0 && (
        <Section id="tabla" title={words.tableTitle}>
          <DataTable
            caption={words.tableCaption(from)}
            columns={COLUMNS}
            rows={table}
            rowKey={(row) => `${row.axis} ${row.from}`}
          />
        </Section>
      )}
    </VStack>
  )
}

const COLUMNS: Column<ReturnType<typeof useLoaderData<typeof loader>>['table'][number]>[] = [
  { key: 'axis', header: words.columns.axis, cell: ({ axis }) => moveText.ofAxis[axis] },
  { key: 'from', header: words.columns.from, rowHeader: true, cell: ({ from }) => from },
  { key: 'to', header: words.columns.to, cell: ({ to }) => to },
]
