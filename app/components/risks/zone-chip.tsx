import { Tag, type TagProps } from '@navikt/ds-react'

/** Green for the mildest, red for the gravest; a zone of an entity's own keeps its word and no colour. */
const COLORS: Record<string, TagProps['data-color']> = { B: 'success', M: 'warning', A: 'warning', E: 'danger' }

export interface Zoned {
  code: string
  name: string
}

export function ZoneChip({ zone, size = 'small' }: { zone: Zoned; size?: 'small' | 'medium' }) {
  const isStrong = zone.code === 'A' || zone.code === 'E'
  return (
    <Tag size={size} variant={isStrong ? 'strong' : 'moderate'} data-color={COLORS[zone.code] ?? 'neutral'}>
      {zone.name}
    </Tag>
  )
}
