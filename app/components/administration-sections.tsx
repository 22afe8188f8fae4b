import { NavLink } from '@remix-run/react'
import { administrationText, sectionsText } from '../text/administration.ts'

const { inicio, ...sections } = sectionsText

/** The sections of the administration, above each of its pages. */
export function AdministrationSections() {
  return (
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
  )
}
