import { Alert } from '@navikt/ds-react'
import { useSearchParams } from '@remix-run/react'

/** After a change: one sentence that says what was recorded; its code is in the address as `hecho`. */
export function DoneNotice({ sentences }: { sentences: Record<string, string> }) {
  const [search] = useSearchParams()
  const done = search.get('hecho') ?? ''
  const sentence = Object.hasOwn(sentences, done) && sentences[done]
  if (!sentence) return null
  return (
    <Alert variant="success" role="status" className="reading">
      {sentence}
    </Alert>
  )
}
