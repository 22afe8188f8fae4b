import { BodyLong, VStack } from '@navikt/ds-react'
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { GroundsAnswer } from '../../components/access/grounds-answer.tsx'
import { GroundsQuestion } from '../../components/access/grounds-question.tsx'
import { Breadcrumbs } from '../../components/breadcrumbs.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { loadAccessGrounds } from '../../pages/access-grounds.server.ts'
import { requireActor } from '../../session.server.ts'
import { accessText } from '../../text/access.ts'
import { accessGroundsText as words } from '../../text/access-grounds.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(words.title) }]

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  return await loadAccessGrounds(context, actor, new URL(request.url).searchParams)
}

export default function AccessGrounds() {
  const { answer, record, ...question } = useLoaderData<typeof loader>()
  const { person, isSelf } = question
  const point = question.points.find(({ id }) => id === question.pointId)
  return (
    <>
      <Breadcrumbs crumbs={[{ label: accessText.title, to: '/accesos' }, { label: words.title }]} />
      <VStack gap="space-24" className="reading">
        <PageHeader title={words.title} state={words.state(isSelf ? words.self.toLowerCase() : person.name)} />
        {record && (
          <BodyLong>
            {words.ofRecord} <Link to={`/captura/registros/${record.id}`}>{record.code}</Link>. {words.recordRule}
          </BodyLong>
        )}
        {answer && <GroundsAnswer answer={answer} point={point?.name ?? ''} />}
        <GroundsQuestion {...question} />
      </VStack>
    </>
  )
}
