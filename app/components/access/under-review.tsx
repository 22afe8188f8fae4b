import { BodyLong, Textarea, VStack } from '@navikt/ds-react'
import type { GrantReview } from '../../../db/review-statements.ts'
import { grantReviewText as words } from '../../text/reviews.ts'
import { AdminForm } from '../admin-form.tsx'
import { type Answer, fieldsOf } from '../form-fields.tsx'
import { Section } from '../section.tsx'

interface Props {
  review: GrantReview
  /** Whether this person may add a statement: it is their access, and the review is open. */
  mayState: boolean
  answer: Answer | undefined
}

/** The review an access is or was under, with what its person said to it (C12). */
export function UnderReview({ review, mayState, answer }: Props) {
  return (
    <Section id="revision" title={words.title}>
      <VStack gap="space-16" className="reading">
        <BodyLong>{words.state(review)}</BodyLong>
        {review.statements.map(({ at, body }) => (
          <BodyLong key={at}>{words.said(body, at)}</BodyLong>
        ))}
        {mayState && (
          <AdminForm code="declarar" answer={answer} submit={words.submit} secondary>
            <Textarea
              {...fieldsOf('declarar', answer)('body')}
              label={words.statement}
              description={words.statementHelp}
              minRows={2}
              maxLength={1000}
            />
          </AdminForm>
        )}
      </VStack>
    </Section>
  )
}
