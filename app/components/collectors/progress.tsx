import { BodyLong, Button, TextField, VStack } from '@navikt/ds-react'
import { Form } from '@remix-run/react'
import type { CollectorState, ForwardingFailure } from '../../../domain/forwarding.ts'
import { forwardingFailure, lagText, sentText, collectorText as words } from '../../text/collectors.ts'
import { formatInstant } from '../../text/format.ts'
import { AdminForm } from '../admin-form.tsx'
import { type Fact, Facts } from '../facts.tsx'
import { type Answer, fieldsOf } from '../form-fields.tsx'
import { Section } from '../section.tsx'
import { CollectorChip } from '../state-chip.tsx'

interface Props {
  collector: {
    confirmed: number
    confirmedAt: string | Date | null
    failing: (ForwardingFailure & { since: string | Date }) | null
  }
  state: CollectorState
  lag: { events: number; since: string | Date | null }
}

/** How far it is, what it answered last, and the button for what can be done. */
export function Progress({ collector, state, lag }: Props) {
  const { confirmedAt, failing } = collector
  const facts: Fact[] = [
    [words.state, <CollectorChip key="estado" state={state} />],
    [words.sent, sentText(collector)],
    [words.sentAt, confirmedAt === null ? words.never : formatInstant(confirmedAt)],
    [words.lag, lagText(lag)],
    ...(failing ? ([[words.error, `${forwardingFailure(failing)} ${words.errorSince(failing.since)}`]] as Fact[]) : []),
  ]
  const isSending = state === 'sending'
  return (
    <Section id="avance" title={words.progress}>
      <VStack gap="space-16">
        <Facts layout="facts" facts={facts} />
        <Form method="post">
          <input type="hidden" name="formulario" value={isSending ? 'detener' : 'reanudar'} />
          <Button type="submit" variant={isSending ? 'secondary' : 'primary'}>
            {isSending ? words.pause : state === 'trying' ? words.tryNow : words.resume}
          </Button>
        </Form>
        {state === 'trying' && (
          <Form method="post">
            <input type="hidden" name="formulario" value="detener" />
            <Button type="submit" variant="secondary">
              {words.pause}
            </Button>
          </Form>
        )}
      </VStack>
    </Section>
  )
}

const AGAIN_FORM = 'repetir'

/** Sends again what the collector lost. */
export function ForwardAgain({ confirmed, answer }: { confirmed: number; answer: Answer | undefined }) {
  const field = fieldsOf(AGAIN_FORM, answer)
  return (
    <Section id="de-nuevo" title={words.again}>
      <BodyLong spacing className="reading">
        {words.againWhy}
      </BodyLong>
      <AdminForm code={AGAIN_FORM} answer={answer} submit={words.again} secondary>
        <TextField
          {...field('from')}
          label={words.againFrom}
          description={words.againHelp(confirmed)}
          inputMode="numeric"
          htmlSize={12}
        />
      </AdminForm>
    </Section>
  )
}
