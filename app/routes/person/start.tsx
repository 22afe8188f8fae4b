import { BodyLong, Button, Heading, InlineMessage, VStack } from '@navikt/ds-react'
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { withActor } from '../../../db/client.ts'
import { findDemonstration } from '../../../db/demonstration.ts'
import { PageHeader } from '../../components/page-header.tsx'
import { countsOfWaiting } from '../../pages/waiting.server.ts'
import { requireActor } from '../../session.server.ts'
import { shellText } from '../../text/shell.ts'
import { startText, suggestionFor } from '../../text/start.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(startText.title) }]

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  const { position } = actor
  const [counts, demonstration] = await withActor(context.db, actor, async (trx) => [
    await countsOfWaiting(trx, actor),
    await findDemonstration(trx),
  ])
  return { position: position.name, duty: position.duty, ...counts, demonstration }
}

export default function Start() {
  const { position, duty, tasks, waiting, demonstration } = useLoaderData<typeof loader>()
  const suggestion = suggestionFor(duty, tasks.n)
  return (
    <VStack gap="space-32">
      <PageHeader title={startText.greeting(position)} state={suggestion.role} />
      {demonstration && !demonstration.done && (
        <InlineMessage status="info">{startText.demonstration(demonstration.sentence)}</InlineMessage>
      )}
      <section className="card reading" aria-labelledby="empezar">
        <VStack gap="space-16">
          <Heading level="2" size="small" id="empezar">
            {startText.firstTitle}
          </Heading>
          <BodyLong>{suggestion.first}</BodyLong>
          {waiting.n > 0 && <BodyLong>{startText.waiting(waiting)}</BodyLong>}
          <div>
            <Button as={Link} to={suggestion.to}>
              {suggestion.action}
            </Button>
          </div>
        </VStack>
      </section>
      <section aria-labelledby="tambien">
        <Heading level="2" size="small" spacing id="tambien">
          {startText.moreTitle}
        </Heading>
        <ul className="links">
          {suggestion.others.map((other) => (
            <li key={other.to}>
              <Link to={other.to}>{other.label}</Link>
            </li>
          ))}
        </ul>
      </section>
    </VStack>
  )
}
