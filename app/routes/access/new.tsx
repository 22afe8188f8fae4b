import { Alert, BodyLong, VStack } from '@navikt/ds-react'
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { RequestForm } from '../../components/access/request-form.tsx'
import { RestoreForm } from '../../components/access/restore-form.tsx'
import { Breadcrumbs } from '../../components/breadcrumbs.tsx'
import { FindPerson } from '../../components/find-person.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { loadNewAccess, loadRestored } from '../../pages/access.server.ts'
import { actOnNewAccess } from '../../pages/access-actions.server.ts'
import { requireActor } from '../../session.server.ts'
import { accessText, newAccessText as words } from '../../text/access.ts'
import { undoText } from '../../text/reviews.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(words.title) }]

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  const search = new URL(request.url).searchParams
  const restored = search.get('restablece')
  if (restored) return { kind: 'restored' as const, ...(await loadRestored(context, actor, restored)) }
  return { kind: 'new' as const, ...(await loadNewAccess(context, actor, search)) }
}

export async function action({ request, context }: ActionFunctionArgs) {
  const actor = await requireActor(request, context)
  return await actOnNewAccess(context, actor, await request.formData())
}

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>

export default function NewAccess() {
  const loaded = useLoaderData<typeof loader>()
  return loaded.kind === 'restored' ? <RestoreAccess {...loaded} /> : <AskAccess {...loaded} />
}

/** One screen: what a review ended, as it was. */
function RestoreAccess({ whyNot, ...restored }: Extract<Loaded, { kind: 'restored' }>) {
  const answer = useActionData<typeof action>()
  return (
    <>
      <Breadcrumbs crumbs={[{ label: accessText.title, to: '/accesos' }, { label: undoText.title }]} />
      <VStack gap="space-24" className="reading">
        <PageHeader title={undoText.title} state={whyNot ? undefined : undoText.intro} />
        {whyNot && <Alert variant="info">{whyNot}</Alert>}
        {restored.asked && <RestoreForm {...restored} answer={answer} />}
      </VStack>
    </>
  )
}

/** Two screens: first who, then what. */
function AskAccess({ agency, whyNot, person, points, ...rest }: Extract<Loaded, { kind: 'new' }>) {
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
