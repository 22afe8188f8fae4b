import { BodyLong, VStack } from '@navikt/ds-react'
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { ChipLinks } from '../../components/chip-links.tsx'
import { DataTable } from '../../components/data-table.tsx'
import { ListFiles } from '../../components/list-files.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { RiskCrumbs } from '../../components/risks/risk-crumbs.tsx'
import { Section } from '../../components/section.tsx'
import { loadRiskYear } from '../../pages/risk-year.server.ts'
import { requireActor } from '../../session.server.ts'
import { listNames } from '../../text/lists.ts'
import { riskYearText as words } from '../../text/risk-year.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: shellText.title(data ? words.of(data.year) : words.title) },
]

export async function loader({ request, context }: LoaderFunctionArgs) {
  return await loadRiskYear(context, await requireActor(request, context), new URL(request.url).searchParams)
}

type Part = ReturnType<typeof useLoaderData<typeof loader>>['parts'][number]

/** What a year of the risk process came to, a table for each part. */
export default function RiskYear() {
  const { year, years, parts, subtitle, intro } = useLoaderData<typeof loader>()
  return (
    <VStack gap="space-32">
      <div>
        <RiskCrumbs crumbs={[{ label: words.title }]} />
        <PageHeader title={words.of(year)} state={`${subtitle} ${intro}`} />
      </div>
      {years.length > 1 && (
        <ChipLinks
          label={words.years}
          chips={years.map((one) => ({
            label: String(one),
            to: `/riesgos/informe?vigencia=${one}`,
            current: one === year,
          }))}
        />
      )}
      <div>
        <a className="row-link" href={`/riesgos/informe.pdf?vigencia=${year}`} download>
          {words.pdf}
        </a>
      </div>
      {parts.map((part) => (
        <Section key={part.id} id={part.id} title={part.title}>
          <PartTable part={part} />
        </Section>
      ))}
      <Section id="datos" title={words.filesTitle}>
        <BodyLong>{words.filesIntro}</BodyLong>
        {FILES.map((list) => (
          <div key={list}>
            <h3>{listNames[list]}</h3>
            <ListFiles list={list} of={{ vigencia: String(year) }} />
          </div>
        ))}
      </Section>
    </VStack>
  )
}

const FILES = [
  'risk_zones',
  'control_runs',
  'risk_reviews',
  'risk_indicators',
  'indicator_readings',
  'risk_events',
] as const

function PartTable({ part: { title, header, figures, rows, none, note } }: { part: Part }) {
  if (rows.length === 0) return <BodyLong>{none}</BodyLong>
  return (
    <>
      <DataTable
        caption={title}
        hideCaption
        columns={header.map((name, at) => ({
          ...{ key: name, header: name, numeric: figures.includes(at), rowHeader: at === 0 },
          cell: ({ cells }: { cells: string[] }) => cells[at],
        }))}
        rows={rows.map((cells, at) => ({ cells, key: String(at) }))}
        rowKey={({ key }) => key}
      />
      {note && <p className="quiet">{note}</p>}
    </>
  )
}
