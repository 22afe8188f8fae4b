import { BodyLong, Button, VStack } from '@navikt/ds-react'
import { verificationText as words } from '../text/audit.ts'
import { Section } from './section.tsx'

/** What somebody outside needs to check the log by themselves: what to do, the program, and the keys that sign, newest first. */
export function CheckedOutside({
  title,
  steps,
  keys,
  keysHelp,
}: {
  title: string
  steps: readonly string[]
  keys: readonly string[]
  keysHelp: string
}) {
  return (
    <>
      <Section id="como" title={title}>
        <ol>
          {steps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
        <VStack gap="space-12" align="start">
          <Button as="a" variant="secondary" href="/historia/verificador">
            {words.program}
          </Button>
          <BodyLong>
            {words.programUse} <code className="breaks">{words.command}</code>
          </BodyLong>
        </VStack>
      </Section>
      <Section id="llaves" title={words.keys}>
        <BodyLong className="quiet">{keysHelp}</BodyLong>
        <ul>
          {keys.map((key) => (
            <li key={key}>
              <code className="breaks">{key}</code>
            </li>
          ))}
        </ul>
      </Section>
    </>
  )
}
