import { Alert, Button, HStack, Textarea, VStack } from '@navikt/ds-react'
import { Form, Link, useNavigation } from '@remix-run/react'
import type { ReactNode } from 'react'
import { confirmFormText } from '../text/parts.ts'
import { errorOf, FormErrors, type ShownError } from './form-errors.tsx'
import { ProvedField } from './proved-field.tsx'

export interface ReasonAnswer {
  errors?: ShownError[]
  refusal?: string
  reason?: string
}

interface Props {
  /** Consequences and statement, before the field. */
  children?: ReactNode
  label: string
  hidden?: Record<string, string>
  answer: ReasonAnswer | undefined
  /** Buttons in order; the first is the primary one. */
  verdicts: { value: string; words: string; danger?: boolean }[]
  back: { to: string; words?: string }
  asksPassword?: boolean
}

/** An act that needs its reason: what will happen, why, and the buttons that do it. Works without script. */
export function ReasonForm({ children, label, hidden = {}, answer, verdicts, back, asksPassword }: Props) {
  const busy = useNavigation().formAction !== undefined
  return (
    <VStack gap="space-20">
      {answer?.refusal && (
        <Alert variant="warning" role="alert">
          {answer.refusal}
        </Alert>
      )}
      <FormErrors errors={answer?.errors} />
      {children}
      <Form method="post" noValidate>
        <VStack gap="space-20">
          {Object.entries(hidden).map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          <Textarea
            id="motivo"
            name="motivo"
            label={label}
            minRows={3}
            defaultValue={answer?.reason}
            error={errorOf(answer?.errors, 'motivo')}
          />
          {asksPassword && <ProvedField errors={answer?.errors} />}
          <HStack gap="space-16" wrap>
            {verdicts.map((verdict, i) => (
              <Button
                key={verdict.value}
                type="submit"
                name="verdict"
                value={verdict.value}
                variant={i === 0 ? 'primary' : 'secondary'}
                data-color={verdict.danger ? 'danger' : undefined}
                loading={busy}
              >
                {verdict.words}
              </Button>
            ))}
            <Button as={Link} to={back.to} variant="tertiary">
              {back.words ?? confirmFormText.cancel}
            </Button>
          </HStack>
        </VStack>
      </Form>
    </VStack>
  )
}
