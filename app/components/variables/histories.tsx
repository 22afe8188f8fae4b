import { Tag } from '@navikt/ds-react'
import { Link } from '@remix-run/react'
import type { ScoreRow } from '../../../db/variables.ts'
import { CRITERIA } from '../../../domain/variables.ts'
import { variablesText } from '../../text/variables.ts'
import { DataTable } from '../data-table.tsx'
import { Section } from '../section.tsx'

interface Version {
  n: number
  vigencia: number
  changes: string[]
  /** Null for the first version. */
  breaks: boolean | null
  reason: string
  who: string
}

const versionWords = variablesText.versions
const scoreWords = variablesText.scores

/** Who changed the definition, from which vigencia, how and why. */
export function Versions({ versions }: { versions: Version[] }) {
  const { columns } = versionWords
  return (
    <Section id="versiones" title={versionWords.title}>
      <DataTable
        caption={versionWords.title}
        hideCaption
        rows={versions}
        rowKey={({ n }) => String(n)}
        columns={[
          { key: 'n', header: columns.n, rowHeader: true, cell: ({ n }) => n },
          { key: 'vigencia', header: columns.vigencia, cell: ({ vigencia }) => vigencia },
          { key: 'changed', header: columns.changed, cell: (version) => <Changed version={version} /> },
          { key: 'reason', header: columns.reason, cell: ({ reason }) => <span className="sentence">{reason}</span> },
          { key: 'who', header: columns.who, cell: ({ who }) => <span className="sentence">{who}</span> },
        ]}
      />
    </Section>
  )
}

function Changed({ version: { changes, breaks } }: { version: Version }) {
  return (
    <span className="sentence">
      {changes.join(' ')}{' '}
      {breaks !== null && (
        <Tag size="xsmall" data-color={breaks ? 'warning' : 'neutral'}>
          {breaks ? versionWords.breaks : versionWords.keeps}
        </Tag>
      )}
    </span>
  )
}

type Score = Pick<
  ScoreRow,
  'cycleId' | 'cycleName' | 'criteria' | 'score' | 'threshold' | 'costBenefit' | 'prioritized' | 'discardReason'
>

/** The five criteria of each exercise, with the cost against the benefit and the reason of what was dropped (F5). */
export function Scores({ scores }: { scores: Score[] }) {
  const { columns, criteria } = scoreWords
  const answered = ({ criteria: given }: Score) => {
    const named = (answer: string) => CRITERIA.filter((one) => given[one] === answer).map((one) => criteria[one])
    return scoreWords.answered(named('si'), named('no'))
  }
  return (
    <Section id="criterios" title={scoreWords.title}>
      <DataTable
        caption={scoreWords.caption}
        hideCaption
        rows={scores}
        rowKey={({ cycleId }) => cycleId}
        columns={[
          {
            key: 'cycle',
            header: columns.cycle,
            rowHeader: true,
            cell: ({ cycleId, cycleName }) => <Link to={`/ejercicios/${cycleId}/pasos/2`}>{cycleName}</Link>,
          },
          {
            key: 'criteria',
            header: columns.criteria,
            cell: (score) => <span className="sentence">{answered(score)}</span>,
          },
          { key: 'score', header: columns.score, cell: ({ score, threshold }) => scoreWords.score(score, threshold) },
          {
            key: 'cost',
            header: columns.cost,
            cell: ({ costBenefit }) => <span className="sentence">{costBenefit}</span>,
          },
          {
            key: 'result',
            header: columns.result,
            cell: ({ prioritized, discardReason }) => (
              <span className="sentence">
                {prioritized ? scoreWords.prioritized : scoreWords.dropped(discardReason)}
              </span>
            ),
          },
        ]}
      />
    </Section>
  )
}
