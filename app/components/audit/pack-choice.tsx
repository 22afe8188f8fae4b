import { BodyLong, Button, Select, VStack } from '@navikt/ds-react'
import { packChoiceText as words } from '../../text/packs.ts'
import { Section } from '../section.tsx'

interface Props {
  cycles: { id: string; name: string; radicado: string }[]
  /** There are more than are offered here. */
  more: boolean
  /** The one that was asked for, and why its evidence was not handed out. */
  chosen: string | null
  fault: string | null
}

/** Of which exercise the evidence is taken away, sealed. */
export function PackChoice({ cycles, more, chosen, fault }: Props) {
  return (
    <Section id="paquete" title={words.title}>
      <BodyLong className="quiet" spacing>
        {words.help}
      </BodyLong>
      {cycles.length === 0 ? (
        <BodyLong>{words.none}</BodyLong>
      ) : (
        <form method="get" action="/auditoria/paquete">
          <VStack gap="space-16" align="start">
            <Select
              key={chosen}
              name="ejercicio"
              label={words.cycle}
              description={more ? words.more : undefined}
              defaultValue={chosen ?? undefined}
              error={fault}
            >
              {cycles.map(({ id, name, radicado }) => (
                <option key={id} value={id}>
                  {words.option(name, radicado)}
                </option>
              ))}
            </Select>
            <Button type="submit">{words.submit}</Button>
          </VStack>
        </form>
      )}
    </Section>
  )
}
