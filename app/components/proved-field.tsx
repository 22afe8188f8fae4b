import { TextField } from '@navikt/ds-react'
import { decisionText } from '../text/decisions.ts'
import { errorOf, type ShownError } from './form-errors.tsx'

/** The password, given again inside one of several forms of a page. */
export function ProvedField({ form, errors }: { form: string; errors: ShownError[] | undefined }) {
  return (
    <TextField
      id={`${form}-clave`}
      name="clave"
      type="password"
      label={decisionText.password}
      description={decisionText.passwordHelp}
      autoComplete="current-password"
      className="field--medium"
      error={errorOf(errors, `${form}-clave`)}
    />
  )
}
