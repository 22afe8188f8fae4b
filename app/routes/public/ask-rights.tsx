import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { Breadcrumbs } from '../../components/breadcrumbs.tsx'
import { AskRights } from '../../components/rights/ask-rights.tsx'
import { actOnAskRights, loadAskRights } from '../../pages/ask-rights.server.ts'
import { myRightsText, askRightsText as words } from '../../text/my-rights.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction = () => [
  { title: shellText.title(words.title) },
  { name: 'robots', content: 'noindex' },
]

export async function loader({ context }: LoaderFunctionArgs) {
  return await loadAskRights(context, null)
}

export async function action({ request, context }: ActionFunctionArgs) {
  return await actOnAskRights(context, null, await request.formData())
}

export default function AskRightsPage() {
  const { entities, first } = useLoaderData<typeof loader>()
  const shown = useActionData<typeof action>() ?? first
  return (
    <>
      <Breadcrumbs home="/" crumbs={[{ label: myRightsText.crumb, to: '/mis-derechos' }, { label: words.title }]} />
      <AskRights entities={entities} shown={shown} isInside={false} />
    </>
  )
}
