import { Alert, BodyLong, Heading, VStack } from '@navikt/ds-react'
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { withoutEntity } from '../../../db/client.ts'
import { listCorrespondences } from '../../../db/correspondences.ts'
import { listSeries } from '../../../db/public-catalogue.ts'
import { findPublicRelease, parseVersion } from '../../../db/public-releases.ts'
import { seriesNodes } from '../../../documents/dcat.ts'
import { jsonLdOf } from '../../../documents/rdf.ts'
import { notFound } from '../../answer.server.ts'
import { Breadcrumbs } from '../../components/breadcrumbs.tsx'
import { Correspondences } from '../../components/correspondences.tsx'
import { DatasetFacts, Files, HowToVerify, Machine, Preview, Versions } from '../../components/dataset.tsx'
import { Comparison, Dictionary } from '../../components/dataset-meaning.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { ReleaseChip } from '../../components/state-chip.tsx'
import { negotiate } from '../../pages/catalogue.server.ts'
import { correspondedNames, permanentAddress, readPreview } from '../../pages/open-data.server.ts'
import { openDataText } from '../../text/open-data.ts'
import { shellText } from '../../text/shell.ts'
import { comparisonSentences } from '../../text/variables.ts'

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  data
    ? [
        { title: shellText.title(data.release.metadata.title) },
        { name: 'description', content: data.release.metadata.description.slice(0, 300) },
        { 'script:ld+json': data.dcat as never },
        {
          ...{ tagName: 'link', rel: 'alternate', type: 'text/turtle' },
          href: `/datos-abiertos/${data.release.slug}/catalogo.ttl`,
        },
      ]
    : [{ title: shellText.title(openDataText.title) }]

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  if (params.version === undefined) negotiate(request, `/datos-abiertos/${encodeURIComponent(params.conjunto ?? '')}`)
  const version = params.version === undefined ? undefined : parseVersion(params.version)
  if (params.version !== undefined && version === undefined) throw notFound(context.requestId)
  const { release, series, correspondences } = await withoutEntity(context.publicDb, async (trx) => ({
    release: await findPublicRelease(trx, params.conjunto ?? '', version),
    series: await listSeries(trx, [params.conjunto ?? '']),
    correspondences: await listCorrespondences(trx, params.conjunto ?? ''),
  }))
  if (!release) throw notFound(context.requestId)
  const shown = await readPreview(context, release)
  const address = permanentAddress(context.config.PUBLIC_URL, release)
  const comparison = series
    .flatMap(({ releases }) => releases)
    .find((one) => one.version === release.version)?.comparison
  return {
    release,
    address,
    ...shown,
    comparison: comparison ? { vigencia: comparison.vigencia, sentences: comparisonSentences(comparison) } : null,
    joined: correspondedNames(correspondences),
    dcat: jsonLdOf(series.flatMap((one) => seriesNodes(context.config.PUBLIC_URL, one))),
  }
}

export default function Dataset() {
  const { release, address, preview, dictionary, comparison, joined } = useLoaderData<typeof loader>()
  const { metadata, entity, version, publishedAt } = release
  const crumbs = [{ label: openDataText.title, to: '/datos-abiertos' }, { label: metadata.title }]
  return (
    <VStack gap="space-32">
      <div>
        <Breadcrumbs home="/" crumbs={crumbs} />
        <PageHeader
          title={metadata.title}
          chips={<ReleaseChip status={release.status} />}
          state={openDataText.state(entity, version, publishedAt)}
        />
        <State />
      </div>
      <div className="reading">
        {metadata.description.split(/\n+/).map((paragraph) => (
          <BodyLong key={paragraph} spacing>
            {paragraph}
          </BodyLong>
        ))}
        {release.demoNote && <Alert variant="warning">{release.demoNote}</Alert>}
      </div>
      {release.files.length > 0 && <Files release={release} />}
      <DatasetFacts release={release} address={address} />
      {preview && <Preview preview={preview} />}
      {dictionary.length > 0 && (
        <Dictionary lines={dictionary} page={`/datos-abiertos/${release.slug}/${version}/diccionario`} />
      )}
      {comparison && <Comparison {...comparison} />}
      <Correspondences slug={release.slug} names={joined} />
      <Machine release={release} />
      <Versions release={release} />
      {release.files.length > 0 && <HowToVerify />}
    </VStack>
  )
}

/** What a reader must know before using an old or a withdrawn version. */
function State() {
  const { release } = useLoaderData<typeof loader>()
  const { status, withdrawnAt, withdrawnReason, slug, versions, vigencia } = release
  const newest = versions.find((one) => one.vigencia === vigencia)?.version ?? release.version
  if (status === 'withdrawn') {
    return (
      <Alert variant="warning" className="reading">
        <Heading level="2" size="xsmall">
          {openDataText.withdrawn}
        </Heading>
        <p>{openDataText.withdrawnOn(withdrawnAt ?? release.publishedAt)}</p>
        <p>
          {openDataText.reason}: {withdrawnReason}
        </p>
      </Alert>
    )
  }
  if (status !== 'corrected') return null
  return (
    <Alert variant="info" className="reading">
      {openDataText.corrected(newest)} <Link to={`/datos-abiertos/${slug}/${newest}`}>{openDataText.seeNewest}</Link>
    </Alert>
  )
}
