import { Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import type { StepStatus } from '../../domain/cycle-state.ts'
import type { TermChip as TermCode } from '../../domain/terms.ts'
import { partsText } from '../text/parts.ts'
import { StepChip, TermChip } from './state-chip.tsx'

export interface StepLine {
  code: string
  title: string
  status: StepStatus
  /** Absent when the actor has nothing to open there. */
  to?: string
  term?: TermCode | null
  /** One sentence: who acts, until when, or why it is locked. */
  sentence?: ReactNode
  /** The step that waits for the reader. */
  current?: boolean
}

/** The seven steps as an ordered list: number, name, state, sentence. */
export function StepList({ steps }: { steps: StepLine[] }) {
  return (
    <ol className="steps" aria-label={partsText.steps}>
      {steps.map((step) => (
        <li key={step.code} className="steps__item" aria-current={step.current ? 'step' : undefined}>
          <span className="steps__number" aria-hidden="true">
            {step.code}
          </span>
          <div className="steps__body">
            <div className="steps__head">
              <span className="aksel-sr-only">{partsText.stepOf(step.code, steps.length)}</span>
              {step.to ? <Link to={step.to}>{step.title}</Link> : <span className="steps__title">{step.title}</span>}
              <StepChip status={step.status} />
              {step.term && <TermChip state={step.term} />}
            </div>
            {step.sentence && <p>{step.sentence}</p>}
          </div>
        </li>
      ))}
    </ol>
  )
}
