import { BodyLong, Heading } from '@navikt/ds-react'
import type { CauseMethod } from '../../../domain/findings.ts'
import { findingText as words } from '../../text/findings.ts'
import { formatInstant } from '../../text/format.ts'
import { Facts } from '../facts.tsx'

interface Props {
  analyses: {
    round: number
    method: CauseMethod
    steps: string[]
    root: string
    person: string
    position: string
    at: Date | string
  }[]
}

/** Why it happened, as it was said each time it was asked; the last first. */
export function CauseAnalyses({ analyses }: Props) {
  if (analyses.length === 0) return <BodyLong className="reading">{words.noCauses}</BodyLong>
  return analyses.map(({ round, method, steps, root, person, position, at }) => (
    <div key={round}>
      <Heading level="3" size="small" spacing>
        {words.analysis(round)} · {words.methods[method]}
      </Heading>
      <Facts
        facts={[
          ...steps.map((step, i): [string, string] => [
            method === 'five_whys' ? words.why(i + 1) : words.cause(i + 1),
            step,
          ]),
          [words.root, root],
          [words.facts.wroteIt, `${words.analysisBy(position, person)}, ${formatInstant(at)}`],
        ]}
      />
    </div>
  ))
}
