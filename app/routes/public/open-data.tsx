import { BodyLong, Heading, HStack, VStack } from '@navikt/ds-react'
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { withoutEntity } from '../../../db/client.ts'
import { type DatasetLine, listDatasets, PAGE_SIZE, parseVersion } from '../../../db/public-releases.ts'
import { Breadcrumbs } from '../../components/breadcrumbs.tsx'
import { Pagination } from '../../components/pagination.tsx'
import { ReleaseChip } from '../../components/state-chip.tsx'
import { negotiate } from '../../pages/catalogue.server.ts'
import { openDataText } from '../../text/open-data.ts'
import { publicLogText } from '../../text/public-log.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(openDataText.title) }]

export async function loader({ request, context }: LoaderFunctionArgs) {
  negotiate(request, '/datos-abiertos')
  const page = parseVersion(new URL(request.url).searchParams.get('pagina') ?? '1') ?? 1
  const { datasets, total } = await withoutEntity(context.publicDb, (trx) => listDatasets(trx, page))
  return { datasets, total, next: page * PAGE_SIZE < total ? String(page + 1) : null }
}

export default function OpenData() {
  const { datasets, total, next } = useLoaderData<typeof loader>()
  return (
    <VStack gap="space-24">
      <div>
        <Breadcrumbs home="/" crumbs={[{ label: openDataText.title }]} />
        <VStack gap="space-12" className="reading">
          <Heading level="1" size="xlarge">
            {openDataText.title}
          </Heading>
          <BodyLong>{openDataText.intro}</BodyLong>
          <BodyLong>{total === 0 ? openDataText.none : openDataText.count(total)}</BodyLong>
          <HStack gap="space-24" wrap className="links">
            <Link to="/historia">{publicLogText.title}</Link>
            <a href="/datos-abiertos/novedades.atom">{openDataText.subscribe}</a>
            <a href="/datos-abiertos/catalogo.jsonld">{openDataText.catalogueIn.jsonld}</a>
            <a href="/datos-abiertos/catalogo.ttl">{openDataText.catalogueIn.turtle}</a>
          </HStack>
        </VStack>
      </div>
      <div className="cards">
        {datasets.map((dataset) => (
          <DatasetCard key={dataset.slug} dataset={dataset} />
        ))}
      </div>
      <Pagination next={next} name="pagina" />
    </VStack>
  )
}

type Line = Omit<DatasetLine, 'publishedAt'> & { publishedAt: Date | string }

function DatasetCard({ dataset }: { dataset: Line }) {
  return (
    <article className="card">
      <VStack gap="space-12">
        <Heading level="2" size="small">
          <Link to={`/datos-abiertos/${dataset.slug}`}>{dataset.title}</Link>
        </Heading>
        <HStack gap="space-8" align="center">
          <ReleaseChip status={dataset.status as 'published'} />
          <span className="quiet">{dataset.entity}</span>
        </HStack>
        <BodyLong>{shortened(dataset.description)}</BodyLong>
        <span className="quiet">{openDataText.publishedLine(dataset.version, dataset.publishedAt)}</span>
        {dataset.demoNote && <span className="quiet">{dataset.demoNote}</span>}
      </VStack>
    </article>
  )
}

function shortened(text: string): string {
  return text.length > 240 ? `${text.slice(0, 240).replace(/\s+\S*$/, '')}…` : text
}
