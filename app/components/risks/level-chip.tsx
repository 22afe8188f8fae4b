import { Tag, type TagProps } from '@navikt/ds-react'
import type { ReadingLevel } from '../../../domain/risk-indicators.ts'
import { levelText } from '../../text/risk-follow.ts'

const COLORS: Record<ReadingLevel, TagProps['data-color']> = {
  on_goal: 'success',
  warning: 'warning',
  critical: 'danger',
}

/** Where a reading stands against its thresholds: a word, and never its colour alone. */
export function LevelChip({ level }: { level: ReadingLevel }) {
  return (
    <Tag size="small" variant={level === 'critical' ? 'strong' : 'moderate'} data-color={COLORS[level]}>
      {levelText[level]}
    </Tag>
  )
}
