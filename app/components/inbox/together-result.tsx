import { Tag } from '@navikt/ds-react'
import { Link } from '@remix-run/react'
import { togetherText as words } from '../../text/together.ts'

interface Outcome {
  cycleId: string
  cycleName: string
  stepCode: string
  versionId: string
  outcome: 'done' | 'pending' | 'skipped'
  actId?: string
  why?: string
}

/** What became of each decision: its receipt, or why it was not signed. */
export function TogetherResult({ outcomes }: { outcomes: Outcome[] }) {
  return (
    <div role="status">
      <ul className="together__items">
        {outcomes.map((one) => (
          <li key={one.versionId}>
            <Tag size="small" data-color={COLORS[one.outcome]}>
              {words.outcomes[one.outcome]}
            </Tag>
            <Link to={`/ejercicios/${one.cycleId}/pasos/${one.stepCode}`}>
              {words.line(one.stepCode, one.cycleName)}
            </Link>
            {one.actId && (
              <Link to={`/ejercicios/${one.cycleId}/actos/${one.actId}`}>{words.receipt(one.stepCode)}</Link>
            )}
            {one.why && <span>{one.why}</span>}
          </li>
        ))}
      </ul>
    </div>
  )
}

const COLORS = { done: 'success', pending: 'info', skipped: 'warning' } as const
