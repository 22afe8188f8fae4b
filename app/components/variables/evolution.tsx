import type { evolutionOf } from '../../pages/evolution.server.ts'
import { variablesText } from '../../text/variables.ts'
import { DataTable } from '../data-table.tsx'
import { EmptyState } from '../empty-state.tsx'
import { HashShort } from '../hash-short.tsx'
import { Section } from '../section.tsx'
import { SuppressedCell } from '../suppressed-cell.tsx'
import { type ComparedExercise, ExerciseForm } from './exercise-form.tsx'
import { DrawnSeries, RunFrame } from './series-figure.tsx'

type Shown = NonNullable<ReturnType<typeof evolutionOf>>
type Shares = NonNullable<Shown['shares']>
type Measures = Shown['measures'][number]

interface Props {
  exercises: ComparedExercise[]
  evolution: Shown | null
}

const words = variablesText.evolution

/** A variable from vigencia to vigencia; what may not be compared stands apart, with its reason. */
export function Evolution({ evolution, exercises }: Props) {
  return (
    <Section id="evolucion" title={words.title}>
      {exercises.length > 0 && <ExerciseForm exercises={exercises} />}
      {evolution ? <Followed {...evolution} /> : <EmptyState title={words.none}>{words.noneWhy}</EmptyState>}
    </Section>
  )
}

function Followed({ shares, measures, sources }: Shown) {
  const notices = [...new Set(sources.flatMap(({ notice }) => notice ?? []))]
  const caption = (
    <figcaption className="figure__source">
      {words.sources}
      <ul className="links">
        {sources.map(({ vigencia, cycleName, sourceName, snapshotHash }) => (
          <li key={vigencia}>
            {words.source(vigencia, cycleName, sourceName)}
            <HashShort hash={snapshotHash} purpose={words.purpose} />
          </li>
        ))}
      </ul>
      {notices.map((notice) => (
        <strong key={notice} className="figure__note">
          {notice}
        </strong>
      ))}
    </figcaption>
  )
  return (
    <>
      {sources.length === 1 && <p className="quiet reading">{words.only}</p>}
      {shares && (
        <DrawnSeries title={shares.title} chart={shares} hiddenWhy={shares.hiddenWhy} caption={caption}>
          {shares.runs.map((run) => (
            <SharesTable key={run.span} run={run} />
          ))}
        </DrawnSeries>
      )}
      {measures.map(({ title, chart, hiddenWhy, runs }, i) => (
        <DrawnSeries
          key={`${title} ${runs[0]?.span}`}
          title={title}
          chart={chart}
          hiddenWhy={hiddenWhy}
          caption={i === measures.length - 1 ? caption : null}
        >
          {runs.map((run) => (
            <MeasuresTable key={run.span} run={run} />
          ))}
        </DrawnSeries>
      ))}
    </>
  )
}

function SharesTable({ run }: { run: Shares['runs'][number] }) {
  const { vigencias, span, rows, totals } = run
  const total = { label: words.total, cells: totals.map((count) => ({ count, share: null, isAbsent: false })) }
  return (
    <RunFrame run={run}>
      <DataTable
        caption={words.tableOf(span)}
        rows={[...rows, total]}
        rowKey={(row) => row.label}
        columns={[
          { key: 'value', header: words.value, rowHeader: true, cell: (row) => row.label },
          ...vigencias.map((vigencia, i) => ({
            key: String(vigencia),
            header: String(vigencia),
            numeric: true,
            cell: (row: (typeof rows)[number]) => <Counted cell={row.cells[i]} />,
          })),
        ]}
      />
    </RunFrame>
  )
}

function Counted({ cell }: { cell: Shares['runs'][number]['rows'][number]['cells'][number] | undefined }) {
  if (!cell || cell.isAbsent) return <span className="quiet">{words.absent}</span>
  if (cell.count === null) return <SuppressedCell value={null} />
  return <>{words.counts(cell.count, cell.share)}</>
}

function MeasuresTable({ run }: { run: Measures['runs'][number] }) {
  const { vigencias, span, unit, rows, converted } = run
  return (
    <RunFrame run={run}>
      <DataTable
        caption={words.measuresOf(span, unit)}
        rows={rows}
        rowKey={(row) => row.label}
        columns={[
          { key: 'measure', header: words.measure, rowHeader: true, cell: (row) => row.label },
          ...vigencias.map((vigencia, i) => ({
            key: String(vigencia),
            header: String(vigencia),
            numeric: true,
            cell: (row: (typeof rows)[number]) => row.values[i] ?? <SuppressedCell value={null} />,
          })),
        ]}
      />
      {converted && <p className="quiet reading">{converted}</p>}
    </RunFrame>
  )
}
