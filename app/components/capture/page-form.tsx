import { Button, HStack, VStack } from '@navikt/ds-react'
import { Form, useNavigation } from '@remix-run/react'
import { useRef, useState } from 'react'
import { readPage } from '../../../domain/capture-answers.ts'
import type { CapturePage } from '../../../domain/capture-forms.ts'
import type { GroupAnswers, ScalarValue } from '../../../domain/forms.ts'
import { pageText as words } from '../../text/capture.ts'
import { errorOf, FormErrors, type ShownError } from '../form-errors.tsx'
import { SaveStatus } from '../step/save-status.tsx'
import { useHasScript } from '../use-has-script.ts'
import { useLeaving, useSaving } from '../use-saving.ts'
import { CaptureInput } from './capture-field.tsx'

interface Props {
  page: CapturePage
  answers: GroupAnswers
  /** What was kept of the page when it was read, to which it saves itself at `address`. */
  base: string
  address: string
  /** The page before, which is reached without losing what was typed here; null on the first. */
  before: string | null
  /** All that this citizen is asked has been answered: the review can be gone back to. */
  isComplete: boolean
  answer: { errors: ShownError[]; entries: [string, string][] } | undefined
}

/**
 * One group of questions on its page (experience 12): what was typed comes back with its faults. With script it saves itself
 * while one types, complete or not (experience 17).
 */
export function PageForm({ page, answers, base, address, before, isComplete, answer }: Props) {
  const busy = useNavigation().state === 'submitting'
  const hasScript = useHasScript()
  const typed = useTyped(address, base)
  const shown = answer ? readPage(page, answer.entries) : answers
  const errors = typed.errors.length > 0 ? typed.errors : answer?.errors
  return (
    <Form method="post" noValidate ref={typed.form} onChange={typed.touch}>
      <VStack gap="space-24" className="reading">
        <FormErrors errors={errors} />
        {page.fields.map((field) => (
          <CaptureInput
            key={field.code}
            field={field}
            page={page}
            value={shown[field.code] as ScalarValue | undefined}
            error={errorOf(errors, `${page.code}.${field.code}`)}
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
        {hasScript && <SaveStatus state={typed.state} saved={null} conflict={words.conflict} />}
      </VStack>
    </Form>
  )
}

/** What the inputs hold, saved by itself on top of what was kept before. */
function useTyped(address: string, start: string) {
  const form = useRef<HTMLFormElement>(null)
  const [errors, setErrors] = useState<ShownError[]>([])
  const now = useRef({ base: start, entries: [] as [string, string][] })
  const { touch, ...saving } = useSaving<{ base: string }, true, ShownError>({
    address,
    bodyOf: (before) => {
      const made: [string, string][] = [['base', now.current.base]]
      if (before) made.push(['antes', contentOf(before)])
      return new URLSearchParams([...now.current.entries, ...made])
    },
    onSaved: ({ base }) => {
      now.current.base = base
      setErrors([])
    },
    onConflict: () => undefined,
    onErrors: setErrors,
  })
  useLeaving(saving.isDirty, saving.flush)
  const change = () => {
    if (!form.current) return
    now.current.entries = [...new FormData(form.current)].map(([name, value]) => [name, String(value)])
    touch()
  }
  return { form, errors, ...saving, touch: change }
}

/** The answers of a save alone. */
function contentOf(body: URLSearchParams): string {
  const content = new URLSearchParams(body)
  for (const made of ['base', 'antes']) content.delete(made)
  return content.toString()
}
