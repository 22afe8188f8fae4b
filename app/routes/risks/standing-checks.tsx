import { VStack } from '@navikt/ds-react'
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { ListFiles } from '../../components/list-files.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { RiskCrumbs } from '../../components/risks/risk-crumbs.tsx'
import { CheckChip } from '../../components/state-chip.tsx'
import { loadStandingChecks } from '../../pages/standing-checks.server.ts'
import { requireActor } from '../../session.server.ts'
import { formatNumber } from '../../text/format.ts'
import { shellText } from '../../text/shell.ts'
import { standingText, standingChecksText as words } from '../../text/standing-checks.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(words.title) }]

export async function loader({ request, context }: LoaderFunctionArgs) {
  return await loadStandingChecks(context, await requireActor(request, context))
}

type Line = ReturnType<typeof useLoaderData<typeof loader>>['checks'][number]

/** What does not fit together now, each with who puts it right. */
export default function StandingChecks() {
  const { checks } = useLoaderData<typeof loader>()
  const pending = checks.filter(({ found }) => found > 0).length
  return (
    <VStack gap="space-24">
      <div>
        <RiskCrumbs crumbs={[{ label: words.title }]} />
        <PageHeader
          title={words.title}
          state={`${words.intro} ${pending === 0 ? words.allClear : words.some(pending)}`}
        />
      </div>
      <DataTable caption={words.caption} columns={COLUMNS} rows={checks} rowKey={(row) => row.check} />
      <ListFiles list="standing_checks" />
    </VStack>
  )
}

const COLUMNS: Column<Line>[] = [
  { key: 'area', header: words.columns.area, cell: ({ area }) => words.areas[area] },
  {
    key: 'name',
    header: words.columns.name,
    rowHeader: true,
    cell: ({ check }) => (
      <Link className="row-link" to={`/riesgos/verificaciones/${standingText[check].address}`}>
        {standingText[check].name}
      </Link>
    ),
  },
  { key: 'found', header: words.columns.found, cell: ({ found }) => <CheckChip found={found} /> },
  { key: 'looked', header: words.columns.looked, numeric: true, cell: ({ lookedAt }) => formatNumber(lookedAt) },
  { key: 'owner', header: words.columns.owner, cell: ({ owner }) => owner },
  {
    key: 'holds',
    header: words.columns.holds,
    cell: ({ steps }) => (steps.length === 0 ? words.holdsNothing : words.holds(steps.join(', '))),
  },
]
