import { EyeSlashIcon } from '@navikt/aksel-icons'
import { Heading, Table } from '@navikt/ds-react'
import { useId } from 'react'
import type { FigureView, ShownCell } from '../pages/figure-view.server.ts'
import { figureText } from '../text/figures.ts'
import { partsText } from '../text/parts.ts'
import { HashShort } from './hash-short.tsx'

interface Props {
  figure: FigureView
  level?: '2' | '3'
  /** Folded where many figures stand on one page. */
  foldTable?: boolean
}

/** Chart, table twin, text, source and snapshot: the one way a figure stands on a page (experience 75). */
export function FigureBlock({ figure, level = '2', foldTable }: Props) {
  const headingId = useId()
  const table = <TwinTable figure={figure} />
  return (
    <figure className="figure" aria-labelledby={headingId}>
      <Heading level={level} size="small" id={headingId}>
        {figure.title}
      </Heading>
      <section
        className="scroll-region"
        aria-label={partsText.scrollHint(figure.title)}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        tabIndex={0}
      >
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: drawn by our own server, labels escaped */}
        <div className="figure__chart" dangerouslySetInnerHTML={{ __html: figure.svg }} />
      </section>
      <details>
        <summary>{figureText.asText}</summary>
        <p className="reading">{figure.summary}</p>
      </details>
      {foldTable ? (
        <details>
          <summary>{figureText.asTable}</summary>
          {table}
        </details>
      ) : (
        table
      )}
      {figure.notes.length > 0 && <p className="quiet reading">{figure.notes.join(' ')}</p>}
      <figcaption className="figure__source">
        <span>{figureText.source(figure.sourceName)}.</span>{' '}
        <span>
          {figureText.snapshot} <HashShort hash={figure.snapshotHash} purpose={figureText.snapshot} />
        </span>
        {figure.demoNote && <strong className="figure__note">{sentence(figure.demoNote)}</strong>}
      </figcaption>
    </figure>
  )
}

const sentence = (note: string) => `${note.charAt(0).toUpperCase()}${note.slice(1)}${note.endsWith('.') ? '' : '.'}`

function TwinTable({ figure }: { figure: FigureView }) {
  const [first, ...columns] = figure.header
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className="scroll-region" aria-label={partsText.scrollHint(figure.title)} tabIndex={0}>
      <Table size="small">
        <caption className="aksel-sr-only">{figure.title}</caption>
        <Table.Header>
          <Table.Row>
            <Table.HeaderCell scope="col">{first}</Table.HeaderCell>
            {columns.map((column) => (
              <Table.HeaderCell key={column} scope="col" className="numeric">
                {column}
              </Table.HeaderCell>
            ))}
          </Table.Row>
        </Table.Header>
        <Table.Body>
          {figure.rows.map((row) => (
            <Line key={row.label} label={row.label} cells={row.cells} header={columns} />
          ))}
          <Line label={figureText.total} cells={figure.total} header={columns} isTotal />
        </Table.Body>
      </Table>
    </section>
  )
}

interface LineProps {
  label: string
  cells: ShownCell[]
  header: string[]
  isTotal?: boolean
}

function Line({ label, cells, header, isTotal }: LineProps) {
  return (
    <Table.Row className={isTotal ? 'figure__total' : undefined}>
      <Table.HeaderCell scope="row">{label}</Table.HeaderCell>
      {cells.map((cell, i) => (
        <Table.DataCell key={header[i]} className="numeric">
          <CellWords cell={cell} />
        </Table.DataCell>
      ))}
    </Table.Row>
  )
}

function CellWords({ cell }: { cell: ShownCell }) {
  if (cell.text === null)
    return (
      <span className="suppressed" title={partsText.suppressedWhy}>
        <EyeSlashIcon aria-hidden /> {figureText.hidden}
      </span>
    )
  if (!cell.isInternal) return <>{cell.text}</>
  return (
    <span className="internal-cell" title={figureText.internalTitle}>
      {cell.text} <EyeSlashIcon aria-hidden />
      <span className="aksel-sr-only"> ({figureText.internal})</span>
    </span>
  )
}
