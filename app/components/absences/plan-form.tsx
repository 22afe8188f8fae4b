import { Alert, BodyLong, Button, Heading, HStack, Select, TextField, VStack } from '@navikt/ds-react'
import { Form } from '@remix-run/react'
import { ABSENCE_REASONS, SUBSTITUTION_SCOPES } from '../../../domain/substitutions.ts'
import { absenceReasonText, scopeText, planText as words } from '../../text/absences.ts'
import { AdminForm } from '../admin-form.tsx'
import { type Answer, fieldsOf } from '../form-fields.tsx'
import { NativeField } from '../native-field.tsx'
import { Section } from '../section.tsx'

interface Props {
  isOwn: boolean
  person: { id: string; name: string }
  positions: { id: string; name: string }[]
  deputies: { id: string; name: string; positions: string }[]
  moreDeputies: boolean
  narrowed: string
  formKey: string
  today: string
  /** What it came to is shown above; the form stays for changing something. */
  isRehearsed: boolean
  answer: Answer | undefined
}

/** The absence, and who substitutes: one person for everything, or one who decides and one who elaborates. */
export function PlanForm({
  person,
  isOwn,
  positions,
  deputies,
  formKey,
  today,
  answer,
  isRehearsed,
  ...search
}: Props) {
  const [first] = positions
  const field = fieldsOf('ausencia', answer, { positionId: first?.id ?? '', from: today })
  return (
    <VStack gap="space-24">
      {isRehearsed && (
        <Heading level="2" size="medium">
          {words.change}
        </Heading>
      )}
      {(search.moreDeputies || search.narrowed) && <NarrowForm personId={isOwn ? null : person.id} {...search} />}
      <AdminForm
        code="ausencia"
        answer={answer}
        submit={isRehearsed ? words.rehearseAgain : words.rehearse}
        secondary={isRehearsed}
        hidden={{ formKey: answer?.values.formKey ?? formKey, personId: person.id }}
        cancelTo="/ausencias"
      >
        <Select {...field('positionId')} label={words.position}>
          {positions.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
        <NativeField {...field('from')} type="date" label={words.from} />
        <NativeField {...field('to')} type="date" label={words.to} description={words.toHelp} />
        <Select {...field('reason')} label={words.reason}>
          <option value="">{words.chooseReason}</option>
          {ABSENCE_REASONS.map((code) => (
            <option key={code} value={code}>
              {absenceReasonText[code]}
            </option>
          ))}
        </Select>
        <TextField
          {...field('actReference')}
          label={words.actReference}
          description={words.actHelp}
          autoComplete="off"
        />
        <Section id="reemplazo" title={words.whoTitle}>
          <VStack gap="space-16">
            <BodyLong>{words.whoHelp}</BodyLong>
            {SUBSTITUTION_SCOPES.map((scope) => (
              <Select key={scope} {...field(scope)} label={scopeText[scope]}>
                <option value="">{words.nobodyChosen}</option>
                {deputies.map(({ id, name, positions: held }) => (
                  <option key={id} value={id}>
                    {held === name ? name : `${name} · ${held}`}
                  </option>
                ))}
              </Select>
            ))}
          </VStack>
        </Section>
      </AdminForm>
    </VStack>
  )
}

function NarrowForm(props: { personId: string | null; moreDeputies: boolean; narrowed: string }) {
  return (
    <Form method="get" role="search">
      <VStack gap="space-8">
        {props.moreDeputies && <Alert variant="info">{words.moreDeputies}</Alert>}
        {props.personId && <input type="hidden" name="persona" value={props.personId} />}
        <HStack gap="space-12" align="end" wrap>
          <TextField name="reemplazo" label={words.narrow} defaultValue={props.narrowed} autoComplete="off" />
          <Button type="submit" variant="secondary">
            {words.find}
          </Button>
        </HStack>
      </VStack>
    </Form>
  )
}
