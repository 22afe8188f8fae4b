import { Link } from '@remix-run/react'
import type { ControlId } from '../../../domain/controls.ts'
import { checksText, controlAddress, controlsText } from '../../text/automatic-checks.ts'
import { formatDayOf } from '../../text/format.ts'
import { WaitingCard } from './waiting-card.tsx'

/** Automatic controls that wait for who keeps the process to put right what they found. */
export function ControlsInRed({ controls }: { controls: { control: ControlId; since: Date | string }[] }) {
  return (
    <WaitingCard
      id="autocontroles"
      title={checksText.inboxTitle}
      lines={controls.map(({ control, since }) => {
        const { name } = controlsText[control]
        return (
          <li key={control}>
            <span>{checksText.inboxLine(name, formatDayOf(since))}</span>
            <Link to={controlAddress(control)} aria-label={checksText.open(name)}>
              {checksText.inboxOpen}
            </Link>
          </li>
        )
      })}
    />
  )
}
