import { Alert } from '@navikt/ds-react'
import { useActionData, useSearchParams } from '@remix-run/react'

/**
 * After a change: one sentence that says what was recorded; its code is in the address as `hecho`. Gone once a form of the page was
 * answered there: that is no longer about what was done before.
 */
export function DoneNotice({ sentences }: { sentences: Record<string, string> }) {
  const [search] = useSearchParams()
  const isAnswered = useActionData() !== undefined
  const done = search.get('hecho') ?? ''
  const sentence = Object.hasOwn(sentences, done) && sentences[done]
  if (!sentence || isAnswered) return null
  return (
    <Alert variant="success" role="status" className="reading">
      {sentence}
    </Alert>
  )
}
