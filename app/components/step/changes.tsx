import { Heading, HStack } from '@navikt/ds-react'
import { changesText as text } from '../../text/changes.ts'
import { type DiffBlock, DiffBlockView } from './diff-block.tsx'

export interface ShownChange {
  key: string
  group: string
  label: string
  kind: 'added' | 'removed' | 'changed'
  blocks: DiffBlock[]
}

/** What changed, answer by answer: before and after beside each other, one below the other where it is narrow. */
export function Changes({ changes }: { changes: ShownChange[] }) {
  return changes.map((change, i) => (
    <section key={change.key} className="card" id={`cambio-${i + 1}`} tabIndex={-1} aria-labelledby={`titulo-${i + 1}`}>
      <HStack justify="space-between" gap="space-16" wrap>
        <Heading level="2" size="xsmall" id={`titulo-${i + 1}`}>
          {change.group === change.label ? change.label : `${change.group} · ${change.label}`}
        </Heading>
        <HStack gap="space-16" className="no-print">
          {i > 0 && (
            <a className="row-link" href={`#cambio-${i}`}>
              {text.previous}
            </a>
          )}
          {i + 1 < changes.length && (
            <a className="row-link" href={`#cambio-${i + 2}`}>
              {text.next}
            </a>
          )}
        </HStack>
      </HStack>
      <p className="quiet">{text.kinds[change.kind]}</p>
      <div className="beside">
        <Side title={text.before} blocks={sideOf(change.blocks, 'added')} />
        <Side title={text.after} blocks={sideOf(change.blocks, 'removed')} />
      </div>
    </section>
  ))
}

function Side({ title, blocks }: { title: string; blocks: DiffBlock[] }) {
  return (
    <div>
      <p className="beside__title">{title}</p>
      {blocks.length === 0 && <p className="quiet">{text.nothing}</p>}
      {blocks.map((block, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: blocks have no name but their place
        <DiffBlockView key={i} block={block} />
      ))}
    </div>
  )
}

/** One side of a difference: without what only the other side says. */
function sideOf(blocks: DiffBlock[], without: 'added' | 'removed'): DiffBlock[] {
  return blocks
    .map((block) => ({ ...block, parts: block.parts.filter(({ kind }) => kind !== without) }))
    .filter(({ parts }) => parts.length > 0)
}
