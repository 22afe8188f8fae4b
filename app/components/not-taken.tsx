import { Alert, VStack } from '@navikt/ds-react'
import { notTakenText as words } from '../text/parts.ts'
import type { Answer } from './form-fields.tsx'

interface Props {
  answer: Answer | undefined
  /** Codes of the forms that stand on the page as it is now; what they answer is said in them. */
  forms: readonly string[]
  /** Names of the fields of any form of the page in which people write words, in its order. */
  written: readonly string[]
}

/** Somebody was faster, and the form that was sent is gone: why it was not taken, and what was written, to be copied. */
export function NotTaken({ answer, forms, written }: Props) {
  if (!answer || answer.errors.length === 0 || forms.includes(answer.values.formulario ?? '')) return null
  const lost = written.flatMap((name) => {
    const text = answer.values[name]
    return text ? [{ name, text }] : []
  })
  return (
    <Alert variant="warning" role="alert" className="reading">
      <VStack gap="space-12">
        {answer.errors.map(({ field, message }) => (
          <span key={field}>{message}</span>
        ))}
        {lost.length > 0 && <strong>{words.copy}</strong>}
        {lost.map(({ name, text }) => (
          <span key={name} className="typed">
            {text}
          </span>
        ))}
      </VStack>
    </Alert>
  )
}
