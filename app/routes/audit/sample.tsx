import { VStack } from '@navikt/ds-react'
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { SampleRecipe } from '../../components/audit/sample-recipe.tsx'
import { Breadcrumbs } from '../../components/breadcrumbs.tsx'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { type Fact, Facts } from '../../components/facts.tsx'
import { HashShort } from '../../components/hash-short.tsx'
import { ListFiles } from '../../components/list-files.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Pagination } from '../../components/pagination.tsx'
import { Section } from '../../components/section.tsx'
import { loadSample } from '../../pages/audit-samples.server.ts'
import { requireActor } from '../../session.server.ts'
import { auditText } from '../../text/audit.ts'
import {
  paperResultText,
  paperText,
  populationText,
  sampleMethodText,
  samplesText,
  stratumText,
  sampleText as words,
} from '../../text/audit-samples.ts'
import { formatInstant, formatNumber } from '../../text/format.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: shellText.title(data ? words.of(data.sample.code) : samplesText.title) },
]

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  return await loadSample(context, actor, params.muestra ?? '', new URL(request.url).searchParams)
}

type Page = ReturnType<typeof useLoaderData<typeof loader>>

/** One sample: what it was drawn from, its items with their papers, and how anybody draws it again. */
export default function Sample() {
  const { sample, items, next, repeated } = useLoaderData<typeof loader>()
  const { code, population, drawnBy, drawnIn, drawnAt } = sample
  const crumbs = [
    { label: auditText.title, to: '/auditoria' },
    { label: samplesText.title, to: '/auditoria/muestras' },
    { label: code },
  ]
  const rows = items.map((item) => ({ ...item, code, population }))
  return (
    <VStack gap="space-32">
      <div>
        <Breadcrumbs crumbs={crumbs} />
        <PageHeader title={words.of(code)} state={words.drawn(drawnBy, drawnIn, drawnAt)} />
      </div>
      <Facts facts={factsOf(sample)} layout="described" />
      <Section id="elementos" title={words.items}>
        <DataTable caption={words.caption} columns={COLUMNS} rows={rows} rowKey={({ ordinal }) => String(ordinal)} />
        <Pagination next={next} />
        <ListFiles list="sample_items" of={{ muestra: code }} />
      </Section>
      <Section id="repetir" title={words.how}>
        <SampleRecipe sample={sample} repeated={repeated} />
      </Section>
    </VStack>
  )
}

function factsOf({ population, part, from, to, until, method, seed, count, wanted, hash }: Page['sample']): Fact[] {
  return [
    [words.population, populationText[population]],
    ...(part ? [[words.part, stratumText(population, part)] satisfies Fact] : []),
    [words.days, samplesText.days(from, to)],
    [words.until, formatInstant(new Date(until))],
    [words.method, sampleMethodText[method]],
    [words.seed, <code key="seed">{seed}</code>],
    [words.wanted, formatNumber(wanted)],
    [words.count, formatNumber(count)],
    [words.hash, <HashShort key="hash" hash={hash} purpose={words.hash} copy />],
  ]
}

type Row = Page['items'][number] & Pick<Page['sample'], 'code' | 'population'>

const COLUMNS: Column<Row>[] = [
  {
    key: 'numero',
    header: words.columns.ordinal,
    rowHeader: true,
    cell: ({ code, ordinal }) => (
      <Link className="row-link nowrap" to={`/auditoria/muestras/${code}/${ordinal}`}>
        {paperText.of(ordinal)}
      </Link>
    ),
  },
  {
    key: 'que',
    header: words.columns.what,
    cell: ({ sentence, cycleName }) => (
      <>
        {sentence} {cycleName && <span className="quiet block">{cycleName}</span>}
      </>
    ),
  },
  { key: 'cuando', header: words.columns.at, cell: ({ at }) => formatInstant(at) },
  { key: 'parte', header: words.columns.stratum, cell: ({ population, stratum }) => stratumText(population, stratum) },
  { key: 'tamano', header: words.columns.size, numeric: true, cell: ({ size }) => formatNumber(size) },
  {
    key: 'papel',
    header: words.columns.paper,
    cell: ({ result }) => (result ? paperResultText[result] : words.noPaper),
  },
  { key: 'hallazgos', header: words.columns.findings, cell: ({ findings }) => findings.join(', ') },
]
