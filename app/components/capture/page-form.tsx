import { Button, HStack, VStack } from '@navikt/ds-react'
import { Form, useNavigation } from '@remix-run/react'
import { readPage } from '../../../domain/capture-answers.ts'
import type { CapturePage } from '../../../domain/capture-forms.ts'
import type { GroupAnswers, ScalarValue } from '../../../domain/forms.ts'
import { pageText as words } from '../../text/capture.ts'
import { errorOf, FormErrors, type ShownError } from '../form-errors.tsx'
import { CaptureInput } from './capture-field.tsx'

interface Props {
  page: CapturePage
  answers: GroupAnswers
  /** The page before, which is reached without losing what was typed here; null on the first. */
  before: string | null
  /** All that this citizen is asked has been answered: the review can be gone back to. */
  isComplete: boolean
  answer: { errors: ShownError[]; entries: [string, string][] } | undefined
}

/** One group of questions on its page (experience 12): what was typed comes back with its faults. */
export function PageForm({ page, answers, before, isComplete, answer }: Props) {
  const busy = useNavigation().state === 'submitting'
  const shown = answer ? readPage(page, answer.entries) : answers
  return (
    <Form method="post" noValidate>
      <VStack gap="space-24" className="reading">
        <FormErrors errors={answer?.errors} />
        {page.fields.map((field) => (
          <CaptureInput
            key={field.code}
            field={field}
            page={page}
            value={shown[field.code] as ScalarValue | undefined}
            error={errorOf(answer?.errors, `${page.code}.${field.code}`)}
          />
        ))}
        <HStack gap="space-16" wrap>
          <Button type="submit" loading={busy}>
            {words.save}
          </Button>
          {isComplete && (
            <Button type="submit" name="ir" value="revise" variant="secondary">
              {words.review}
            </Button>
          )}
          {before && (
            <Button type="submit" name="ir" value={`atras:${before}`} variant="tertiary">
              {words.back}
            </Button>
          )}
        </HStack>
      </VStack>
    </Form>
  )
}
