import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { Breadcrumbs } from '../../components/breadcrumbs.tsx'
import { AskRights } from '../../components/rights/ask-rights.tsx'
import { actOnAskRights, loadAskRights } from '../../pages/ask-rights.server.ts'
import { requireActor } from '../../session.server.ts'
import { rightsText } from '../../text/rights.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(rightsText.receive) }]

export async function loader({ request, context }: LoaderFunctionArgs) {
  return await loadAskRights(context, await requireActor(request, context))
}

export async function action({ request, context }: ActionFunctionArgs) {
  const actor = await requireActor(request, context)
  return await actOnAskRights(context, actor, await request.formData())
}

/** The same form, filled in for the citizen by whoever attends to them. */
export default function ReceiveRights() {
  const { entities, first } = useLoaderData<typeof loader>()
  const shown = useActionData<typeof action>() ?? first
  return (
    <>
      <Breadcrumbs crumbs={[{ label: rightsText.crumb, to: '/derechos' }, { label: rightsText.receive }]} />
      <AskRights entities={entities} shown={shown} isInside />
    </>
  )
}
