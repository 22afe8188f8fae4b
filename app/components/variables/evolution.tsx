import { Alert, BodyLong, Heading, VStack } from '@navikt/ds-react'
import type { SeriesCell } from '../../../domain/series.ts'
import { partsText } from '../../text/parts.ts'
import { variablesText } from '../../text/variables.ts'
import { DataTable } from '../data-table.tsx'
import { EmptyState } from '../empty-state.tsx'
import { HashShort } from '../hash-short.tsx'
import { Section } from '../section.tsx'
import { SuppressedCell } from '../suppressed-cell.tsx'
import { type ComparedExercise, ExerciseForm } from './exercise-form.tsx'

interface Run {
  vigencias: number[]
  span: string
  rows: { label: string; cells: SeriesCell[] }[]
  totals: (number | null)[]
  /** Why it does not go on from the run before; null for the first. */
  stop: { title: string; why: string } | null
  /** Printed where a table of correspondence joined it. */
  notes: string[]
}

interface Props {
  exercises: ComparedExercise[]
  evolution: {
    title: string
    svg: string
    alt: string
    runs: Run[]
    isHidden: boolean
    sources: { vigencia: number; cycleName: string; sourceName: string; snapshotHash: string; notice: string | null }[]
  } | null
}

const words = variablesText.evolution

/** The shares of a variable from vigencia to vigencia; what may not be compared stands apart, with its reason. */
export function Evolution({ evolution, exercises }: Props) {
  return (
    <Section id="evolucion" title={words.title}>
      {exercises.length > 0 && <ExerciseForm exercises={exercises} />}
      {evolution ? <Drawn {...evolution} /> : <EmptyState title={words.none}>{words.noneWhy}</EmptyState>}
    </Section>
  )
}

function Drawn({ title, svg, alt, runs, isHidden, sources }: NonNullable<Props['evolution']>) {
  const notices = [...new Set(sources.flatMap(({ notice }) => notice ?? []))]
  return (
    <figure className="figure" aria-label={title}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <section className="scroll-region" aria-label={partsText.scrollHint(title)} tabIndex={0}>
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: drawn by our own server, labels escaped */}
        <div className="figure__chart" dangerouslySetInnerHTML={{ __html: svg }} />
      </section>
      <details>
        <summary>{words.asText}</summary>
        <p className="reading">{alt}</p>
      </details>
      <VStack gap="space-16">
        {runs.map((run) => (
          <RunTable key={run.span} run={run} />
        ))}
      </VStack>
      {isHidden && <p className="quiet reading">{words.hiddenWhy}</p>}
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
    </figure>
  )
}

function RunTable({ run }: { run: Run }) {
  const { vigencias, span, rows, totals, stop, notes } = run
  const total = { label: words.total, cells: totals.map((count) => ({ count, share: null, isAbsent: false })) }
  return (
    <>
      {stop && (
        <Alert variant="warning" className="reading">
          <Heading level="3" size="xsmall" spacing>
            {stop.title}
          </Heading>
          {stop.why}
        </Alert>
      )}
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
            cell: (row: Run['rows'][number]) => <Counted cell={row.cells[i]} />,
          })),
        ]}
      />
      {notes.map((note) => (
        <BodyLong key={note} className="reading">
          {note}
        </BodyLong>
      ))}
    </>
  )
}

function Counted({ cell }: { cell: SeriesCell | undefined }) {
  if (!cell || cell.isAbsent) return <span className="quiet">{words.absent}</span>
  if (cell.count === null) return <SuppressedCell value={null} />
  return <>{words.counts(cell.count, cell.share)}</>
}
