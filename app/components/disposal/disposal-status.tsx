import { Tag } from '@navikt/ds-react'
import type { DisposalStatus } from '../../../domain/disposal.ts'
import { disposalText } from '../../text/disposal.ts'

const COLORS: Record<DisposalStatus, 'info' | 'success' | 'warning' | 'neutral'> = {
  ...{ proposed: 'info', approved: 'warning', running: 'warning', done: 'success', returned: 'neutral' },
  withdrawn: 'neutral',
}

export function DisposalChip({ status }: { status: DisposalStatus }) {
  return (
    <Tag size="small" variant="moderate" data-color={COLORS[status]}>
      {disposalText.statuses[status]}
    </Tag>
  )
}
