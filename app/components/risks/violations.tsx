import { Link } from '@remix-run/react'
import type { Violation } from '../../../domain/controls.ts'
import {
  violationAddress,
  violationLabel,
  violationSentence,
  checksText as words,
} from '../../text/automatic-checks.ts'
import type { Column } from '../data-table.tsx'

/** Where the row is that breaks a control. */
export const VIOLATION_PLACE: Column<Violation> = {
  key: 'what',
  header: words.columns.what,
  rowHeader: true,
  cell: (violation) => {
    const to = violationAddress(violation)
    return to ? <Link to={to}>{violationLabel(violation)}</Link> : violationLabel(violation)
  },
}

/** With what it breaks. */
export const VIOLATION_COLUMNS: Column<Violation>[] = [
  VIOLATION_PLACE,
  { key: 'reason', header: words.columns.reason, cell: violationSentence },
]

export const violationKey = (row: Violation) =>
  `${row.kind} ${row.id} ${row.label} ${row.reason} ${row.facts?.difference ?? ''} ${row.facts?.at ?? ''}`
