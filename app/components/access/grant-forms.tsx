import { BodyLong, Checkbox, Radio, RadioGroup, Textarea, VStack } from '@navikt/ds-react'
import { type GrantVerdict, REVOCATION_CAUSES } from '../../../domain/grants.ts'
import { causeText, grantText as words } from '../../text/access.ts'
import { AdminForm } from '../admin-form.tsx'
import { type Answer, errorsOf, fieldsOf } from '../form-fields.tsx'
import { ProvedField } from '../proved-field.tsx'
import { Section } from '../section.tsx'

interface Props {
  /** Of what was asked for: exactly this is accepted or decided. */
  hash: string
  may: Record<GrantVerdict, boolean>
  answer: Answer | undefined
  duty: { title: string; paragraphs: string[] }
  statements: Record<GrantVerdict, string>
  asksPassword: boolean
}

/** What this person can say of an access now. */
export function GrantForms({ may, ...form }: Props) {
  return (
    <>
      {may.accept && <Duty {...form} />}
      {may.decline && <WithReason {...form} verdict="decline" />}
      {may.grant && <Decision {...form} />}
      {may.deny && <WithReason {...form} verdict="deny" />}
      {may.withdraw && <WithReason {...form} verdict="withdraw" />}
      {may.revoke && <Revocation {...form} />}
    </>
  )
}

type FormProps = Omit<Props, 'may'>

/** The commitment as it is accepted, whole. */
function Duty({ hash, answer, duty, statements }: FormProps) {
  const { error, id } = fieldsOf('accept', answer)('accepted')
  return (
    <Section id="compromiso" title={duty.title}>
      <VStack gap="space-16" className="reading">
        {duty.paragraphs.map((paragraph) => (
          <BodyLong key={paragraph}>{paragraph}</BodyLong>
        ))}
        <AdminForm code="accept" answer={answer} submit={words.duty.accept} hidden={{ contentHash: hash }}>
          <BodyLong weight="semibold">{statements.accept}</BodyLong>
          <Checkbox id={id} name="accepted" value="si" error={error !== undefined}>
            {words.duty.accepted}
          </Checkbox>
        </AdminForm>
      </VStack>
    </Section>
  )
}

function Decision({ hash, answer, statements, asksPassword }: FormProps) {
  return (
    <Section id="decision" title={words.decision.title}>
      <VStack gap="space-16" className="reading">
        <BodyLong>{words.decision.intro}</BodyLong>
        <AdminForm code="grant" answer={answer} submit={words.decision.grant} hidden={{ contentHash: hash }}>
          <BodyLong weight="semibold">{statements.grant}</BodyLong>
          {asksPassword && <ProvedField form="grant" errors={errorsOf('grant', answer)} />}
        </AdminForm>
      </VStack>
    </Section>
  )
}

function WithReason({ verdict, hash, answer }: FormProps & { verdict: keyof typeof words.withReason }) {
  const { title, reason, submit } = words.withReason[verdict]
  return (
    <Section id={verdict} title={title}>
      <AdminForm code={verdict} answer={answer} submit={submit} hidden={{ contentHash: hash }} danger>
        <Textarea {...fieldsOf(verdict, answer)('reason')} label={reason} minRows={2} />
      </AdminForm>
    </Section>
  )
}

function Revocation({ hash, answer, statements, asksPassword }: FormProps) {
  const field = fieldsOf('revoke', answer)
  const cause = field('cause')
  return (
    <Section id="revocar" title={words.revoke.title}>
      <VStack gap="space-16" className="reading">
        <BodyLong>{words.revoke.intro}</BodyLong>
        <AdminForm code="revoke" answer={answer} submit={words.revoke.submit} hidden={{ contentHash: hash }} danger>
          <RadioGroup
            id={cause.id}
            name="cause"
            legend={words.revoke.cause}
            error={cause.error}
            defaultValue={cause.defaultValue}
          >
            {REVOCATION_CAUSES.map((code) => (
              <Radio key={code} value={code}>
                {causeText[code]}
              </Radio>
            ))}
          </RadioGroup>
          <Textarea {...field('reason')} label={words.revoke.reason} minRows={2} />
          <BodyLong weight="semibold">{statements.revoke}</BodyLong>
          {asksPassword && <ProvedField form="revoke" errors={errorsOf('revoke', answer)} />}
        </AdminForm>
      </VStack>
    </Section>
  )
}
