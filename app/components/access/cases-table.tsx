import type { CaseLine } from '../../../db/campaign-pages.ts'
import { grantStateText } from '../../text/access.ts'
import { formatDate } from '../../text/format.ts'
import { outcomeByText, outcomeText, campaignText as words } from '../../text/reviews.ts'
import { type Column, DataTable } from '../data-table.tsx'
import { GrantChip } from '../state-chip.tsx'

/** Every access of a review, before and after (D6). */
export function CasesTable({ cases }: { cases: CaseLine[] }) {
  return (
    <DataTable caption={words.casesCaption} hideCaption columns={COLUMNS} rows={cases} rowKey={(line) => line.id} />
  )
}

const COLUMNS: Column<CaseLine>[] = [
  {
    key: 'code',
    header: words.caseColumns.code,
    rowHeader: true,
    cell: ({ code }) => <span className="nowrap">{code}</span>,
  },
  {
    key: 'person',
    header: words.caseColumns.person,
    cell: ({ personName, pointName, form }) => (
      <>
        {personName}
        <span className="quiet block">{`${pointName} · ${form}`}</span>
      </>
    ),
  },
  {
    key: 'before',
    header: words.caseColumns.before,
    cell: ({ before, beforeEndsOn }) => (
      <>
        {grantStateText[before]}
        <span className="quiet block nowrap">{formatDate(beforeEndsOn)}</span>
      </>
    ),
  },
  { key: 'answer', header: words.caseColumns.answer, cell: (line) => <Answer {...line} /> },
  {
    key: 'outcome',
    header: words.caseColumns.outcome,
    cell: ({ outcome, by, hasLeft }) =>
      hasLeft ? (
        words.hasLeft
      ) : (
        <>
          {outcome && outcomeText[outcome]}
          <span className="quiet block">{by && outcomeByText[by]}</span>
        </>
      ),
  },
  {
    key: 'after',
    header: words.caseColumns.after,
    cell: ({ after, outcome, endsOn }) =>
      after && (
        <>
          <GrantChip status={after} />
          {outcome === 'changed' && <span className="quiet block nowrap">{words.until(endsOn)}</span>}
        </>
      ),
  },
]

function Answer({ verdict, answers, answeredBy, reason, hasLeft }: CaseLine) {
  if (!verdict) return hasLeft ? null : words.unanswered
  return (
    <>
      {words.answered(verdict)}
      <span className="quiet block">{answeredBy}</span>
      {reason && <span className="block">{reason}</span>}
      {answers > 1 && <span className="quiet block">{words.versions(answers)}</span>}
    </>
  )
}
