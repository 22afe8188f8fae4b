import { TextField } from '@navikt/ds-react'
import { useRouteLoaderData } from '@remix-run/react'
import type { loader as personLoader } from '../routes/person/layout.tsx'
import { decisionText } from '../text/decisions.ts'
import { errorOf, type ShownError } from './form-errors.tsx'

/** The password, given again inside one of several forms of a page, and a code where the account has a second factor. */
export function ProvedField({ form, errors }: { form: string; errors: ShownError[] | undefined }) {
  const frame = useRouteLoaderData<typeof personLoader>('routes/person/layout')
  return (
    <>
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
      {frame?.hasFactor && (
        <TextField
          id={`${form}-codigo`}
          name="codigo"
          label={decisionText.code}
          description={decisionText.codeHelp}
          autoComplete="one-time-code"
          className="field--medium"
        />
      )}
    </>
  )
}
