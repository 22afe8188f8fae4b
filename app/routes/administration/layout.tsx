import type { LoaderFunctionArgs } from '@remix-run/node'
import { Outlet } from '@remix-run/react'
import { requireAdministrator } from '../../administration.server.ts'
import { AdministrationSections } from '../../components/administration-sections.tsx'

/** A whole area: anyone who does not administer gets 403 here and in every page under it. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireAdministrator(request, context)
  return null
}

export default function AdministrationLayout() {
  return (
    <>
      <AdministrationSections />
      <Outlet />
    </>
  )
}
