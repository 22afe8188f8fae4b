import type { LinksFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Outlet, useLoaderData, useRouteError, useRouteLoaderData } from '@remix-run/react'
import { ErrorPage, errorTitle } from '../../components/error-page.tsx'
import { PublicShell } from '../../components/public-shell.tsx'
import type { loader as rootLoader } from '../../root.tsx'
import { findSession } from '../../session.server.ts'
import { openDataText } from '../../text/open-data.ts'

export const meta: MetaFunction = ({ error }) => errorTitle(error)

export const links: LinksFunction = () => [
  {
    ...{ rel: 'alternate', type: 'application/atom+xml', title: openDataText.feed.title },
    href: '/datos-abiertos/novedades.atom',
  },
]

export async function loader({ request, context }: LoaderFunctionArgs) {
  const session = await findSession(request, context)
  return { signedIn: session !== null }
}

export default function PublicLayout() {
  const { signedIn } = useLoaderData<typeof loader>()
  const root = useRouteLoaderData<typeof rootLoader>('root')
  return (
    <PublicShell isDemo={root?.isDemo ?? false} signedIn={signedIn}>
      <Outlet />
    </PublicShell>
  )
}

export function ErrorBoundary() {
  const frame = useRouteLoaderData<typeof loader>('routes/public/layout')
  const root = useRouteLoaderData<typeof rootLoader>('root')
  return (
    <PublicShell isDemo={root?.isDemo ?? false} signedIn={frame?.signedIn ?? false}>
      <ErrorPage error={useRouteError()} requestId={root?.requestId} />
    </PublicShell>
  )
}
