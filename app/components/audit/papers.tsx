import { BodyLong, VStack } from '@navikt/ds-react'
import type { Paper } from '../../../db/audit-papers.ts'
import { paperResultText, paperText as words } from '../../text/audit-samples.ts'
import { Facts } from '../facts.tsx'

/** The paper as it stands, and what it said before. */
export function Papers({ papers }: { papers: Paper[] }) {
  const [last, ...earlier] = papers
  if (!last) return <BodyLong>{words.none}</BodyLong>
  return (
    <VStack gap="space-16" className="reading">
      <Version paper={last} />
      {earlier.length > 0 && (
        <details>
          <summary>{words.earlier}</summary>
          <VStack gap="space-16">
            {earlier.map((paper) => (
              <Version key={paper.n} paper={paper} />
            ))}
          </VStack>
        </details>
      )}
    </VStack>
  )
}

function Version({ paper }: { paper: Paper }) {
  const { n, writtenBy, writtenIn, writtenAt, result } = paper
  const typed = (name: 'test' | 'evidence' | 'conclusion') => <span className="typed">{paper[name]}</span>
  return (
    <div>
      <BodyLong className="quiet">{words.version(n, writtenBy, writtenIn, writtenAt)}</BodyLong>
      <Facts
        facts={[
          [words.test, typed('test')],
          [words.result, <strong key="result">{paperResultText[result]}</strong>],
          [words.evidence, typed('evidence')],
          [words.conclusion, typed('conclusion')],
        ]}
        layout="described"
      />
    </div>
  )
}
