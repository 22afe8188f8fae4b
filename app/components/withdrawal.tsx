import { BodyLong, Textarea } from '@navikt/ds-react'
import { AdminForm } from './admin-form.tsx'
import { type Answer, fieldsOf } from './form-fields.tsx'
import { Section } from './section.tsx'

interface Props {
  answer: Answer | undefined
  words: { title: string; intro: string; reason: string; submit: string }
}

/** Takes something back for good, with its reason. */
export function Withdrawal({ answer, words }: Props) {
  return (
    <Section id="retiro" title={words.title}>
      <BodyLong className="reading" spacing>
        {words.intro}
      </BodyLong>
      <AdminForm code="retiro" answer={answer} submit={words.submit} danger>
        <Textarea {...fieldsOf('retiro', answer)('reason')} label={words.reason} minRows={3} />
      </AdminForm>
    </Section>
  )
}
