import { VStack } from '@navikt/ds-react'
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { withActor } from '../../../db/client.ts'
import { CycleCrumbs } from '../../components/cycle-crumbs.tsx'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { StepChip } from '../../components/state-chip.tsx'
import { requireCycleMap } from '../../pages/cycle-map.server.ts'
import { requireId } from '../../params.server.ts'
import { requireActor } from '../../session.server.ts'
import { cycleMapText as words } from '../../text/cycle-map.ts'
import { formatNumber } from '../../text/format.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(words.title) }]

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  const cycleId = requireId(params.ejercicio, context)
  return await withActor(context.db, actor, (trx) => requireCycleMap(trx, cycleId, context))
}

type Page = ReturnType<typeof useLoaderData<typeof loader>>

/** A read-only map of the procedure as one cycle went through it, and the same as a table. */
export default function CycleMap() {
  const { cycle, rows, svg } = useLoaderData<typeof loader>()
  return (
    <VStack gap="space-24">
      <div>
        <CycleCrumbs cycle={cycle} crumbs={[{ label: words.title }]} />
        <PageHeader title={words.title} state={words.intro} />
      </div>
      {/* biome-ignore lint/security/noDangerouslySetInnerHtml: drawn by our own server, labels escaped */}
      <div className="cycle-map" dangerouslySetInnerHTML={{ __html: svg }} />
      <DataTable caption={words.caption} columns={COLUMNS} rows={rows} rowKey={({ code }) => code} />
    </VStack>
  )
}

const COLUMNS: Column<Page['rows'][number]>[] = [
  {
    key: 'paso',
    header: words.step,
    rowHeader: true,
    cell: ({ code, title, to }) => (
      <Link to={to}>
        {code}. {title}
      </Link>
    ),
  },
  {
    key: 'estado',
    header: words.state,
    cell: ({ status, isCurrent }) => (
      <>
        <StepChip status={status} /> {isCurrent && <strong className="block">{words.now}</strong>}
      </>
    ),
  },
  { key: 'intentos', header: words.attemptsHeading, cell: ({ attempts }) => formatNumber(attempts), numeric: true },
  { key: 'devoluciones', header: words.returns, cell: ({ returns }) => formatNumber(returns), numeric: true },
  { key: 'retirados', header: words.withdrawals, cell: ({ withdrawals }) => formatNumber(withdrawals), numeric: true },
  { key: 'reaperturas', header: words.reopenings, cell: ({ reopenings }) => reopenings, numeric: true },
]
