import { Button, Heading, HStack, Textarea, VStack } from '@navikt/ds-react'
import { Form } from '@remix-run/react'
import type { ReactNode } from 'react'
import { errorOf, FormErrors } from './form-errors.tsx'
import { type Answer, errorsOf } from './form-fields.tsx'
import { ProvedField } from './proved-field.tsx'

interface Props {
  /** Code of the form, and what its heading and fields are called by. */
  form: string
  title: string
  /** What is decided on: exactly the content shown. */
  hidden: Record<string, string>
  words: { observation: string; approve: string; giveBack: string }
  asksPassword: boolean
  answer: Answer | undefined
  /** What a person says by approving. */
  children: ReactNode
}

/** Approves what is shown as it stands, or gives it back with an observation; the password is asked again where it must be. */
export function VerdictForm({ form, title, hidden, words, asksPassword, answer, children }: Props) {
  const errors = errorsOf(form, answer)
  return (
    <section className="card reading" aria-labelledby={form}>
      <Form method="post" noValidate>
        <VStack gap="space-16">
          <Heading level="2" size="medium" id={form}>
            {title}
          </Heading>
          <FormErrors errors={errors} />
          <input type="hidden" name="formulario" value={form} />
          {Object.entries(hidden).map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          {children}
          <Textarea
            id={`${form}-observation`}
            name="observation"
            label={words.observation}
            minRows={2}
            defaultValue={answer?.values.observation}
            error={errorOf(errors, `${form}-observation`)}
          />
          {asksPassword && <ProvedField form={form} errors={errors} />}
          <HStack gap="space-16" wrap>
            <Button type="submit" name="verdict" value="approve">
              {words.approve}
            </Button>
            <Button type="submit" name="verdict" value="return" variant="secondary">
              {words.giveBack}
            </Button>
          </HStack>
        </VStack>
      </Form>
    </section>
  )
}
