import { CheckmarkCircleIcon, ExclamationmarkTriangleIcon, HourglassIcon } from '@navikt/aksel-icons'
import { Tag, type TagProps } from '@navikt/ds-react'
import type { Freshness, FreshnessState } from '../../../domain/freshness.ts'
import { continuityText } from '../../text/continuity.ts'
import { freshnessNames, freshnessText } from '../../text/freshness.ts'

const LOOKS: Record<FreshnessState, [Icon: typeof HourglassIcon, color: TagProps['data-color']]> = {
  fresh: [CheckmarkCircleIcon, 'success'],
  due: [HourglassIcon, 'warning'],
  overdue: [ExclamationmarkTriangleIcon, 'danger'],
}

/** Whether the data of a source are current; its contract may declare no periodicity to tell by. */
export function FreshnessChip({ freshness }: { freshness: Freshness | null }) {
  if (freshness === null) return <span className="quiet">{freshnessText.none}</span>
  const [Icon, color] = LOOKS[freshness.state]
  return (
    <Tag size="small" data-color={color} icon={<Icon aria-hidden />}>
      {freshnessNames[freshness.state]}
    </Tag>
  )
}

interface LineProps {
  freshness: Freshness | null
  /** The source of an earlier exercise by whose contract it is judged, until a file of this one is in use. */
  of: { name: string; vigencia: number } | null
}

/** The chip with the dates it follows from. */
export function FreshnessLine({ freshness, of }: LineProps) {
  if (freshness === null) return null
  return (
    <p className="reading">
      <FreshnessChip freshness={freshness} /> {of && `${freshnessText.byEarlier(continuityText.of(of))} `}
      {freshnessText.arithmetic(freshness)}
    </p>
  )
}
