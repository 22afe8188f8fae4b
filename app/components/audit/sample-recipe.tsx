import { Alert, Button, HStack, VStack } from '@navikt/ds-react'
import { Link } from '@remix-run/react'
import type { Population } from '../../../domain/audit-samples.ts'
import type { SampleMethod } from '../../../domain/sampling.ts'
import { sampleText as words } from '../../text/audit-samples.ts'

interface Props {
  sample: { code: string; population: Population; method: SampleMethod }
  /** What came of drawing it again; null where nobody asked. */
  repeated: keyof typeof words.repeated | null
}

/** How a stranger draws the same sample, step by step, and with what. */
export function SampleRecipe({ sample: { code, population, method }, repeated }: Props) {
  return (
    <VStack gap="space-16" className="reading">
      {repeated && (
        <Alert variant={repeated === 'same' ? 'success' : 'error'} role="status">
          {words.repeated[repeated]}
        </Alert>
      )}
      <ol>
        <li>
          {words.steps.text} {words.sizeOf[population]}
        </li>
        <li>{words.steps.rank}</li>
        <li>{words.picked[method]}</li>
      </ol>
      <HStack gap="space-8" wrap>
        <Button as={Link} to={`/auditoria/muestras/${code}?repetir=si#repetir`} variant="secondary">
          {words.repeat}
        </Button>
        <Button as="a" href={`/auditoria/poblaciones/${code}`} variant="secondary">
          {words.download}
        </Button>
      </HStack>
    </VStack>
  )
}
