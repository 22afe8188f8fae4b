import type { LoaderFunctionArgs } from '@remix-run/node'
import { NavLink, Outlet } from '@remix-run/react'
import { requireAdministrator } from '../../administration.server.ts'
import { administrationText, sectionsText } from '../../text/administration.ts'

/** A whole area: anyone who does not administer gets 403 here and in every page under it. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireAdministrator(request, context)
  return null
}

const { inicio, ...sections } = sectionsText

export default function AdministrationLayout() {
  return (
    <>
      <nav className="sections" aria-label={administrationText.navLabel}>
        <ul>
          <li>
            <NavLink to="/administracion" end>
              {inicio}
            </NavLink>
          </li>
          {Object.entries(sections).map(([path, label]) => (
            <li key={path}>
              <NavLink to={`/administracion/${path}`}>{label}</NavLink>
            </li>
          ))}
        </ul>
      </nav>
      <Outlet />
    </>
  )
}
