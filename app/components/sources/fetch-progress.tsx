import { Button, HStack, Loader, VStack } from '@navikt/ds-react'
import { Form, Link } from '@remix-run/react'
import { outsideText } from '../../text/connections.ts'
import { sourceText } from '../../text/sources.ts'
import { useReload } from './use-reload.ts'

interface Props {
  fetchId: string
  bytes: number
  isWaiting: boolean
  isStopping: boolean
  mayStop: boolean
}

/** Bytes so far: how many there are, nobody knows before the last. It goes on whether or not anybody looks. */
export function FetchProgress({ fetchId, bytes, isWaiting, isStopping, mayStop }: Props) {
  useReload()
  const words = isWaiting ? outsideText.waiting : outsideText.progress(bytes)
  return (
    <VStack gap="space-16" className="reading">
      <HStack gap="space-12" align="center">
        <Loader size="small" title={outsideText.progressTitle} />
        <p className="progress-words" role="status">
          {isStopping ? sourceText.cancelling : words}
        </p>
      </HStack>
      <HStack gap="space-16" wrap>
        {mayStop && !isStopping && (
          <Form method="post">
            <input type="hidden" name="accion" value="detener" />
            <input type="hidden" name="traida" value={fetchId} />
            <Button type="submit" variant="secondary">
              {outsideText.stop}
            </Button>
          </Form>
        )}
        <Button as={Link} to="." variant="tertiary" preventScrollReset>
          {sourceText.update}
        </Button>
      </HStack>
    </VStack>
  )
}
