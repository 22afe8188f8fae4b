import { Link } from '@remix-run/react'
import type { InboxFilters } from '../../../domain/inbox.ts'
import { viewsText } from '../../text/inbox.ts'
import { searchOf } from '../../text/inbox-address.ts'

interface Props {
  views: { id: string; name: string; search: string }[]
  filters: InboxFilters
}

/** The saved views, each an address; and the way to keep the filters at hand as one more. */
export function ViewLinks({ views, filters }: Props) {
  const search = searchOf(filters)
  const isSaved = views.some((view) => view.search === search)
  return (
    <nav aria-label={viewsText.nav} className="no-print">
      <ul className="chips">
        {views.map((view) => (
          <li key={view.id}>
            <Link
              to={`?${view.search}`}
              className="chip-link"
              aria-current={view.search === search ? 'page' : undefined}
              preventScrollReset
            >
              {view.name}
            </Link>
          </li>
        ))}
        <li>
          <Link to={isSaved ? '/bandeja/vistas' : `/bandeja/vistas?${search}`} className="chip-note">
            {isSaved ? viewsText.manage : viewsText.save}
          </Link>
        </li>
      </ul>
    </nav>
  )
}
