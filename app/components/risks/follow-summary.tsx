import { HStack, VStack } from '@navikt/ds-react'
import { Link } from '@remix-run/react'
import type { FollowSummary as Summary } from '../../pages/risk-follow-summary.server.ts'
import { formatDay } from '../../text/format.ts'
import { riskFollowText as words } from '../../text/risk-follow.ts'
import { type Fact, Facts } from '../facts.tsx'
import { Section } from '../section.tsx'
import { FindingChip, TermChip } from '../state-chip.tsx'
import { IndicatorTable } from './indicator-table.tsx'

interface Props {
  code: string
  summary: Summary
  /** Whether this person records findings. */
  mayRecord: boolean
}

/** On the page of a risk: when it is reviewed, how often it really happened, its indicators and findings. */
export function FollowSummary({ code, summary, mayRecord }: Props) {
  return (
    <Section id="seguimiento" title={words.title}>
      <VStack gap="space-16">
        <FollowFacts summary={summary} />
        <IndicatorTable indicators={summary.indicators} />
        <Link className="row-link" to={`/riesgos/${code}/seguimiento`}>
          {words.open}
        </Link>
        {mayRecord && (
          <Link className="row-link" to={`/mejora/hallazgo?riesgo=${code}`}>
            {words.finding}
          </Link>
        )}
      </VStack>
    </Section>
  )
}

/** The rated frequency beside the real one. */
export function FollowFacts({ summary: { cadence, real, findings } }: { summary: Summary }) {
  const facts: Fact[] = [
    ...(cadence
      ? [
          [
            words.facts.next,
            <HStack key="next" gap="space-8" align="center" wrap>
              {formatDay(cadence.dueOn)}
              {cadence.chip !== 'on_time' && <TermChip state={cadence.chip} />}
              <span className="quiet">
                {words.cadence(cadence.months, cadence.zoneName, cadence.months < cadence.zoneMonths)}
              </span>
            </HStack>,
          ] satisfies Fact,
        ]
      : []),
    [words.facts.real, words.realBeside(real.times, real.level, real.rated)],
    [words.facts.findings, findings.length === 0 ? words.findings(0) : <Findings key="findings" findings={findings} />],
  ]
  return <Facts facts={facts} />
}

function Findings({ findings }: { findings: Summary['findings'] }) {
  return (
    <HStack gap="space-8" wrap>
      {findings.map(({ code, status }) => (
        <span key={code} className="nowrap">
          <Link className="row-link" to={`/mejora/hallazgos/${code}`}>
            {code}
          </Link>{' '}
          <FindingChip status={status} />
        </span>
      ))}
    </HStack>
  )
}
