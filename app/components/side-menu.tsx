import { Link, NavLink, useLocation } from '@remix-run/react'
import { shellText } from '../text/shell.ts'

export interface MenuItem {
  to: string
  label: string
  /** Addresses that are reached by it, though they do not begin like it. */
  under: string[]
}

/** Only what the actor may open is in `items`. Under 1024 px it folds into one disclosure. */
export function SideMenu({ items }: { items: MenuItem[] }) {
  const { key } = useLocation()
  return (
    <>
      <nav className="sidemenu" aria-label={shellText.menuLabel}>
        <MenuList items={items} />
      </nav>
      <details className="foldmenu" key={key}>
        <summary>{shellText.menu}</summary>
        <nav aria-label={shellText.menuLabel}>
          <MenuList items={items} />
        </nav>
      </details>
    </>
  )
}

function MenuList({ items }: { items: MenuItem[] }) {
  const { pathname } = useLocation()
  return (
    <ul>
      {items.map((item) => (
        <li key={item.to}>
          {item.under.some((address) => pathname === address || pathname.startsWith(`${address}/`)) ? (
            <Link to={item.to} aria-current="page">
              {item.label}
            </Link>
          ) : (
            <NavLink to={item.to}>{item.label}</NavLink>
          )}
        </li>
      ))}
    </ul>
  )
}
