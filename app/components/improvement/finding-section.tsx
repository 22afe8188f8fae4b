import { formatDay } from '../../text/format.ts'
import { findingText as words } from '../../text/improvement.ts'
import { type Fact, Facts } from '../facts.tsx'
import { Section } from '../section.tsx'

interface Props {
  finding: {
    source: string
    radicado: string | null
    foundOn: string
    criterion: string
    condition: string
    cause: string
    effect: string
    position: string
  }
}

/** The finding an action stems from, as it was written. */
export function FindingSection({ finding }: Props) {
  const { source, radicado, foundOn, position } = finding
  const facts: Fact[] = [
    [words.source, source],
    ...(radicado ? [[words.radicadoOf, radicado] satisfies Fact] : []),
    [words.foundOn, formatDay(foundOn)],
    [words.writtenBy, position],
    ...(['criterion', 'condition', 'cause', 'effect'] as const).map(
      (name): Fact => [
        words[name],
        <span key={name} className="typed">
          {finding[name]}
        </span>,
      ],
    ),
  ]
  return (
    <Section id="hallazgo" title={words.section}>
      <Facts facts={facts} />
    </Section>
  )
}
