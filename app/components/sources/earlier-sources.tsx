import { Button } from '@navikt/ds-react'
import { Link } from '@remix-run/react'
import type { EarlierSource } from '../../../db/earlier-sources.ts'
import type { Freshness } from '../../../domain/freshness.ts'
import { continuityText } from '../../text/continuity.ts'
import { sourcesText } from '../../text/sources.ts'
import { DataTable } from '../data-table.tsx'
import { Section } from '../section.tsx'
import { FreshnessChip } from './freshness-chip.tsx'

interface Props {
  /** Address of the exercise. */
  home: string
  sources: (EarlierSource & { freshness: Freshness | null })[]
}

/** What was read in other vigencias, to go on with here: nobody types a contract twice. */
export function EarlierSources({ home, sources }: Props) {
  const { columns } = continuityText
  if (sources.length === 0) return null
  return (
    <Section id="anteriores" title={continuityText.earlier}>
      <p className="reading">{continuityText.earlierWhy}</p>
      <DataTable
        caption={continuityText.earlier}
        hideCaption
        rows={sources}
        rowKey={(source) => source.id}
        columns={[
          {
            key: 'source',
            header: columns.source,
            rowHeader: true,
            cell: ({ id, cycleId, name }) => <Link to={`/ejercicios/${cycleId}/fuentes/${id}`}>{name}</Link>,
          },
          {
            key: 'act',
            header: columns.act,
            cell: ({ id, name }) => (
              <Button
                as={Link}
                to={`${home}/fuentes/nueva?continua=${id}`}
                variant="secondary"
                size="small"
                aria-label={continuityText.startOf(name)}
              >
                {continuityText.start}
              </Button>
            ),
          },
          {
            key: 'exercise',
            header: columns.exercise,
            cell: ({ cycleName, vigencia }) => continuityText.exercise(cycleName, vigencia),
          },
          {
            key: 'period',
            header: columns.period,
            cell: ({ periodFrom, periodTo }) => sourcesText.period(periodFrom, periodTo),
          },
          {
            key: 'freshness',
            header: columns.freshness,
            cell: ({ freshness }) => <FreshnessChip freshness={freshness} />,
          },
        ]}
      />
    </Section>
  )
}
