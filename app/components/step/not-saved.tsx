import { Alert, Heading } from '@navikt/ds-react'
import type { ReviewLine } from '../../../domain/forms.ts'
import { stepText } from '../../text/steps.ts'
import { AnswersList } from './answers-list.tsx'

/** Nothing typed is lost: it is shown once more, to be copied. */
export function NotSaved({ sentence, lines }: { sentence: string; lines: ReviewLine[] }) {
  return (
    <section className="card card--warning" aria-labelledby="no-guardado">
      <Alert variant="warning" role="alert" inline>
        <Heading level="2" size="small" id="no-guardado">
          {stepText.notSaved}
        </Heading>
        {sentence}
      </Alert>
      <details>
        <summary>{stepText.typed}</summary>
        <AnswersList lines={lines} level="3" />
      </details>
    </section>
  )
}
