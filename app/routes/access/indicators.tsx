import { BodyLong, Heading, VStack } from '@navikt/ds-react'
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { Breadcrumbs } from '../../components/breadcrumbs.tsx'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { Facts } from '../../components/facts.tsx'
import { ListFiles } from '../../components/list-files.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Section } from '../../components/section.tsx'
import { GoalChip } from '../../components/state-chip.tsx'
import { loadAccessIndicators } from '../../pages/access-indicators.server.ts'
import { requireActor } from '../../session.server.ts'
import { accessText } from '../../text/access.ts'
import { indicatorCount, indicatorValue, accessIndicatorsText as words } from '../../text/access-indicators.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(words.title) }]

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  return await loadAccessIndicators(context, actor, new URL(request.url).searchParams)
}

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>
type Indicator = Loaded['indicators'][number]

/** The three figures, each with how it is measured; the same as a table, and by organismo. */
export default function AccessIndicators() {
  const { vigencia, at, indicators, agencies } = useLoaderData<typeof loader>()
  return (
    <VStack gap="space-32">
      <div>
        <Breadcrumbs crumbs={[{ label: accessText.title, to: '/accesos' }, { label: words.title }]} />
        <PageHeader title={words.title} state={words.state(vigencia, at)} />
        <BodyLong className="reading">{words.intro}</BodyLong>
      </div>
      <ul className="plain-list">
        {indicators.map((indicator) => (
          <li key={indicator.code} className="card">
            <Card {...indicator} />
          </li>
        ))}
      </ul>
      <Section id="tabla" title={words.tableTitle}>
        <DataTable caption={words.caption} columns={COLUMNS} rows={indicators} rowKey={({ code }) => code} />
        <ListFiles list="access_indicators" />
      </Section>
      <Section id="organismos" title={words.agencies}>
        {agencies.length > 0 ? (
          <DataTable
            caption={words.agencies}
            hideCaption
            columns={AGENCY_COLUMNS}
            rows={agencies}
            rowKey={({ agencyName }) => agencyName}
          />
        ) : (
          <BodyLong>{words.noAgencies}</BodyLong>
        )}
      </Section>
    </VStack>
  )
}

function Card({ code, value, isMet }: Indicator) {
  const { name, numerator, denominator, moment, source, goal } = words.definitions[code]
  const { columns } = words
  return (
    <VStack gap="space-8">
      <Heading level="2" size="small">
        {name}
      </Heading>
      <p className="figure-value">{indicatorValue(code, value)}</p>
      <div>
        <GoalChip isMet={isMet} /> <span className="quiet">{`${columns.goal}: ${goal}`}</span>
      </div>
      <details className="quiet-details">
        <summary>{words.definitionTitle}</summary>
        <Facts
          facts={[
            [columns.numerator, numerator],
            [columns.denominator, denominator],
            [columns.moment, moment],
            [columns.source, source],
          ]}
        />
      </details>
    </VStack>
  )
}

const COLUMNS: Column<Indicator>[] = [
  { key: 'name', header: words.columns.name, rowHeader: true, cell: ({ code }) => words.definitions[code].name },
  {
    key: 'value',
    header: words.columns.value,
    numeric: true,
    cell: ({ code, value }) => (value === null ? words.none : indicatorValue(code, value)),
  },
  {
    key: 'numerator',
    header: words.columns.numerator,
    numeric: true,
    cell: ({ code, numerator }) => indicatorCount(code, 'numerator', numerator),
  },
  {
    key: 'denominator',
    header: words.columns.denominator,
    numeric: true,
    cell: ({ code, denominator }) => indicatorCount(code, 'denominator', denominator),
  },
  { key: 'goal', header: words.columns.goal, cell: ({ code }) => words.definitions[code].goal },
  { key: 'result', header: words.columns.result, cell: ({ isMet }) => <GoalChip isMet={isMet} /> },
]

const AGENCY_COLUMNS: Column<Loaded['agencies'][number]>[] = [
  { key: 'agency', header: words.agencyColumns.agency, rowHeader: true, cell: ({ agencyName }) => agencyName },
  { key: 'active', header: words.agencyColumns.active, numeric: true, cell: ({ active }) => active },
  {
    key: 'undelegated',
    header: words.agencyColumns.undelegated,
    numeric: true,
    cell: ({ undelegated }) => undelegated,
  },
]
