import { Alert, BodyLong, Button, Heading, HStack, Radio, RadioGroup, Tag, VStack } from '@navikt/ds-react'
import { Form } from '@remix-run/react'
import type { ShownDifference, ShownMerge } from '../../pages/draft-merge.server.ts'
import { conflictText } from '../../text/steps.ts'
import { LeftOverList } from './left-over.tsx'

interface Props {
  merge: ShownMerge
  /** What the person typed, as the inputs of its form hold it. */
  hidden: [string, string][]
  base: string
}

/** Both versions of a draft that two people saved at once: nothing is lost, and the person says what stays, field by field. */
export function ConflictPanel({ merge, hidden, base }: Props) {
  const groups = [...new Set(merge.differences.map((one) => one.groupCode))]
  return (
    <section className="card card--warning" aria-labelledby="conflicto">
      <VStack gap="space-20">
        <Alert variant="warning" role="alert" inline>
          <Heading level="2" size="small" id="conflicto">
            {conflictText.title}
          </Heading>
        </Alert>
        <BodyLong>{conflictText.intro(merge.by || conflictText.someone, merge.savedAt)}</BodyLong>
        <Form method="post" action={base} reloadDocument>
          <VStack gap="space-24">
            <input type="hidden" name="rev" value={merge.rev} />
            <input type="hidden" name="base" value={merge.base} />
            {hidden.map(([name, value], i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: several choices of one field share a name
              <input key={i} type="hidden" name={name} value={value} />
            ))}
            {groups.length === 0 && <BodyLong>{conflictText.same}</BodyLong>}
            {groups.map((code) => (
              <Group
                key={code}
                differences={merge.differences.filter((one) => one.groupCode === code)}
                by={merge.by || conflictText.someone}
              />
            ))}
            <LeftOverList lines={merge.leftOver} />
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

function Group({ differences, by }: { differences: ShownDifference[]; by: string }) {
  return (
    <VStack gap="space-16">
      <Heading level="3" size="xsmall">
        {differences[0]?.group}
      </Heading>
      {differences.map((one) => (
        <OneDifference key={one.key} one={one} by={one.changed?.by ?? by} />
      ))}
    </VStack>
  )
}

/** One field, each version in the words of its own choice: a radio group, so that the arrow keys choose. */
function OneDifference({ one, by }: { one: ShownDifference; by: string }) {
  const description = one.both
    ? conflictText.both
    : one.choice === 'mia'
      ? conflictText.onlyMine
      : conflictText.onlyTheirs
  return (
    <RadioGroup
      legend={one.label}
      description={
        <>
          {one.both && (
            <Tag variant="warning" size="xsmall">
              {conflictText.bothMark}
            </Tag>
          )}{' '}
          {description}
        </>
      }
      name={`conflicto.${one.key}`}
      defaultValue={one.choice}
      size="small"
      className="merge"
    >
      <Radio value="mia">
        {conflictText.mine}
        <Typed text={one.mine} />
      </Radio>
      <Radio value="guardada">
        {one.changed ? conflictText.theirsAt(by, one.changed.at) : conflictText.theirs(by)}
        <Typed text={one.theirs} />
      </Radio>
      {one.joinable && <Radio value="ambas">{conflictText.joined}</Radio>}
    </RadioGroup>
  )
}

function Typed({ text }: { text: string }) {
  return <span className="typed merge__value">{text || <span className="quiet">{conflictText.empty}</span>}</span>
}
