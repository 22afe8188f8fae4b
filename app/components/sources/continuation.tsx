import { Alert, Button, Select, VStack } from '@navikt/ds-react'
import { Form, useNavigation } from '@remix-run/react'
import type { ContinuedSource } from '../../../db/sources.ts'
import type { Continuable, EarlierOption } from '../../pages/source.server.ts'
import { continuityText } from '../../text/continuity.ts'
import { Section } from '../section.tsx'

interface Props {
  continues: ContinuedSource | null
  continuable: Continuable
}

/** Which source of an earlier exercise this one goes on with: proposed by its name, and said by a person. */
export function Continuation({ continues, continuable: { options, likely } }: Props) {
  const proposed = options.find(({ id }) => id === likely?.id)
  return (
    <Section id="continuidad" title={continuityText.title}>
      <VStack gap="space-16" className="reading">
        {likely && proposed ? (
          <Alert variant="info">
            <VStack gap="space-12" align="start">
              <span>{continuityText.likely(proposed, likely.because)}</span>
              <Accept id={proposed.id} />
            </VStack>
          </Alert>
        ) : (
          <p>{continues ? continuityText.goesOn(continues) : continuityText.goesOnNowhere}</p>
        )}
        <details className="quiet-details">
          <summary>{continues || proposed ? continuityText.change : continuityText.choose}</summary>
          <Choose options={options} chosen={continues?.id ?? ''} />
        </details>
      </VStack>
    </Section>
  )
}

function Accept({ id }: { id: string }) {
  const busy = useNavigation().state === 'submitting'
  return (
    <Form method="post">
      <input type="hidden" name="accion" value="continuar" />
      <input type="hidden" name="continua" value={id} />
      <Button type="submit" size="small" loading={busy}>
        {continuityText.accept}
      </Button>
    </Form>
  )
}

function Choose({ options, chosen }: { options: EarlierOption[]; chosen: string }) {
  const busy = useNavigation().state === 'submitting'
  return (
    <Form method="post" key={chosen}>
      <VStack gap="space-16" align="start">
        <input type="hidden" name="accion" value="continuar" />
        <ContinuedField options={options} chosen={chosen} />
        <Button type="submit" variant="secondary" size="small" loading={busy}>
          {continuityText.save}
        </Button>
      </VStack>
    </Form>
  )
}

export function ContinuedField({ options, chosen }: { options: EarlierOption[]; chosen: string }) {
  return (
    <Select
      id="continua"
      name="continua"
      label={continuityText.field}
      description={continuityText.fieldHelp}
      defaultValue={chosen}
    >
      <option value="">{continuityText.none}</option>
      {options.map((option) => (
        <option key={option.id} value={option.id}>
          {continuityText.option(option)}
        </option>
      ))}
    </Select>
  )
}
