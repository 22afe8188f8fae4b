import {
  BodyLong,
  Button,
  Heading,
  HStack,
  Radio,
  RadioGroup,
  Select,
  Textarea,
  TextField,
  VStack,
} from '@navikt/ds-react'
import { Form, useNavigation } from '@remix-run/react'
import { answerText as words } from '../../text/results.ts'
import { errorOf, FormErrors, type ShownError } from '../form-errors.tsx'
import { NativeField } from '../native-field.tsx'

interface TypedCommitment {
  what: string
  positionId: string
  dueDate: string
  indicator: string
}

/** What came back of a form that was not done: everything typed, and what is wrong with it. */
export interface AnswerBack {
  errors: ShownError[]
  typed: { changes: string; reason: string; commitments: TypedCommitment[] }
  refusal: string | null
}

interface Props {
  positions: { id: string; name: string }[]
  answer: AnswerBack | undefined
}

const EMPTY: TypedCommitment = { what: '', positionId: '', dueDate: '', indicator: '' }

/** "¿Qué va a cambiar?": commitments, or nothing and why. Works without JavaScript: another commitment is asked of the server. */
export function AnswerForm({ positions, answer }: Props) {
  const sent = useNavigation().formData?.get('intent')
  const { changes = '', reason = '', commitments = [] } = answer?.typed ?? {}
  const shown = (commitments.length > 0 ? commitments : [EMPTY]).map((one, i) => ({ one, n: i + 1 }))
  return (
    <Form method="post" noValidate action="#respuesta">
      <VStack gap="space-24" className="reading">
        <BodyLong>{words.intro}</BodyLong>
        <FormErrors errors={answer?.errors} />
        <RadioGroup
          id="respuesta-changes"
          tabIndex={-1}
          legend={words.choice}
          name="cambia"
          defaultValue={changes}
          error={errorOf(answer?.errors, 'respuesta-changes')}
        >
          <Radio value="si">{words.choices.si}</Radio>
          <Radio value="no">{words.choices.no}</Radio>
        </RadioGroup>
        <fieldset className="answer-branch">
          <legend>{words.ifYes}</legend>
          <VStack gap="space-24">
            {shown.map(({ one, n }) => (
              <CommitmentFields key={n} {...{ n, one, positions }} errors={answer?.errors} />
            ))}
            <div>
              <Button type="submit" name="intent" value="otro" variant="tertiary" loading={sent === 'otro'}>
                {words.more}
              </Button>
            </div>
          </VStack>
        </fieldset>
        <fieldset className="answer-branch">
          <legend>{words.ifNo}</legend>
          <Textarea
            id="respuesta-reason"
            name="motivo"
            label={words.reason}
            minRows={3}
            maxRows={10}
            defaultValue={reason}
            error={errorOf(answer?.errors, 'respuesta-reason')}
          />
        </fieldset>
        <HStack>
          <Button type="submit" name="intent" value="responder" loading={sent === 'responder'}>
            {words.submit}
          </Button>
        </HStack>
      </VStack>
    </Form>
  )
}

interface FieldsProps extends Pick<Props, 'positions'> {
  n: number
  one: TypedCommitment
  errors: ShownError[] | undefined
}

function CommitmentFields({ n, one, positions, errors }: FieldsProps) {
  const field = (name: keyof TypedCommitment) => {
    const id = `respuesta-commitments-${n - 1}-${name}`
    return { id, error: errorOf(errors, id), defaultValue: one[name] }
  }
  return (
    <VStack gap="space-16" as="section" aria-labelledby={`compromiso-${n}`}>
      <Heading level="3" size="xsmall" id={`compromiso-${n}`}>
        {words.commitment(n)}
      </Heading>
      <Textarea
        {...field('what')}
        name="compromiso"
        label={words.what}
        description={words.whatHelp}
        minRows={2}
        maxRows={10}
      />
      <Select {...field('positionId')} name="cargo" label={words.owner} className="field--medium">
        <option value="">{words.ownerNone}</option>
        {positions.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </Select>
      <NativeField {...field('dueDate')} type="date" name="fecha" label={words.due} className="field--medium" />
      <TextField {...field('indicator')} name="indicador" label={words.indicator} />
    </VStack>
  )
}
