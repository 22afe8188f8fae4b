import { Loader } from '@navikt/ds-react'
import { outsideText } from '../../text/connections.ts'
import { ProgressFrame } from './progress-frame.tsx'

interface Props {
  fetchId: string
  bytes: number
  isWaiting: boolean
  isStopping: boolean
  mayStop: boolean
}

/** Bytes so far: how many there are, nobody knows before the last. */
export function FetchProgress({ fetchId, bytes, isWaiting, isStopping, mayStop }: Props) {
  const end = { label: outsideText.stop, fields: { accion: 'detener', traida: fetchId } }
  return (
    <ProgressFrame
      mark={<Loader size="small" title={outsideText.progressTitle} />}
      words={isWaiting ? outsideText.waiting : outsideText.progress(bytes)}
      isEnding={isStopping}
      end={mayStop ? end : undefined}
    />
  )
}
