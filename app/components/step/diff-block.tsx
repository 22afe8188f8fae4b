import { changesText as text } from '../../text/changes.ts'

/** As documents/text-diff.ts makes it. */
export interface DiffBlock {
  kind: 'same' | 'changed' | 'added' | 'removed'
  parts: { kind: 'same' | 'added' | 'removed'; text: string }[]
}

/** A paragraph with what came and what went: by mark, by stroke and aloud, never by colour alone (experience 25). */
export function DiffBlockView({ block }: { block: DiffBlock }) {
  return (
    <p className={block.kind === 'same' ? 'diff diff--same' : 'diff'}>
      {block.parts.map((part, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: parts have no name but their place
        <Part key={i} part={part} />
      ))}
    </p>
  )
}

function Part({ part }: { part: DiffBlock['parts'][number] }) {
  if (part.kind === 'same') return <>{part.text}</>
  const isAdded = part.kind === 'added'
  const Tag = isAdded ? 'ins' : 'del'
  return (
    <Tag>
      <span className="aksel-sr-only"> ({isAdded ? text.added : text.removed}) </span>
      <span aria-hidden>{isAdded ? '[+' : '[−'}</span>
      {part.text}
      <span aria-hidden>{isAdded ? '+]' : '−]'}</span>
    </Tag>
  )
}
