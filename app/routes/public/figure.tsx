import { Alert, Heading, VStack } from '@navikt/ds-react'
import { type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { parseCode, spacedCode } from '../../../domain/verification-codes.ts'
import { notFound } from '../../answer.server.ts'
import { Breadcrumbs } from '../../components/breadcrumbs.tsx'
import { type Fact, Facts } from '../../components/facts.tsx'
import { FigureBlock } from '../../components/figure-block.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Signers } from '../../components/signed-document.tsx'
import { loadFigureCode } from '../../pages/figure-code.server.ts'
import { figureCodeText as words } from '../../text/figures.ts'
import { verifyText } from '../../text/open-data.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction = () => [
  { title: shellText.title(words.title) },
  // Whoever holds the code may look; search engines need not.
  { name: 'robots', content: 'noindex' },
]

export async function loader({ params, context }: LoaderFunctionArgs) {
  const code = parseCode(params.codigo ?? '')
  const page = code && (await loadFigureCode(context, code))
  if (!page) throw notFound(context.requestId, verifyText.unknown)
  if (params.codigo !== code) throw redirect(`/cifras/${code}`)
  return page
}

type Release = NonNullable<ReturnType<typeof useLoaderData<typeof loader>>['release']>

/** That what printed it was corrected or withdrawn since: a right count is not yet the figure that stands. */
function Since({ slug, version, status }: Release) {
  if (status !== 'corrected' && status !== 'withdrawn') return null
  const { title, why, to } = words.since[status]
  const dataset = `/datos-abiertos/${slug}`
  return (
    <Alert variant="warning">
      <Heading level="2" size="small">
        {title}
      </Heading>
      <p>
        {why} <Link to={status === 'withdrawn' ? `${dataset}/${version}` : dataset}>{to}</Link>
      </p>
    </Alert>
  )
}

export default function FigureCode() {
  const { code, entity, document, release, figure, recount, eliminated } = useLoaderData<typeof loader>()
  const facts: Fact[] = [
    [words.code, <code key="code">{spacedCode(code)}</code>],
    [words.entity, entity],
    [
      words.approvedIn,
      <Link key="document" to={`/verificar/${document.code}`}>
        {document.title}
      </Link>,
    ],
  ]
  if (release) {
    const to = `/datos-abiertos/${release.slug}/${release.version}`
    facts.push([
      words.printedIn,
      <Link key="release" to={to}>
        {words.release(release.title, release.version)}
      </Link>,
    ])
  }
  return (
    <VStack gap="space-32">
      <div>
        <Breadcrumbs home="/" crumbs={[{ label: verifyText.startTitle, to: '/verificar' }, { label: words.crumb }]} />
        <PageHeader title={words.title} state={words.state(figure.title)} />
      </div>
      {release && <Since {...release} />}
      <Alert
        variant={{ equal: 'success', different: 'error', gone: eliminated ? 'info' : 'warning' }[recount] as 'success'}
      >
        <Heading level="2" size="small">
          {words.recount[recount]}
        </Heading>
        <p>{recount === 'gone' && eliminated ? words.eliminated(eliminated) : words.recountWhy[recount]}</p>
      </Alert>
      <Facts layout="facts" facts={facts} />
      <FigureBlock figure={figure} isOriginOpen />
      <Signers signers={document.signers} />
    </VStack>
  )
}
