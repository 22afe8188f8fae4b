import { Alert, BodyLong, Button, Heading, HStack, Radio, RadioGroup, VStack } from '@navikt/ds-react'
import { Form } from '@remix-run/react'
import {
  type Answers,
  type Change,
  changesBetween,
  entriesOf,
  type FormDefinition,
  type ReferenceOptions,
} from '../../../domain/forms.ts'
import { conflictText } from '../../text/steps.ts'
import { ChangesTable } from './changes-table.tsx'
import type { Standing } from './use-draft.ts'

interface Props {
  definition: FormDefinition
  options: ReferenceOptions
  mine: Answers
  standing: Standing
  base: string
}

/** Both versions of a draft that two people saved at once: nothing is lost, and the person says what stays, group by group. */
export function ConflictPanel({ definition, options, mine, standing, base }: Props) {
  const by = standing.savedBy || conflictText.someone
  const changes = changesBetween(definition, standing.answers, mine, options)
  const groups = definition.groups.filter((group) => changes.some((change) => change.groupCode === group.code))
  return (
    <section className="card card--warning" aria-labelledby="conflicto">
      <VStack gap="space-20">
        <Alert variant="warning" role="alert" inline>
          <Heading level="2" size="small" id="conflicto">
            {conflictText.title}
          </Heading>
        </Alert>
        <BodyLong>{conflictText.intro(by, standing.savedAt)}</BodyLong>
        <Form method="post" action={base} reloadDocument>
          <VStack gap="space-24">
            <input type="hidden" name="rev" value={standing.rev} />
            {entriesOf(definition, mine).map(([name, value], i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: several choices of one field share a name
              <input key={i} type="hidden" name={name} value={value} />
            ))}
            {groups.length === 0 && <BodyLong>{conflictText.same}</BodyLong>}
            {groups.map((group) => (
              <GroupChoice
                key={group.code}
                code={group.code}
                title={group.title}
                by={by}
                changes={changes.filter((change) => change.groupCode === group.code)}
              />
            ))}
            <HStack gap="space-16" wrap>
              <Button type="submit" name="intent" value="combinar">
                {conflictText.submit}
              </Button>
              <Button as="a" href={base} variant="tertiary">
                {conflictText.drop}
              </Button>
            </HStack>
          </VStack>
        </Form>
      </VStack>
    </section>
  )
}

interface ChoiceProps {
  code: string
  title: string
  by: string
  changes: Change[]
}

function GroupChoice({ code, title, by, changes }: ChoiceProps) {
  const words = { before: conflictText.theirs(by), after: conflictText.mine, field: conflictText.field }
  return (
    <VStack gap="space-12">
      <ChangesTable caption={conflictText.caption(title)} changes={changes} words={words} plain />
      <RadioGroup legend={conflictText.choice(title)} name={`conflicto.${code}`} defaultValue="mia" size="small">
        <Radio value="mia">{conflictText.mine}</Radio>
        <Radio value="guardada">{conflictText.theirs(by)}</Radio>
      </RadioGroup>
    </VStack>
  )
}
