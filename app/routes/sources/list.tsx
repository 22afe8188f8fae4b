import { Button, VStack } from '@navikt/ds-react'
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { withActor } from '../../../db/client.ts'
import { appToday } from '../../../db/clock.ts'
import { listOpenDrifts } from '../../../db/drifts.ts'
import { listEarlierSources } from '../../../db/earlier-sources.ts'
import { listSources } from '../../../db/sources.ts'
import { freshnessOf, freshnessOfSource } from '../../../domain/freshness.ts'
import { CycleCrumbs } from '../../components/cycle-crumbs.tsx'
import { DataTable } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { HashShort } from '../../components/hash-short.tsx'
import { ListFiles } from '../../components/list-files.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { EarlierSnapshot } from '../../components/sources/columns-changed.tsx'
import { EarlierSources } from '../../components/sources/earlier-sources.tsx'
import { FreshnessChip } from '../../components/sources/freshness-chip.tsx'
import { sourcesFrame } from '../../pages/source.server.ts'
import { requireId } from '../../params.server.ts'
import { requireActor } from '../../session.server.ts'
import { formatNumber } from '../../text/format.ts'
import { freshnessText } from '../../text/freshness.ts'
import { mapsText } from '../../text/maps.ts'
import { segmentsText } from '../../text/segments.ts'
import { shellText } from '../../text/shell.ts'
import { sourcesText } from '../../text/sources.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(sourcesText.title) }]

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  return await withActor(context.db, actor, async (trx) => {
    const { cycle: _, ...frame } = await sourcesFrame(trx, actor, requireId(params.ejercicio, context))
    const sources = (await listSources(trx, frame.cycleId)).map((source) => ({
      ...source,
      freshness: freshnessOfSource(source, appToday()),
    }))
    const earlier = frame.whyNot === null ? await listEarlierSources(trx, frame.cycleId) : []
    const toContinue = earlier
      .filter(({ id }) => !sources.some(({ continues }) => continues?.id === id))
      .map((source) => ({ ...source, freshness: freshnessOf(source, appToday()) }))
    return { ...frame, sources, toContinue, waiting: await listOpenDrifts(trx, frame.cycleId) }
  })
}

export default function Sources() {
  const page = useLoaderData<typeof loader>()
  const { cycleId, cycleName, whyNot, mayAnalyse, isApproved, sources, waiting } = page
  const home = `/ejercicios/${cycleId}`
  const ready = sources.filter((source) => source.snapshotHash !== null).length
  const attach = whyNot === null && (
    <Button as={Link} to={`${home}/fuentes/nueva`}>
      {sourcesText.attach}
    </Button>
  )
  return (
    <VStack gap="space-24">
      <div>
        <CycleCrumbs cycle={{ id: cycleId, name: cycleName }} crumbs={[{ label: sourcesText.title }]} />
        <PageHeader
          title={sourcesText.title}
          state={`${sourcesText.state(sources.length, ready)} ${sourcesText.next}`}
          action={sources.length > 0 && attach}
        />
        {whyNot && <p className="reading quiet">{`${sourcesText.notNow} ${whyNot}`}</p>}
      </div>
      <EarlierSnapshot cycleId={cycleId} waiting={waiting} />
      {sources.length === 0 ? (
        <EmptyState title={sourcesText.empty} action={attach}>
          {sourcesText.emptyWhy}
        </EmptyState>
      ) : (
        <>
          <SourcesTable home={home} sources={sources} />
          <ListFiles list="sources" />
        </>
      )}
      <EarlierSources home={home} sources={page.toContinue} />
      <ul className="links">
        <li>
          <Link to={`${home}/pasos/3`}>{sourcesText.toStep}</Link>
        </li>
        <li>
          <Link to="/mapas">{mapsText.link}</Link>
        </li>
        {mayAnalyse && isApproved && ready > 0 && (
          <li>
            <Link to={`${home}/analisis`}>{sourcesText.analysis}</Link>
          </li>
        )}
        {mayAnalyse && isApproved && ready > 0 && (
          <li>
            <Link to={`${home}/segmentos`}>{segmentsText.title}</Link>
          </li>
        )}
      </ul>
    </VStack>
  )
}

type Line = ReturnType<typeof useLoaderData<typeof loader>>['sources'][number]

function SourcesTable({ home, sources }: { home: string; sources: Line[] }) {
  const { columns } = sourcesText
  return (
    <DataTable
      caption={sourcesText.caption}
      rows={sources}
      rowKey={(source) => source.id}
      columns={[
        {
          key: 'name',
          header: columns.name,
          rowHeader: true,
          cell: (source) => <Link to={`${home}/fuentes/${source.id}`}>{source.name}</Link>,
        },
        { key: 'owner', header: columns.owner, cell: (source) => source.ownerAgency },
        {
          key: 'period',
          header: columns.period,
          cell: (source) => sourcesText.period(source.periodFrom, source.periodTo),
        },
        {
          key: 'freshness',
          header: freshnessText.column,
          cell: (source) => <FreshnessChip freshness={source.freshness} />,
        },
        {
          key: 'rows',
          header: columns.rows,
          numeric: true,
          cell: (source) => (source.rows === null ? sourcesText.noFile : formatNumber(source.rows)),
        },
        {
          key: 'hash',
          header: columns.hash,
          cell: (source) => source.snapshotHash && <HashShort hash={source.snapshotHash} purpose={columns.hash} />,
        },
      ]}
    />
  )
}
