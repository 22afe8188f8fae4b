import { Alert, VStack } from '@navikt/ds-react'
import { notTakenText as words } from '../text/parts.ts'
import type { Answer } from './form-fields.tsx'

interface Props {
  answer: Answer | undefined
  /** Codes of the forms that stand on the page as it is now; what they answer is said in them. */
  forms: readonly string[]
}

/** Fields in which people write words. */
const WRITTEN = [
  'what',
  'body',
  'evidence',
  'steps',
  'root',
  'statement',
  'indicator',
  'reason',
  'note',
  'observation',
  'answer',
]

/** Somebody was faster, and the form that was sent is gone: why it was not taken, and what was written, to be copied. */
export function NotTaken({ answer, forms }: Props) {
  if (!answer || answer.errors.length === 0 || forms.includes(answer.values.formulario ?? '')) return null
  const written = WRITTEN.flatMap((name) => answer.values[name] || [])
  return (
    <Alert variant="warning" role="alert" className="reading">
      <VStack gap="space-12">
        {answer.errors.map(({ message }) => (
          <span key={message}>{message}</span>
        ))}
        {written.length > 0 && <strong>{words.copy}</strong>}
        {written.map((text) => (
          <span key={text} className="typed">
            {text}
          </span>
        ))}
      </VStack>
    </Alert>
  )
}
