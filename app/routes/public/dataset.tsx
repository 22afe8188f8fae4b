import { Alert, BodyLong, Heading, VStack } from '@navikt/ds-react'
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { withoutEntity } from '../../../db/client.ts'
import { findPublicRelease, parseVersion } from '../../../db/public-releases.ts'
import { notFound } from '../../answer.server.ts'
import { Breadcrumbs } from '../../components/breadcrumbs.tsx'
import { DatasetFacts, Dictionary, Files, HowToVerify, Preview, Versions } from '../../components/dataset.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { ReleaseChip } from '../../components/state-chip.tsx'
import { dcatOf, permanentAddress, readPreview } from '../../pages/open-data.server.ts'
import { openDataText } from '../../text/open-data.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  data
    ? [
        { title: shellText.title(data.release.metadata.title) },
        { name: 'description', content: data.release.metadata.description.slice(0, 300) },
        { 'script:ld+json': data.dcat as never },
      ]
    : [{ title: shellText.title(openDataText.title) }]

export async function loader({ params, context }: LoaderFunctionArgs) {
  const version = params.version === undefined ? undefined : parseVersion(params.version)
  if (params.version !== undefined && version === undefined) throw notFound(context.requestId)
  const release = await withoutEntity(context.publicDb, (trx) => findPublicRelease(trx, params.conjunto ?? '', version))
  if (!release) throw notFound(context.requestId)
  const shown = await readPreview(context, release)
  const address = permanentAddress(context.config.PUBLIC_URL, release)
  return { release, address, ...shown, dcat: dcatOf(context.config.PUBLIC_URL, release) }
}

export default function Dataset() {
  const { release, address, preview, dictionary } = useLoaderData<typeof loader>()
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
      {dictionary.length > 0 && <Dictionary lines={dictionary} />}
      <Versions release={release} />
      {release.files.length > 0 && <HowToVerify />}
    </VStack>
  )
}

/** What a reader must know before using an old or a withdrawn version. */
function State() {
  const { release } = useLoaderData<typeof loader>()
  const { status, withdrawnAt, withdrawnReason, slug, versions } = release
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
      {openDataText.corrected(versions[0]?.version ?? release.version)}{' '}
      <Link to={`/datos-abiertos/${slug}`}>{openDataText.seeNewest}</Link>
    </Alert>
  )
}
