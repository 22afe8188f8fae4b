import { BodyLong, ErrorMessage, TextField, Link as TextLink, VStack } from '@navikt/ds-react'
import { useRouteLoaderData } from '@remix-run/react'
import type { loader as personLoader } from '../routes/person/layout.tsx'
import { decisionText } from '../text/decisions.ts'
import { errorOf, type ShownError } from './form-errors.tsx'

interface Props {
  /** Where a page has several forms. */
  form?: string
  errors: ShownError[] | undefined
}

/**
 * What shows again who one is, inside a form: the password or, for whoever the entity's directory let in, the way there; and
 * a code where the account has a second factor.
 */
export function ProvedField({ form, errors }: Props) {
  const frame = useRouteLoaderData<typeof personLoader>('routes/person/layout')
  const id = (name: string) => (form === undefined ? name : `${form}-${name}`)
  const error = errorOf(errors, id('clave'))
  return (
    <>
      {frame?.isByDirectory ? (
        <ByDirectory id={id('clave')} error={error} />
      ) : (
        <Password id={id('clave')} error={error} />
      )}
      {frame?.hasFactor && (
        <TextField
          id={id('codigo')}
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

function Password({ id, error }: { id: string; error: string | undefined }) {
  return (
    <TextField
      id={id}
      name="clave"
      type="password"
      label={decisionText.password}
      description={decisionText.passwordHelp}
      autoComplete="current-password"
      className="field--medium"
      error={error}
    />
  )
}

/** In another tab, so that nothing typed here is lost, with script or without. */
function ByDirectory({ id, error }: { id: string; error: string | undefined }) {
  return (
    <VStack gap="space-8" className="reading">
      <BodyLong>{decisionText.directoryHelp}</BodyLong>
      <TextLink id={id} href="/cuenta/directorio" target="_blank" rel="noopener">
        {decisionText.directoryLink}
      </TextLink>
      {error && <ErrorMessage showIcon>{error}</ErrorMessage>}
    </VStack>
  )
}
