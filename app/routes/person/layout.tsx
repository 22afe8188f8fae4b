import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Outlet, useLoaderData, useRouteError, useRouteLoaderData } from '@remix-run/react'
import { choiceOf, type HeldPosition } from '../../../db/positions.ts'
import { isByDirectory } from '../../../domain/proofs.ts'
import { ErrorPage, errorTitle } from '../../components/error-page.tsx'
import { PublicShell } from '../../components/public-shell.tsx'
import { WorkShell } from '../../components/work-shell.tsx'
import { menuOf } from '../../pages/menu.server.ts'
import type { loader as rootLoader } from '../../root.tsx'
import { requireActor } from '../../session.server.ts'

export const meta: MetaFunction = ({ error }) => errorTitle(error)

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await requireActor(request, context)
  return {
    account: actor.accountId,
    menu: menuOf(actor),
    sessionEndsAt: actor.sessionEndsAt,
    hasFactor: actor.hasFactor,
    isByDirectory: isByDirectory(actor.proof),
    bar: {
      entityName: actor.entity.name,
      shieldHash: actor.entity.shieldHash,
      isDemo: context.config.INSTALLATION === 'demo',
      personName: actor.displayName,
      position: plain(actor.position),
      positions: actor.positions.map(plain),
    },
  }
}

function plain(held: HeldPosition) {
  const { name, kind, actingFor } = held
  return { choice: choiceOf(held), name, kind, actingFor: actingFor?.name ?? null }
}

export default function PersonLayout() {
  return (
    <WorkShell {...useLoaderData<typeof loader>()}>
      <Outlet />
    </WorkShell>
  )
}

/** An error inside a page keeps the frame around it; without the frame's own data the public one stands in. */
export function ErrorBoundary() {
  const frame = useRouteLoaderData<typeof loader>('routes/person/layout')
  const root = useRouteLoaderData<typeof rootLoader>('root')
  const page = <ErrorPage error={useRouteError()} requestId={root?.requestId} />
  if (frame) return <WorkShell {...frame}>{page}</WorkShell>
  return (
    <PublicShell isDemo={root?.isDemo ?? false} signedIn>
      {page}
    </PublicShell>
  )
}
