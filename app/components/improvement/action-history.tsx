import type { ActionStatus } from '../../../domain/improvement.ts'
import { formatInstant } from '../../text/format.ts'
import { actionText as words } from '../../text/improvement.ts'
import { Section } from '../section.tsx'
import { ActionChip } from '../state-chip.tsx'
import { type EvidenceFile, EvidenceFiles } from './evidence-files.tsx'

interface ShownLine {
  id: string
  at: Date | string
  /** What happened, or who said it. */
  sentence: string
  entry: { status: ActionStatus; body: string; evidence: string | null; files: EvidenceFile[] } | null
}

/** What was told of an action and what its report made of it, newest first. */
export function ActionHistory({ lines, filesAt }: { lines: ShownLine[]; filesAt: string }) {
  return (
    <Section id="historia" title={words.historyTitle}>
      <ol className="timeline">
        {lines.map(({ id, at, sentence, entry }) => (
          <li key={id}>
            <p className="entry-head">
              <time dateTime={new Date(at).toISOString()}>{formatInstant(at)}</time>
              <span>{sentence}</span>
              {entry && <ActionChip status={entry.status} />}
            </p>
            {entry && <p className="reading typed">{entry.body}</p>}
            {entry?.evidence && <Evidence evidence={entry.evidence} />}
            {entry && <EvidenceFiles files={entry.files} filesAt={filesAt} />}
          </li>
        ))}
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
