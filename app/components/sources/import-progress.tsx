import { Button, HStack, ProgressBar, VStack } from '@navikt/ds-react'
import { Form, Link } from '@remix-run/react'
import { useEffect, useRef, useState } from 'react'
import { sourceText } from '../../text/sources.ts'
import { useReload } from './use-reload.ts'

interface Props {
  importId: string
  /** Records read so far, and a guess of how many there are. */
  rows: number
  estimated: number
  isWaiting: boolean
  isCancelling: boolean
  mayCancel: boolean
}

/** Rows read so far with an estimate; the import goes on whether or not anybody looks. */
export function ImportProgress({ importId, rows, estimated, isWaiting, isCancelling, mayCancel }: Props) {
  useReload()
  const left = useSecondsLeft(rows, estimated)
  const words = isWaiting ? sourceText.waiting : sourceText.progressOf(rows, Math.max(rows, estimated))
  return (
    <VStack gap="space-16" className="reading">
      <ProgressBar
        value={Math.min(99, Math.round((rows / Math.max(1, estimated)) * 100))}
        valueMax={100}
        aria-label={sourceText.progress}
      />
      <p className="progress-words" role="status">
        {isCancelling ? sourceText.cancelling : left === null ? words : `${words}; ${sourceText.left(left)}`}
      </p>
      <HStack gap="space-16" wrap>
        {mayCancel && !isCancelling && (
          <Form method="post">
            <input type="hidden" name="accion" value="cancelar" />
            <input type="hidden" name="importacion" value={importId} />
            <Button type="submit" variant="secondary">
              {sourceText.cancel}
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

/** From the speed seen since the page was opened; null until there is one. */
function useSecondsLeft(rows: number, estimated: number): number | null {
  const first = useRef<{ rows: number; at: number } | null>(null)
  const [left, setLeft] = useState<number | null>(null)
  useEffect(() => {
    first.current ??= { rows, at: performance.now() }
    const read = rows - first.current.rows
    const seconds = (performance.now() - first.current.at) / 1000
    if (read > 0 && seconds > 0) setLeft(Math.max(0, estimated - rows) / (read / seconds))
  }, [rows, estimated])
  return left
}
