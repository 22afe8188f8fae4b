import { BodyLong, Button, Heading, VStack } from '@navikt/ds-react'
import { isRouteErrorResponse, Link } from '@remix-run/react'
import { errorPageText, wordsFor } from '../text/errors.ts'

/** Title of a page that failed; for the `meta` of every route with an error boundary. */
export function errorTitle(error: unknown): { title: string }[] {
  const status = isRouteErrorResponse(error) ? error.status : 500
  return error ? [{ title: errorPageText.documentTitle(wordsFor(status).title) }] : []
}

interface Props {
  error: unknown
  /** Of the page itself; an answer that failed brings its own. */
  requestId: string | undefined
}

/** What went wrong in the words for its status, what to do now, and the number that is in the log. */
export function ErrorPage({ error, requestId }: Props) {
  const status = isRouteErrorResponse(error) ? error.status : 500
  const page = isRouteErrorResponse(error) && typeof error.data === 'object' ? error.data : undefined
  const words = wordsFor(status)
  const reference = page?.requestId ?? requestId
  return (
    <VStack gap="space-20" className="reading">
      <Heading level="1" size="large">
        {words.title}
      </Heading>
      <BodyLong>{page?.message ?? words.message}</BodyLong>
      <BodyLong>{words.next}</BodyLong>
      {status !== 404 && reference && (
        <BodyLong size="small">
          {errorPageText.reference}: <code>{reference}</code>
        </BodyLong>
      )}
      <div>
        <Button as={Link} to="/" variant="secondary">
          {errorPageText.toStart}
        </Button>
      </div>
    </VStack>
  )
}
