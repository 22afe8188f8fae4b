import { VStack } from '@navikt/ds-react'
import { type ReactNode, useEffect, useMemo, useRef } from 'react'
import type { RiskAnswer, RiskChoices } from '../../pages/risk-forms.server.ts'
import { riskReviewText as reviewed } from '../../text/risk-review.ts'
import { riskFormText as words } from '../../text/risks.ts'
import { AdminForm } from '../admin-form.tsx'
import { useKeptEntry } from '../kept-entry.ts'
import { PageHeader } from '../page-header.tsx'
import type { OwnerOption } from './owner-field.tsx'
import { RiskChanged } from './risk-changed.tsx'
import { RiskFields } from './risk-fields.tsx'
import { RiskReviewed } from './risk-reviewed.tsx'

interface Props {
  answer: RiskAnswer | undefined
  owners: OwnerOption[]
  choices: RiskChoices
  /** What stands, of a risk that is rated anew. */
  initial?: Record<string, string>
  /** What the page was loaded with; what was sent before goes on. */
  hidden: Record<string, string>
  title: string
  reviewTitle: string
  state: string
  submit: string
  cancelTo: string
  /** Typologies that a risk may have instead, where it does not meet the definition of its own. */
  others?: readonly { code: string; name: string }[]
  /** Fields after those of every risk. */
  more?: ReactNode
}

/** The fields of a risk, then the risk as they make it: nothing stands before it was read over, and all of it is in the page. */
export function RiskForm({
  answer: answered,
  hidden,
  title,
  reviewTitle,
  state,
  submit,
  cancelTo,
  more,
  ...fields
}: Props) {
  const top = useRef<HTMLDivElement>(null)
  const standing = useMemo(() => answered && keptOf(answered), [answered])
  const kept = useKeptEntry('riesgo', { answered: standing, isShown: answered?.review === undefined })
  const answer: RiskAnswer | undefined = answered ?? (kept ? { errors: [], values: kept } : undefined)
  const review = answer?.review
  // Another step begins at its title, for whoever hears the page or goes by its keys.
  useEffect(() => {
    if (answered && answered.errors.length === 0) top.current?.focus()
  }, [answered])
  const sent = Object.fromEntries(Object.keys(hidden).map((name) => [name, answer?.values[name] || hidden[name] || '']))
  return (
    <VStack gap="space-24">
      <div ref={top} tabIndex={-1} className="step-top">
        <PageHeader title={review ? reviewTitle : title} state={review ? reviewed.state : state} />
      </div>
      {answer?.changed && <RiskChanged changed={answer.changed} />}
      {review ? (
        <RiskReviewed answer={answer} review={review} submit={submit} cancelTo={cancelTo} />
      ) : (
        <AdminForm
          key={kept ? 'kept' : 'typed'}
          code="riesgo"
          answer={answer}
          submit={words.review}
          isStep
          hidden={{
            ...sent,
            paso: 'revisar',
            description: answer?.values.description ?? fields.initial?.description ?? '',
          }}
          cancelTo={cancelTo}
        >
          <RiskFields answer={answer} {...fields} />
          {more}
        </AdminForm>
      )}
    </VStack>
  )
}

/** What somebody finds in the fields when they come back: a wording that follows from them is made anew. */
function keptOf({ values, review }: RiskAnswer): RiskAnswer['values'] {
  return review?.isByTemplate ? { ...values, description: '' } : values
}
