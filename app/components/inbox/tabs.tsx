import { Link } from '@remix-run/react'
import type { InboxCounts } from '../../../db/inbox.ts'
import { INBOX_GROUPS, type InboxFilters, type InboxGroup } from '../../../domain/inbox.ts'
import { inboxText } from '../../text/inbox.ts'
import { searchOf } from '../../text/inbox-address.ts'

/** One tab for each group and one for all; each says how many lines it opens under the same filters. */
export function InboxTabs({ filters, counts }: { filters: InboxFilters; counts: InboxCounts }) {
  const { group: shown, ...others } = filters
  const tab = (group: InboxGroup | undefined) => (
    <li key={group ?? 'all'}>
      <Link
        to={`?${searchOf({ ...others, group })}`}
        aria-current={group === shown ? 'page' : undefined}
        className="tabs__tab"
        preventScrollReset
      >
        {inboxText.heading(group ? inboxText.group(group) : inboxText.allTab, counts[group ?? 'total'])}
      </Link>
    </li>
  )
  return (
    <nav aria-label={inboxText.tabs} className="no-print">
      <ul className="tabs">{[undefined, ...INBOX_GROUPS].map(tab)}</ul>
    </nav>
  )
}
