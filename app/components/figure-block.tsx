import { EyeSlashIcon } from '@navikt/aksel-icons'
import { Heading, Table } from '@navikt/ds-react'
import { useId } from 'react'
import type { FigureView, ShownCell, ShownPart } from '../pages/figure-view.server.ts'
import { figureText } from '../text/figures.ts'
import { capital } from '../text/letters.ts'
import { partsText } from '../text/parts.ts'
import { type Fact, Facts } from './facts.tsx'
import { HashShort } from './hash-short.tsx'

interface Props {
  figure: FigureView
  level?: '2' | '3'
  /** Folded where many figures stand on one page. */
  foldTable?: boolean
  /** Where the page is about where the figure comes from. */
  isOriginOpen?: boolean
}

/** Chart, table twin, text, source and snapshot: the one way a figure stands on a page (experience 75). */
export function FigureBlock({ figure, level = '2', foldTable, isOriginOpen = false }: Props) {
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
      <Origin figure={figure} isOpen={isOriginOpen} />
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

const sentence = (note: string) => `${capital(note)}${note.endsWith('.') ? '' : '.'}`

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
        {figure.parts.map((part) => (
          <Part key={part.label} part={part} columns={columns} />
        ))}
      </Table>
    </section>
  )
}

/** One layer under its name, or the whole table. */
function Part({ part, columns }: { part: ShownPart; columns: string[] }) {
  return (
    <Table.Body>
      {part.label && (
        <Table.Row className="figure__layer">
          <Table.HeaderCell scope="rowgroup" colSpan={columns.length + 1}>
            {part.label}
          </Table.HeaderCell>
        </Table.Row>
      )}
      {part.rows.map((row) => (
        <Line key={row.label} label={row.label} cells={row.cells} header={columns} />
      ))}
      <Line label={figureText.total} cells={part.total} header={columns} isTotal />
    </Table.Body>
  )
}

interface OriginProps {
  figure: FigureView
  isOpen: boolean
}

/** What it takes to make the figure again, for whoever asks where it comes from (N6). */
function Origin({ figure: { origin, sourceName, snapshotHash }, isOpen }: OriginProps) {
  const words = figureText.originOf
  const facts: Fact[] = [
    [words.source, sourceName],
    [words.snapshot, <Hash key="corte" hash={snapshotHash} />],
    [words.filter, origin.filter ?? words.noFilter],
    [words.method, origin.method.join(' ')],
    [words.rules, words.version(origin.rules)],
    [words.code, words.version(origin.code)],
  ]
  if (origin.map) facts.push([words.map, origin.map.words], [words.mapHash, <Hash key="mapa" hash={origin.map.hash} />])
  return (
    <details open={isOpen}>
      <summary>{figureText.origin}</summary>
      <Facts facts={facts} />
    </details>
  )
}

const Hash = ({ hash }: { hash: string }) => <code className="breakable">{hash}</code>

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
  const share = cell.share && <span className="figure__share"> {cell.share}</span>
  if (!cell.isInternal)
    return (
      <>
        {cell.text}
        {share}
      </>
    )
  return (
    <>
      <span className="internal-cell" title={figureText.internalTitle}>
        {cell.text} <EyeSlashIcon aria-hidden />
        <span className="aksel-sr-only"> ({figureText.internal})</span>
      </span>
      {share}
    </>
  )
}
