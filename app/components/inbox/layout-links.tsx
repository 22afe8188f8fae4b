import { Link } from '@remix-run/react'
import type { InboxFilters } from '../../../domain/inbox.ts'
import { inboxText } from '../../text/inbox.ts'
import { searchOf } from '../../text/inbox-address.ts'

/** The lines as a list or as a table; everything else in the address stays. */
export function LayoutLinks({ filters }: { filters: InboxFilters }) {
  const { layout, columns: _, ...others } = filters
  const { layouts } = inboxText
  const choices = [
    { words: layouts.list, to: searchOf(others), isShown: layout === undefined },
    { words: layouts.table, to: searchOf({ ...others, layout: 'table' }), isShown: layout === 'table' },
  ]
  return (
    <nav aria-label={layouts.label} className="no-print">
      <ul className="chips">
        {choices.map(({ words, to, isShown }) => (
          <li key={words}>
            <Link to={`?${to}`} className="chip-link" aria-current={isShown ? 'true' : undefined} preventScrollReset>
              {words}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
