import { Textarea } from '@navikt/ds-react'
import type { CaptureForm } from '../../../domain/grants.ts'
import { accessText, captureFormText } from '../../text/access.ts'
import { undoText as words } from '../../text/reviews.ts'
import { AdminForm } from '../admin-form.tsx'
import { Facts } from '../facts.tsx'
import { type Answer, fieldsOf } from '../form-fields.tsx'
import { Section } from '../section.tsx'

interface Props {
  /** Of the access that ended. */
  id: string
  formKey: string
  personName: string
  pointName: string
  asked: { form: CaptureForm; startsOn: string; endsOn: string; radicado: string; radicadoOn: string }
  answer: Answer | undefined
}

/** The short request: everything as it was, and why it must go on. */
export function RestoreForm({ id, formKey, personName, pointName, asked, answer }: Props) {
  const { facts } = words
  return (
    <Section id="que" title={words.formTitle}>
      <Facts
        facts={[
          [facts.person, personName],
          [facts.point, pointName],
          [facts.form, captureFormText[asked.form]],
          [facts.days, accessText.days(asked.startsOn, asked.endsOn)],
          [facts.communication, words.communicationOf(asked.radicado, asked.radicadoOn)],
        ]}
      />
      <AdminForm
        code="acceso"
        answer={answer}
        submit={words.submit}
        hidden={{ formKey, restores: id }}
        cancelTo={`/accesos/${id}`}
      >
        <Textarea {...fieldsOf('acceso', answer)('reason')} label={words.reason} minRows={3} maxLength={500} />
      </AdminForm>
    </Section>
  )
}
