import { VStack } from '@navikt/ds-react'
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Link, useActionData, useLoaderData, useSearchParams } from '@remix-run/react'
import { CONNECTION_KINDS } from '../../../domain/connections.ts'
import { isId } from '../../../domain/ids.ts'
import { typedIn } from '../../administration.server.ts'
import { defineConnection } from '../../commands/keep-connections.server.ts'
import { Breadcrumbs } from '../../components/breadcrumbs.tsx'
import { ConnectionForm } from '../../components/connections/connection-form.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { loadAsKeeper } from '../../connections.server.ts'
import { invalidConnection } from '../../pages/connection-forms.server.ts'
import { completed } from '../../pages/outside-forms.server.ts'
import { requireActor } from '../../session.server.ts'
import { connectionsText, connectionText, kindNames } from '../../text/connections.ts'
import { shellText } from '../../text/shell.ts'

export const meta: MetaFunction = () => [{ title: shellText.title(connectionText.newTitle) }]

export async function loader({ request, context }: LoaderFunctionArgs) {
  const asked = new URL(request.url).searchParams.get('tipo')
  const kind = CONNECTION_KINDS.find((known) => known === asked) ?? 'postgresql'
  return await loadAsKeeper(request, context, async () => ({ kind }))
}

export async function action({ request, context }: ActionFunctionArgs) {
  const actor = await requireActor(request, context)
  const typed = await typedIn(request)
  const change = await defineConnection(context, actor, completed(typed))
  if (!change.ok) return invalidConnection(change.problems, typed)
  const cycle = new URL(request.url).searchParams.get('ejercicio') ?? undefined
  const back = isId(cycle) ? `&ejercicio=${cycle}` : ''
  return redirect(`/conexiones/${change.saved.id}?hecho=definida${back}`)
}

export default function NewConnection() {
  const { kind } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const [search] = useSearchParams()
  const to = (one: string) =>
    `?${new URLSearchParams([...[...search].filter(([name]) => name !== 'tipo'), ['tipo', one]])}`
  return (
    <VStack gap="space-24">
      <div>
        <Breadcrumbs
          crumbs={[{ label: connectionsText.title, to: '/conexiones' }, { label: connectionText.newTitle }]}
        />
        <PageHeader title={connectionText.newTitle} state={connectionText.newState} />
      </div>
      <nav className="sections" aria-label={connectionText.kinds}>
        <ul>
          {CONNECTION_KINDS.map((one) => (
            <li key={one}>
              <Link to={to(one)} aria-current={one === kind ? 'page' : undefined}>
                {kindNames[one]}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <ConnectionForm key={kind} kind={kind} answer={answer} cancelTo="/conexiones" />
    </VStack>
  )
}
