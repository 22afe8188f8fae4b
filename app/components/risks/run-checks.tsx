import { Alert, Button } from '@navikt/ds-react'
import { Form, useNavigation } from '@remix-run/react'
import { checksText as words } from '../../text/automatic-checks.ts'

interface Props {
  formKey: string
  /** How far the rounds under way are; null where none is. */
  progress: { done: number; all: number } | null
  /** Why this person runs none; null when they do. */
  whyNot: string | null
  label: string
}

/** The one button that runs controls; while they run, how far they are. */
export function RunChecks({ formKey, progress, whyNot, label }: Props) {
  const busy = useNavigation().state === 'submitting'
  if (whyNot) return <p className="quiet">{whyNot}</p>
  if (progress) return null
  return (
    <Form method="post">
      <input type="hidden" name="formKey" value={formKey} />
      <Button type="submit" loading={busy}>
        {label}
      </Button>
    </Form>
  )
}

/** What came of asking for a run: why there is none, or how far it is. Without a script the page reads itself again too. */
export function ChecksProgress({ progress, answer }: Pick<Props, 'progress'> & { answer?: { refusal?: string } }) {
  return (
    <>
      {answer?.refusal && (
        <Alert variant="warning" role="alert">
          {answer.refusal}
        </Alert>
      )}
      <div role="status">
        {progress && (
          <>
            <noscript>
              <meta httpEquiv="refresh" content="5" />
            </noscript>
            <Alert variant="info" className="reading">
              {words.progress(progress.done, progress.all)}
            </Alert>
          </>
        )}
      </div>
    </>
  )
}
