import { VStack } from '@navikt/ds-react'
import { data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { AsOfAnswer } from '../../components/audit/as-of-answer.tsx'
import { AsOfQuestion } from '../../components/audit/as-of-question.tsx'
import { Breadcrumbs } from '../../components/breadcrumbs.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { loadAsOf } from '../../pages/as-of.server.ts'
import { requireActor } from '../../session.server.ts'
import { asOfText as words } from '../../text/as-of.ts'
import { auditText } from '../../text/audit.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(words.title) }]

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  const page = await loadAsOf(context, actor, new URL(request.url).searchParams)
  return data(page, { status: Object.keys(page.faults).length > 0 ? 422 : 200 })
}

/** Could somebody do something on a past date, by which rule, access and act. */
export default function AsOf() {
  const { answer, knownThen, link, cycleLink, ...question } = useLoaderData<typeof loader>()
  const { fields } = question
  return (
    <VStack gap="space-24" className="reading">
      <div>
        <Breadcrumbs crumbs={[{ label: auditText.title, to: '/auditoria' }, { label: words.title }]} />
        <PageHeader title={words.title} state={words.intro} />
      </div>
      {answer && <AsOfAnswer answer={answer} knownThen={knownThen} link={link} cycleLink={cycleLink} />}
      <AsOfQuestion key={JSON.stringify(fields)} {...question} />
    </VStack>
  )
}
