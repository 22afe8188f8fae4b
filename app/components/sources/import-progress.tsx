import { ProgressBar } from '@navikt/ds-react'
import { useEffect, useRef, useState } from 'react'
import type { ImportPhase } from '../../../db/imports.ts'
import { formatBytes } from '../../text/format.ts'
import { sourceText } from '../../text/sources.ts'
import { ProgressFrame } from './progress-frame.tsx'

interface Props {
  importId: string
  /** `asked` before any worker has taken it up. */
  phase: ImportPhase | 'asked'
  /** Bytes opened so far, and of how many; null where the file is read over another one. */
  opened: number
  bytes: number | null
  /** Records read so far, and a guess of how many there are. */
  rows: number
  estimated: number
  isCancelling: boolean
  mayCancel: boolean
}

/** How far the reading is: bytes while the file is opened, then rows with an estimate, until the snapshot is closed. */
export function ImportProgress(props: Props) {
  const { importId, phase, rows, estimated, isCancelling, mayCancel } = props
  const left = useSecondsLeft(rows, estimated)
  const words = wordsOf(props)
  const end = { label: sourceText.cancel, fields: { accion: 'cancelar', importacion: importId } }
  return (
    <ProgressFrame
      mark={
        <ProgressBar
          value={percentOf(props)}
          valueMax={100}
          aria-label={phase === 'opening' ? sourceText.opening : sourceText.read}
        />
      }
      words={left === null || phase !== 'reading' ? words : `${words}; ${sourceText.left(left)}`}
      isEnding={isCancelling}
      end={mayCancel ? end : undefined}
    />
  )
}

function wordsOf({ phase, opened, bytes, rows, estimated }: Props): string {
  switch (phase) {
    case 'asked':
      return sourceText.waiting
    case 'waiting':
      return sourceText.waitingTurn
    case 'opening':
      return sourceText.openingOf(formatBytes(opened), bytes === null ? null : formatBytes(bytes))
    case 'reading':
      return sourceText.progressOf(rows, Math.max(rows, estimated))
    case 'closing':
      return sourceText.closing(rows)
  }
}

function percentOf({ phase, opened, bytes, rows, estimated }: Props): number {
  if (phase === 'closing') return 99
  const share = phase === 'opening' ? opened / Math.max(1, bytes ?? opened) : rows / Math.max(1, estimated)
  return Math.min(99, Math.round(share * 100))
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
