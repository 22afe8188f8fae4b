import { BodyLong, Heading, Radio, RadioGroup, Textarea, TextField, VStack } from '@navikt/ds-react'
import { CAUSE_METHODS } from '../../../domain/findings.ts'
import { findingText as words } from '../../text/findings.ts'
import { AdminForm } from '../admin-form.tsx'
import { type Answer, fieldsOf } from '../form-fields.tsx'
import { NativeField } from '../native-field.tsx'
import { OwnerField, type OwnerOption } from '../risks/owner-field.tsx'

interface Props {
  right: { may: boolean; whyNot: string | null }
  answer: Answer | undefined
}

/** Why it happened, by five whys or a list, and the cause that is acted on. */
export function AnalyseForm({ right, answer, formKey }: Props & { formKey: string }) {
  const field = fieldsOf('causas', answer, { method: CAUSE_METHODS[0] })
  const { error, defaultValue } = field('method')
  if (!right.may) return <BodyLong className="reading">{right.whyNot}</BodyLong>
  return (
    <VStack gap="space-12">
      <Heading level="3" size="small">
        {words.analyseTitle}
      </Heading>
      <AdminForm code="causas" answer={answer} submit={words.analyse} hidden={{ formKey }}>
        <RadioGroup id="causas-method" name="method" legend={words.method} {...{ error, defaultValue }}>
          {CAUSE_METHODS.map((method) => (
            <Radio key={method} value={method}>
              {words.methods[method]}
            </Radio>
          ))}
        </RadioGroup>
        <Textarea {...field('steps')} label={words.steps} description={words.stepsHelp} minRows={5} maxRows={20} />
        <Textarea {...field('root')} label={words.root} description={words.rootHelp} minRows={2} maxRows={8} />
      </AdminForm>
    </VStack>
  )
}

/** An action that answers the causes: what, who, by when, and how it will be known. */
export function PlanForm({ right, answer, formKey, owners }: Props & { formKey: string; owners: OwnerOption[] }) {
  const field = fieldsOf('accion', answer)
  if (!right.may) return <BodyLong className="reading">{right.whyNot}</BodyLong>
  return (
    <VStack gap="space-12">
      <Heading level="3" size="small">
        {words.planTitle}
      </Heading>
      <AdminForm code="accion" answer={answer} submit={words.plan} hidden={{ formKey }}>
        <Textarea {...field('what')} label={words.what} minRows={2} maxRows={12} />
        <OwnerField field={field('positionId')} label={words.actionOwner} owners={owners} />
        <NativeField {...field('dueDate')} type="date" label={words.due} className="field--medium" />
        <TextField {...field('indicator')} label={words.indicator} autoComplete="off" />
      </AdminForm>
    </VStack>
  )
}

/** What was achieved; where it cannot be closed, what is missing. */
export function CloseForm({ right, answer }: Props) {
  const field = fieldsOf('cierre', answer)
  if (!right.may) return <BodyLong className="reading">{right.whyNot}</BodyLong>
  return (
    <VStack gap="space-12">
      <BodyLong className="reading">{words.closeIntro}</BodyLong>
      <AdminForm code="cierre" answer={answer} submit={words.close}>
        <Textarea {...field('note')} label={words.note} minRows={2} maxRows={8} />
      </AdminForm>
    </VStack>
  )
}
