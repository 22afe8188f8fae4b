import { BodyLong, VStack } from '@navikt/ds-react'
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { DICTIONARY_COLUMNS } from '../../../catalog/open-data-words.ts'
import { withoutEntity } from '../../../db/client.ts'
import { listCorrespondences } from '../../../db/correspondences.ts'
import { findPublicRelease, parseVersion } from '../../../db/public-releases.ts'
import { notFound } from '../../answer.server.ts'
import { Breadcrumbs } from '../../components/breadcrumbs.tsx'
import { Correspondences } from '../../components/correspondences.tsx'
import { DataTable } from '../../components/data-table.tsx'
import { Dictionary } from '../../components/dataset-meaning.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Section } from '../../components/section.tsx'
import { correspondedNames, readPreview } from '../../pages/open-data.server.ts'
import { openDataText as words } from '../../text/open-data.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: shellText.title(data ? words.dictionaryOf(data.title, data.version) : words.title) },
]

export async function loader({ params, context }: LoaderFunctionArgs) {
  const version = parseVersion(params.version ?? '')
  const slug = params.conjunto ?? ''
  const { release, correspondences } = await withoutEntity(context.publicDb, async (trx) => ({
    release: version ? await findPublicRelease(trx, slug, version) : undefined,
    correspondences: await listCorrespondences(trx, slug),
  }))
  if (!release || release.status === 'withdrawn') throw notFound(context.requestId)
  const { dictionary } = await readPreview(context, release)
  const shown = new Set(dictionary.map(({ code }) => code))
  const joined = correspondedNames(correspondences.filter(({ code }) => shown.has(code)))
  const file = release.files.find(({ kind }) => kind === 'dictionary')
  const { title } = release.metadata
  return { slug: release.slug, version: release.version, title, dictionary, joined, file: file?.name }
}

/** Every column of the files and every variable of the tables, in words; the same as the file of the dictionary. */
export default function DictionaryPage() {
  const { slug, version, title, dictionary, joined, file } = useLoaderData<typeof loader>()
  const page = `/datos-abiertos/${slug}/${version}`
  const crumbs = [
    { label: words.title, to: '/datos-abiertos' },
    { label: title, to: page },
    { label: words.dictionary },
  ]
  return (
    <VStack gap="space-32">
      <div>
        <Breadcrumbs home="/" crumbs={crumbs} />
        <PageHeader title={words.dictionaryOf(title, version)} state={words.dictionaryIntro} />
        {file && (
          <a href={`${page}/${file}`} download>
            {words.dictionaryFile}
          </a>
        )}
      </div>
      <Section id="columnas" title={words.columns}>
        <DataTable
          caption={words.columns}
          hideCaption
          rows={[...DICTIONARY_COLUMNS]}
          rowKey={([name]) => name}
          columns={[
            { key: 'name', header: words.columnHeads.name, rowHeader: true, cell: ([name]) => <code>{name}</code> },
            { key: 'type', header: words.columnHeads.type, cell: ([, type]) => type },
            {
              key: 'meaning',
              header: words.columnHeads.meaning,
              cell: ([, , meaning]) => <span className="sentence">{meaning}</span>,
            },
          ]}
        />
      </Section>
      {dictionary.length > 0 ? <Dictionary lines={dictionary} /> : <BodyLong>{words.dictionaryNone}</BodyLong>}
      <Correspondences slug={slug} names={joined} />
    </VStack>
  )
}
