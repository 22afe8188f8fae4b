import { BodyLong, Button, Heading, HStack, Textarea, VStack } from '@navikt/ds-react'
import { Form } from '@remix-run/react'
import { crosswalkText as words } from '../../text/variables.ts'
import { DataTable } from '../data-table.tsx'
import { errorOf, FormErrors } from '../form-errors.tsx'
import { type Answer, errorsOf } from '../form-fields.tsx'
import { ProvedField } from '../proved-field.tsx'
import { Section } from '../section.tsx'

interface Shown {
  note: string
  who: string
  lines: { old: string; now: string }[]
}

/** Value by value, what is called how now; with the note that stands beside the series. */
export function CrosswalkTable({ from, to, crosswalk }: { from: number; to: number; crosswalk: Shown }) {
  return (
    <Section id="tabla" title={words.table}>
      <VStack gap="space-12">
        {crosswalk.lines.length === 0 ? (
          <BodyLong className="reading">{words.oneToOne}</BodyLong>
        ) : (
          <DataTable
            caption={words.table}
            hideCaption
            rows={crosswalk.lines}
            rowKey={({ old }) => old}
            columns={[
              { key: 'old', header: words.columns.old(from), rowHeader: true, cell: ({ old }) => old },
              { key: 'now', header: words.columns.now(to), cell: ({ now }) => now },
            ]}
          />
        )}
        <BodyLong className="reading">{crosswalk.note}</BodyLong>
        <BodyLong className="quiet reading">{crosswalk.who}</BodyLong>
      </VStack>
    </Section>
  )
}

interface Props {
  id: string
  asksPassword: boolean
  answer: Answer | undefined
}

/** Approves the table as it stands, or gives it back with an observation. */
export function DecideCrosswalk({ id, asksPassword, answer }: Props) {
  const errors = errorsOf('decision', answer)
  return (
    <section className="card reading" aria-labelledby="decidir">
      <Form method="post" noValidate>
        <VStack gap="space-16">
          <Heading level="2" size="medium" id="decidir">
            {words.decide}
          </Heading>
          <FormErrors errors={errors} />
          <input type="hidden" name="formulario" value="decision" />
          <input type="hidden" name="tabla" value={id} />
          <BodyLong>{words.statement}</BodyLong>
          <Textarea
            id="decision-observation"
            name="observation"
            label={words.observation}
            minRows={2}
            defaultValue={answer?.values.observation}
            error={errorOf(errors, 'decision-observation')}
          />
          {asksPassword && <ProvedField form="decision" errors={errors} />}
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
