import { Link } from '@remix-run/react'
import { shellText } from '../text/shell.ts'

export interface Crumb {
  label: string
  /** Absent on the last one: the page itself. */
  to?: string
}

interface Props {
  crumbs: Crumb[]
  /** Where the path begins: the page behind sign-in, or the front of the public pages. */
  home?: '/inicio' | '/'
}

export function Breadcrumbs({ crumbs, home = '/inicio' }: Props) {
  return (
    <nav className="breadcrumbs" aria-label={shellText.breadcrumbs}>
      <ol>
        {[{ label: shellText.start, to: home }, ...crumbs].map((crumb) => (
          <li key={crumb.label}>
            {crumb.to ? <Link to={crumb.to}>{crumb.label}</Link> : <span aria-current="page">{crumb.label}</span>}
          </li>
        ))}
      </ol>
    </nav>
  )
}
