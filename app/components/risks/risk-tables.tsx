/** The tables of a risk: where it stands, its controls, what each takes of it, and how it was rated before. */
import { Link } from '@remix-run/react'
import type { loadRisk } from '../../pages/risks.server.ts'
import { controlAddress, controlsText } from '../../text/automatic-checks.ts'
import { formatInstant } from '../../text/format.ts'
import { assessmentText } from '../../text/risk-moves.ts'
import { risksText, riskText as words } from '../../text/risks.ts'
import { type Column, DataTable } from '../data-table.tsx'
import { EvidenceChip } from '../state-chip.tsx'
import { ZoneChip } from './zone-chip.tsx'

type Shown = Awaited<ReturnType<typeof loadRisk>>

export function PlaceTable({ rows }: { rows: Shown['places'] }) {
  return (
    <DataTable
      caption={words.placesCaption}
      hideCaption
      columns={PLACE_COLUMNS}
      rows={rows}
      rowKey={(row) => row.name}
    />
  )
}

export function ControlTable({ rows }: { rows: Shown['controls'] }) {
  return (
    <DataTable
      caption={words.controlsCaption}
      hideCaption
      columns={CONTROL_COLUMNS}
      rows={rows}
      rowKey={(row) => row.code}
    />
  )
}

export function TraceTable({ rows }: { rows: Shown['traces'] }) {
  return <DataTable caption={words.traceCaption} columns={TRACE_COLUMNS} rows={rows} rowKey={(row) => row.control} />
}

export function HistoryTable({ rows }: { rows: Shown['assessments'] }) {
  return (
    <DataTable caption={words.historyCaption} columns={HISTORY_COLUMNS} rows={rows} rowKey={(row) => String(row.n)} />
  )
}

const PLACE_COLUMNS: Column<Shown['places'][number]>[] = [
  { key: 'place', header: words.place, rowHeader: true, cell: ({ name }) => risksText.places[name] },
  {
    key: 'probability',
    header: risksText.probability,
    cell: ({ probability, p }) => `${probability} · ${words.percent(p)}`,
  },
  { key: 'impact', header: risksText.impact, cell: ({ impact, i }) => `${impact} · ${words.percent(i)}` },
  { key: 'zone', header: words.zone, cell: ({ zone }) => <ZoneChip zone={zone} /> },
]

const CONTROL_COLUMNS: Column<Shown['controls'][number]>[] = [
  {
    key: 'code',
    header: words.controlColumns.code,
    rowHeader: true,
    cell: ({ code, risk }) => (
      <Link className="row-link nowrap" to={`/riesgos/${risk}/controles/${code}`} aria-label={words.openControl(code)}>
        {code}
      </Link>
    ),
  },
  {
    key: 'action',
    header: words.controlColumns.action,
    cell: ({ action: does, complement, retired, shownBy }) => (
      <>
        {does}
        <span className="quiet block">{retired === null ? complement : words.retired(retired)}</span>
        {shownBy !== null && (
          <span className="quiet block">
            {words.shownBy} <Link to={controlAddress(shownBy)}>{controlsText[shownBy].name}</Link>
          </span>
        )}
      </>
    ),
  },
  { key: 'owner', header: words.controlColumns.owner, cell: ({ owner }) => owner },
  { key: 'design', header: words.controlColumns.design, cell: ({ design }) => design },
  { key: 'periodicity', header: words.controlColumns.periodicity, cell: ({ periodicity }) => periodicity },
  {
    key: 'evidence',
    header: words.controlColumns.state,
    cell: ({ evidence }) => evidence && <EvidenceChip state={evidence} />,
  },
]

const TRACE_COLUMNS: Column<Shown['traces'][number]>[] = [
  { key: 'control', header: words.trace.control, rowHeader: true, cell: ({ control }) => control },
  { key: 'axis', header: words.trace.axis, cell: ({ axis }) => words.axes[axis] },
  { key: 'declared', header: risksText.places.declared, cell: (line) => stepOf(line, line.isScored) },
  { key: 'evidence', header: words.controlColumns.state, cell: ({ evidence }) => <EvidenceChip state={evidence} /> },
  {
    key: 'demonstrated',
    header: risksText.places.demonstrated,
    cell: ({ shown, isScored }) => stepOf(shown, isScored),
  },
]

function stepOf(line: Shown['traces'][number]['shown'], isScored: boolean): string {
  return isScored ? words.scored(line) : words.step(line)
}

const HISTORY_COLUMNS: Column<Shown['assessments'][number]>[] = [
  {
    key: 'n',
    header: words.history.n,
    rowHeader: true,
    cell: ({ n, to }) => (
      <Link className="row-link" to={to} aria-label={assessmentText.open(n)}>
        {n}
      </Link>
    ),
  },
  { key: 'zone', header: words.history.zone, cell: ({ zone }) => <ZoneChip zone={zone} /> },
  { key: 'methodology', header: words.history.methodology, cell: ({ methodology }) => methodology },
  { key: 'when', header: words.history.when, cell: ({ at }) => formatInstant(at) },
  { key: 'who', header: words.history.who, cell: ({ position }) => position },
  { key: 'why', header: words.history.why, cell: ({ reason }) => reason ?? words.first },
]
