import { Link } from '@remix-run/react'
import type { FindingOrigin } from '../../../domain/findings.ts'
import { findingOriginText, findingText } from '../../text/findings.ts'
import { formatDay } from '../../text/format.ts'
import { type Fact, Facts } from '../facts.tsx'

interface Props {
  finding: {
    origin: FindingOrigin
    source: string
    radicado: string | null
    foundOn: string
    criterion: string
    condition: string
    cause: string
    effect: string
    owner: string
    closer: string
    position: string | null
    riskCode: string | null
    controlCode: string | null
    actionCode: string | null
  }
}

const words = findingText.facts

/** A finding as it was written, with what showed it. */
export function FindingFacts({ finding }: Props) {
  const facts: [string, Fact[1] | null][] = [
    [words.origin, findingOriginText[finding.origin]],
    [words.source, finding.source],
    [words.radicado, finding.radicado],
    [words.foundOn, formatDay(finding.foundOn)],
    [words.risk, finding.riskCode && <Link to={`/riesgos/${finding.riskCode}`}>{finding.riskCode}</Link>],
    [words.control, finding.controlCode],
    [words.action, finding.actionCode && <Link to={`/mejora/${finding.actionCode}`}>{finding.actionCode}</Link>],
    ...(['criterion', 'condition', 'cause', 'effect'] as const).map((name): [string, Fact[1] | null] => [
      words[name],
      finding[name] && <span className="typed">{finding[name]}</span>,
    ]),
    [words.owner, finding.owner],
    [words.closer, finding.closer],
    [words.wroteIt, finding.position ?? words.byItself],
  ]
  return <Facts facts={facts.filter((fact): fact is Fact => fact[1] !== null && fact[1] !== '')} />
}
