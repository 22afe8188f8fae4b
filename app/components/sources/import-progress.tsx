import { ProgressBar } from '@navikt/ds-react'
import { useEffect, useRef, useState } from 'react'
import { sourceText } from '../../text/sources.ts'
import { ProgressFrame } from './progress-frame.tsx'

interface Props {
  importId: string
  /** Records read so far, and a guess of how many there are. */
  rows: number
  estimated: number
  isWaiting: boolean
  isCancelling: boolean
  mayCancel: boolean
}

/** Rows read so far with an estimate. */
export function ImportProgress({ importId, rows, estimated, isWaiting, isCancelling, mayCancel }: Props) {
  const left = useSecondsLeft(rows, estimated)
  const words = isWaiting ? sourceText.waiting : sourceText.progressOf(rows, Math.max(rows, estimated))
  const end = { label: sourceText.cancel, fields: { accion: 'cancelar', importacion: importId } }
  return (
    <ProgressFrame
      mark={
        <ProgressBar
          value={Math.min(99, Math.round((rows / Math.max(1, estimated)) * 100))}
          valueMax={100}
          aria-label={sourceText.progress}
        />
      }
      words={left === null ? words : `${words}; ${sourceText.left(left)}`}
      isEnding={isCancelling}
      end={mayCancel ? end : undefined}
    />
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
