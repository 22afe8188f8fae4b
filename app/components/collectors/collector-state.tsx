import { Tag } from '@navikt/ds-react'
import { collectorStates, type CollectorState as State } from '../../text/collectors.ts'

const COLOURS = { sending: 'success', trying: 'warning', stopped: 'danger', paused: 'neutral' } as const

/** In words and colour. */
export function CollectorState({ state }: { state: State }) {
  return (
    <Tag size="small" data-color={COLOURS[state]}>
      {collectorStates[state]}
    </Tag>
  )
}
