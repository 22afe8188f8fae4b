import { EyeSlashIcon } from '@navikt/aksel-icons'
import { formatNumber } from '../text/format.ts'
import { partsText } from '../text/parts.ts'

/** A count, or the mark of a suppressed one: a word and an icon, never a blank or a zero. */
export function SuppressedCell({ value }: { value: number | null }) {
  if (value !== null) return <>{formatNumber(value)}</>
  return (
    <span className="suppressed" title={partsText.suppressedWhy}>
      <EyeSlashIcon aria-hidden /> {partsText.suppressed}
    </span>
  )
}
