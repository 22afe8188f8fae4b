import {
  Alert,
  BodyLong,
  Checkbox,
  CheckboxGroup,
  Fieldset,
  Radio,
  RadioGroup,
  Select,
  Textarea,
  TextField,
  VStack,
} from '@navikt/ds-react'
import { PURPOSES } from '../../../domain/capture-forms.ts'
import {
  DELIVERIES,
  DENIAL_REASONS,
  type IdentityMethod,
  type RightsAim,
  type RightsStatus,
  type RightsVerdict,
} from '../../../domain/rights.ts'
import { CORRECTION_ROWS } from '../../../domain/rights-effects.ts'
import {
  copyText,
  deliveryText,
  denialReasonText,
  identityMethodText,
  requestText as words,
} from '../../text/rights.ts'
import { AdminForm } from '../admin-form.tsx'
import { type Answer, errorsOf, fieldsOf } from '../form-fields.tsx'
import { ProvedField } from '../proved-field.tsx'
import { Section } from '../section.tsx'

interface Props {
  /** Of what was filed: exactly this is decided. */
  hash: string
  may: Record<RightsVerdict, boolean>
  mayOpen: boolean
  request: { status: RightsStatus; aim: RightsAim }
  /** That a correction may change. */
  fields: { path: string; label: string }[]
  methods: IdentityMethod[]
  extensionDays: number
  answer: Answer | undefined
  statements: Record<RightsVerdict, string>
  asksPassword: boolean
}

/** What whoever answers can do with a request now, the next step first. */
export function RightsForms(props: Props) {
  const { may, mayOpen, request, methods } = props
  const { forms } = words
  return (
    <>
      {mayOpen && request.status === 'incomplete' && <Completion {...props} />}
      {may.identify && (
        <Verdict {...props} kind="identify" intro={forms.identify.intro}>
          <Choice
            {...props}
            kind="identify"
            name="method"
            legend={forms.identify.method}
            of={methods}
            words={identityMethodText}
          />
        </Verdict>
      )}
      {may.attend && (
        <Verdict {...props} kind="attend" intro={forms.attend.intro} isSigned>
          <Effects {...props} />
          <Choice
            {...props}
            kind="attend"
            name="delivery"
            legend={words.delivery}
            of={DELIVERIES}
            words={deliveryText}
          />
        </Verdict>
      )}
      {may.deny && (
        <Verdict {...props} kind="deny" intro={forms.deny.intro} isSigned danger>
          <Choice
            {...props}
            kind="deny"
            name="denial"
            legend={forms.deny.denial}
            of={DENIAL_REASONS}
            words={denialReasonText}
          />
          <Choice {...props} kind="deny" name="delivery" legend={words.delivery} of={DELIVERIES} words={deliveryText} />
        </Verdict>
      )}
      {(may.require || may.extend || may.forward) && <Others {...props} />}
    </>
  )
}

/** What is decided more rarely, folded until it is needed or was sent with something to mend. */
function Others(props: Props) {
  const { may, extensionDays, answer } = props
  const { forms } = words
  const wasSent = ['require', 'extend', 'forward'].includes(answer?.values.formulario ?? '')
  return (
    <details open={wasSent}>
      <summary>{words.others}</summary>
      <VStack gap="space-32" paddingBlock="space-16 space-0">
        {may.require && <Verdict {...props} kind="require" intro={forms.require.intro} secondary />}
        {may.extend && <Verdict {...props} kind="extend" intro={forms.extend.intro(extensionDays)} secondary />}
        {may.forward && <Verdict {...props} kind="forward" intro={forms.forward.intro} isSigned secondary />}
      </VStack>
    </details>
  )
}

interface VerdictProps extends Props {
  kind: RightsVerdict
  intro: string
  isSigned?: boolean
  danger?: boolean
  secondary?: boolean
  children?: React.ReactNode
}

function Verdict({ kind, intro, hash, answer, statements, asksPassword, children, ...look }: VerdictProps) {
  const { title, text, submit } = words.forms[kind]
  const { isSigned, danger, secondary } = look
  return (
    <Section id={kind} title={title}>
      <VStack gap="space-16" className="reading">
        <BodyLong>{intro}</BodyLong>
        <AdminForm
          code={kind}
          answer={answer}
          submit={submit}
          hidden={{ contentHash: hash }}
          danger={danger}
          secondary={secondary}
        >
          {children}
          <Textarea {...fieldsOf(kind, answer)('text')} label={text} minRows={3} maxLength={4000} />
          <BodyLong weight="semibold">{statements[kind]}</BodyLong>
          {isSigned && asksPassword && <ProvedField form={kind} errors={errorsOf(kind, answer)} />}
        </AdminForm>
      </VStack>
    </Section>
  )
}

interface ChoiceProps<C extends string> {
  kind: RightsVerdict
  name: string
  legend: string
  of: readonly C[]
  words: Record<C, string>
  answer: Answer | undefined
}

function Choice<C extends string>({ kind, name, legend, of, words: labels, answer }: ChoiceProps<C>) {
  return (
    <RadioGroup legend={legend} {...fieldsOf(kind, answer)(name)}>
      {of.map((code) => (
        <Radio key={code} value={code}>
          {labels[code]}
        </Radio>
      ))}
    </RadioGroup>
  )
}

/** What a citizen completed otherwise than on the public page. */
function Completion({ answer }: Props) {
  return (
    <Section id="completar" title={words.completeTitle}>
      <VStack gap="space-16" className="reading">
        <BodyLong>{words.completeIntro}</BodyLong>
        <AdminForm code="completar" answer={answer} submit={words.complete}>
          <Textarea
            {...fieldsOf('completar', answer)('completion')}
            label={words.completion}
            minRows={3}
            maxLength={4000}
          />
        </AdminForm>
      </VStack>
    </Section>
  )
}

/** What attending this request changes in the records of the citizen. */
function Effects({ request, fields, answer }: Props) {
  const field = fieldsOf('attend', answer)
  if (request.aim === 'erasure') return <Alert variant="warning">{words.erasure}</Alert>
  if (request.aim === 'withdrawal')
    return (
      <CheckboxGroup legend={words.purposes}>
        {PURPOSES.map((purpose) => (
          <Checkbox
            key={purpose}
            name={`purpose-${purpose}`}
            value="si"
            defaultChecked={field(`purpose-${purpose}`).defaultValue === 'si'}
          >
            {copyText.purposes[purpose]}
          </Checkbox>
        ))}
      </CheckboxGroup>
    )
  if (request.aim !== 'correction') return null
  return (
    <Fieldset legend={words.corrections} description={words.correctionsHelp}>
      {CORRECTION_ROWS.map((n) => (
        <VStack key={n} gap="space-8">
          <Select {...field(`datum-${n}`)} label={words.datum(n)}>
            <option value="">{words.noDatum}</option>
            {fields.map(({ path, label }) => (
              <option key={path} value={path}>
                {label}
              </option>
            ))}
          </Select>
          <TextField {...field(`value-${n}`)} label={words.value(n)} autoComplete="off" />
        </VStack>
      ))}
    </Fieldset>
  )
}
