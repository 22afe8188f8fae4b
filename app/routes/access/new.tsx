import { Alert, BodyLong, VStack } from '@navikt/ds-react'
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { RequestForm } from '../../components/access/request-form.tsx'
import { Breadcrumbs } from '../../components/breadcrumbs.tsx'
import { FindPerson } from '../../components/find-person.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { loadNewAccess } from '../../pages/access.server.ts'
import { actOnNewAccess } from '../../pages/access-actions.server.ts'
import { requireActor } from '../../session.server.ts'
import { accessText, newAccessText as words } from '../../text/access.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(words.title) }]

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  return await loadNewAccess(context, actor, new URL(request.url).searchParams)
}

export async function action({ request, context }: ActionFunctionArgs) {
  const actor = await requireActor(request, context)
  return await actOnNewAccess(context, actor, await request.formData())
}

/** Asks for access in two screens: first who, then what. */
export default function NewAccess() {
  const { agency, whyNot, person, points, ...rest } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <>
      <Breadcrumbs crumbs={[{ label: accessText.title, to: '/accesos' }, { label: words.title }]} />
      <VStack gap="space-24" className="reading">
        <PageHeader title={words.title} state={whyNot ? undefined : words.state(agency)} />
        {whyNot && <Alert variant="info">{whyNot}</Alert>}
        {!whyNot && points.length === 0 && <BodyLong>{words.noPoints}</BodyLong>}
        {!whyNot && points.length > 0 && !person && <FindPerson words={words} {...rest} />}
        {!whyNot && points.length > 0 && person && (
          <RequestForm person={person} points={points} answer={answer} {...rest} />
        )}
      </VStack>
    </>
  )
}
