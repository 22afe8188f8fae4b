import { Alert, BodyLong, VStack } from '@navikt/ds-react'
import { Link } from '@remix-run/react'
import type { EarlierLine } from '../../pages/earlier-reports.server.ts'
import { earlierText as words } from '../../text/improvement.ts'
import { type Column, DataTable } from '../data-table.tsx'
import { Section } from '../section.tsx'
import { ActionChip } from '../state-chip.tsx'

/** What became of earlier recommendations: opens step 1, and says at step 6 what would keep the report from approval. */
export function EarlierReports({ code, lines }: { code: string; lines: EarlierLine[] }) {
  const lacking = lines.filter((line) => line.lacksStatus).map((line) => line.code)
  const blocked = lacking.length > 0 && <Alert variant="warning">{words.blocked(lacking)}</Alert>
  if (code !== '1') return blocked || null
  if (lines.length === 0) return null
  return (
    <Section id="anteriores" title={words.title}>
      <VStack gap="space-16">
        <BodyLong className="reading">{words.intro}</BodyLong>
        {blocked}
        <DataTable caption={words.caption} hideCaption columns={COLUMNS} rows={lines} rowKey={(line) => line.code} />
      </VStack>
    </Section>
  )
}

const COLUMNS: Column<EarlierLine>[] = [
  {
    key: 'code',
    header: words.columns.code,
    rowHeader: true,
    cell: ({ code }) => (
      <Link className="row-link nowrap" to={`/mejora/${code}`}>
        {code}
      </Link>
    ),
  },
  {
    key: 'what',
    header: words.columns.what,
    cell: ({ what, owner, dueDate, plan, isMended }) => (
      <>
        <span className="clamped">{what}</span>
        <span className="quiet block">{words.who(owner, dueDate)}</span>
        {plan && (
          <Link className="row-link" to={`/mejora/hallazgos/${plan}`}>
            {words.reopened(plan, isMended)}
          </Link>
        )}
      </>
    ),
  },
  {
    key: 'status',
    header: words.columns.status,
    cell: ({ status }) => (
      <span className="nowrap">
        <ActionChip status={status} />
      </span>
    ),
  },
]
