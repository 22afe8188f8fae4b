import { Alert } from '@navikt/ds-react'
import { Link } from '@remix-run/react'
import { formText } from '../../text/forms.ts'

/** The form of the step has a newer version; the draft stays where it is until somebody brings it over. */
export function NewerForm({ own, newest, base }: { own: number; newest: number; base: string }) {
  return (
    <Alert variant="info">
      {formText.newer(own, newest)} <Link to={`${base}/formulario`}>{formText.see}</Link>
    </Alert>
  )
}
