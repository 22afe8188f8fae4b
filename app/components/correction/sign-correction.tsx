import { BodyLong, Button, Heading, HStack, Textarea, VStack } from '@navikt/ds-react'
import { Form } from '@remix-run/react'
import { correctionText as words } from '../../text/corrections.ts'
import { errorOf } from '../form-errors.tsx'
import { type Answer, errorsOf } from '../form-fields.tsx'
import { ProvedField } from '../proved-field.tsx'

interface Props {
  /** Of the files shown: exactly these are signed. */
  hash: string
  statement: string
  asksPassword: boolean
  answer: Answer | undefined
}

/** Signs the correction as prepared, or gives it back with an observation. */
export function SignCorrection({ hash, statement, asksPassword, answer }: Props) {
  const errors = errorsOf('firma', answer)
  return (
    <section className="card reading" aria-labelledby="firma">
      <Form method="post" noValidate>
        <VStack gap="space-16">
          <Heading level="2" size="medium" id="firma">
            {words.signTitle}
          </Heading>
          <input type="hidden" name="formulario" value="firma" />
          <input type="hidden" name="huella" value={hash} />
          <BodyLong weight="semibold">{statement}</BodyLong>
          <BodyLong className="quiet">{words.signing}</BodyLong>
          <Textarea
            id="firma-observation"
            name="observation"
            label={words.observation}
            minRows={2}
            defaultValue={answer?.values.observation}
            error={errorOf(errors, 'firma-observation')}
          />
          {asksPassword && <ProvedField form="firma" errors={errors} />}
          <HStack gap="space-16" wrap>
            <Button type="submit" name="verdict" value="approve">
              {words.sign}
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
