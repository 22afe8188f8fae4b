import { Alert, BodyShort, Button, VStack } from '@navikt/ds-react'
import { Form, useNavigation } from '@remix-run/react'
import type { ReviewCard as Card } from '../../../db/review-pages.ts'
import { REVIEW_VERDICTS } from '../../../domain/campaigns.ts'
import type { ReviewAnswer } from '../../pages/review.server.ts'
import { reviewText as words } from '../../text/reviews.ts'
import { FormErrors } from '../form-errors.tsx'
import { useHasScript } from '../use-has-script.ts'
import { ReviewCard } from './review-card.tsx'
import { useReviewKeys } from './use-review-keys.ts'

interface Props {
  cards: Card[]
  answer: ReviewAnswer | undefined
  formKey: string
  personId: string
  mayAnswer: boolean
}

/** The cards of a list in one form: whatever has an answer is sent together, once the reviewer has said how many. */
export function ReviewForm({ cards, answer, formKey, personId, mayAnswer }: Props) {
  const form = useReviewKeys()
  const busy = useNavigation().state === 'submitting'
  const hasScript = useHasScript()
  return (
    <Form method="post" noValidate ref={form}>
      <VStack gap="space-20">
        <FormErrors errors={answer?.errors} />
        <input type="hidden" name="formKey" value={answer?.values.formKey ?? formKey} />
        {mayAnswer && hasScript && <BodyShort className="quiet">{words.keys}</BodyShort>}
        {answer?.confirm && <Confirmation counts={answer.confirm} busy={busy} />}
        {cards.map((card) => (
          <ReviewCard
            key={card.id}
            card={card}
            answer={answer}
            isOwn={card.granteeId === personId}
            mayAnswer={mayAnswer}
          />
        ))}
        {mayAnswer && (
          <div>
            <Button type="submit" loading={busy} variant={answer?.confirm ? 'secondary' : 'primary'}>
              {words.submit}
            </Button>
          </div>
        )}
      </VStack>
    </Form>
  )
}

/** Names the number before it is sent (experience 24); sending something else asks again. */
function Confirmation({ counts, busy }: { counts: NonNullable<ReviewAnswer['confirm']>; busy: boolean }) {
  const n = REVIEW_VERDICTS.reduce((sum, verdict) => sum + counts[verdict], 0)
  return (
    <Alert variant="info" role="alert">
      <VStack gap="space-12">
        <strong>{words.confirmTitle(n)}</strong>
        <span>{words.confirmOf(counts)}</span>
        <div>
          <Button type="submit" name="confirmado" value={String(n)} loading={busy} autoFocus>
            {words.confirm(n)}
          </Button>
        </div>
      </VStack>
    </Alert>
  )
}
