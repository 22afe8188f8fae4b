import { BodyLong, VStack } from '@navikt/ds-react'
import type { GrantStatus } from '../../../domain/grants.ts'
import type { ProbeMoment, ProbeOutcome } from '../../../domain/probes.ts'
import { probeText as words } from '../../text/access.ts'
import { formatInstant } from '../../text/format.ts'
import { type Fact, Facts } from '../facts.tsx'
import { HashShort } from '../hash-short.tsx'
import { Section } from '../section.tsx'

interface Line {
  moment: ProbeMoment
  target: string
  outcome: ProbeOutcome
  askedAt: string | Date
  contentHash: string
}

/** What the person's own session was answered before and after the end of an access: the proof that it took effect (C10). */
export function GrantProbes({ probes, status }: { probes: Line[]; status: GrantStatus }) {
  const isEnded = status === 'revoked' || status === 'expired'
  if (probes.length === 0 && !isEnded) return null
  const isProven = probes.some(({ moment }) => moment === 'after')
  return (
    <Section id="prueba" title={words.title}>
      <VStack gap="space-12">
        <BodyLong className="reading">{words.intro}</BodyLong>
        <Facts facts={probes.map(factOf)} />
        {isEnded && !isProven && <BodyLong className="reading">{words.waiting}</BodyLong>}
      </VStack>
    </Section>
  )
}

function factOf({ moment, target, outcome, askedAt, contentHash }: Line): Fact {
  const said = words.said(words.outcomes[outcome], formatInstant(askedAt))
  return [
    words.asked(words.moments[moment], words.targets[target] ?? target),
    <span key={contentHash}>
      {said} · <HashShort hash={contentHash} purpose={words.evidence} />
    </span>,
  ]
}
