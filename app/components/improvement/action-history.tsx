import type { ActionStatus } from '../../../domain/improvement.ts'
import { formatInstant } from '../../text/format.ts'
import { actionText as words } from '../../text/improvement.ts'
import { Section } from '../section.tsx'
import { ActionChip } from '../state-chip.tsx'

interface ShownEntry {
  id: string
  status: ActionStatus
  body: string
  evidence: string | null
  person: string
  position: string
  at: Date | string
}

/** What was told of an action, newest first, down to its beginning. */
export function ActionHistory({ entries, createdAt }: { entries: ShownEntry[]; createdAt: Date | string }) {
  return (
    <Section id="historia" title={words.historyTitle}>
      <ol className="timeline">
        {entries.map((entry) => (
          <li key={entry.id}>
            <p className="entry-head">
              <time dateTime={new Date(entry.at).toISOString()}>{formatInstant(entry.at)}</time>
              <span>{words.entryBy(entry.position, entry.person)}</span>
              <ActionChip status={entry.status} />
            </p>
            <p className="reading typed">{entry.body}</p>
            {entry.evidence && <Evidence evidence={entry.evidence} />}
          </li>
        ))}
        <li>
          <p>{words.made(createdAt)}</p>
        </li>
      </ol>
    </Section>
  )
}

/** An address opens; anything else is the name of a document. */
function Evidence({ evidence }: { evidence: string }) {
  return (
    <p>
      {words.evidenceOf}:{' '}
      {/^https?:\/\/\S+$/.test(evidence) ? (
        <a href={evidence} rel="noreferrer noopener nofollow">
          {evidence}
        </a>
      ) : (
        evidence
      )}
    </p>
  )
}
