import { Tag, VStack } from '@navikt/ds-react'
import type { RuleLine } from '../../../db/retention.ts'
import { formatDate } from '../../text/format.ts'
import { dispositionNames, retentionText as words } from '../../text/retention.ts'
import { type Column, DataTable } from '../data-table.tsx'
import { ListFiles } from '../list-files.tsx'
import { Pagination } from '../pagination.tsx'
import { Section } from '../section.tsx'

/** The documentary table of the entity, version by version; nothing while it has no series. */
export function RetentionTable({ rows, next }: { rows: RuleLine[]; next: string | null }) {
  if (rows.length === 0) return null
  return (
    <Section id="tabla" title={words.listTitle}>
      <VStack gap="space-16">
        <DataTable caption={words.caption} hideCaption columns={COLUMNS} rows={rows} rowKey={({ id }) => id} />
        <Pagination next={next} />
        <ListFiles list="retention_rules" />
      </VStack>
    </Section>
  )
}

const COLUMNS: Column<RuleLine>[] = [
  { key: 'code', header: words.columns.code, rowHeader: true, cell: ({ code }) => code },
  { key: 'name', header: words.columns.name, cell: ({ name }) => name },
  {
    key: 'years',
    header: words.columns.years,
    cell: ({ officeYears, centralYears }) => words.years(officeYears, centralYears),
  },
  { key: 'disposition', header: words.columns.disposition, cell: ({ disposition }) => dispositionNames[disposition] },
  { key: 'act', header: words.columns.act, cell: ({ act, actDate }) => `${act}, ${formatDate(actDate)}` },
  { key: 'from', header: words.columns.from, cell: ({ inForceFrom }) => formatDate(inForceFrom) },
  {
    key: 'version',
    header: words.columns.version,
    cell: ({ n, isInForce }) => (
      <>
        {n}{' '}
        <Tag size="small" variant="moderate" data-color={isInForce ? 'success' : 'neutral'}>
          {isInForce ? words.inForce : words.notInForce}
        </Tag>
      </>
    ),
  },
]
