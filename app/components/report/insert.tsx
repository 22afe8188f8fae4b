import { Button, Select } from '@navikt/ds-react'
import type { Editor } from '@tiptap/react'
import { useState } from 'react'
import { reportText as text } from '../../text/report.ts'

export interface Citable {
  /** `figura:g1` or `segmento:m1`. */
  origin: string
  title: string
  basis: string
  rows: string[]
  columns: string[]
  /** What each of its numbers says today, by reference. */
  shown: Record<string, string>
}

/** A number of a saved figure or of a segment, chosen by row and column and put where the cursor is. */
export function InsertNumber({ editor, sources }: { editor: Editor; sources: Citable[] }) {
  const [origin, setOrigin] = useState(sources[0]?.origin ?? '')
  const [row, setRow] = useState('')
  const [column, setColumn] = useState('')
  const [as, setAs] = useState('n')
  const source = sources.find((one) => one.origin === origin)
  if (!source) return <p className="quiet">{text.noFigures}</p>
  const ref = `${origin}/${encodeURIComponent(row)}/${encodeURIComponent(column)}/${as}`
  const shown = source.shown[ref]
  const put = () =>
    editor
      .chain()
      .focus()
      .insertContent([
        { type: 'number', attrs: { ref, shown, basis: source.basis } },
        { type: 'text', text: ' ' },
      ])
      .run()
  return (
    <Picker title={text.insertNumber}>
      <p className="quiet">{text.numberHelp}</p>
      <div className="report-insert">
        <Select
          size="small"
          label={text.source}
          value={origin}
          onChange={(event) => {
            setOrigin(event.target.value)
            setRow('')
            setColumn('')
          }}
        >
          {sources.map((one) => (
            <option key={one.origin} value={one.origin}>
              {one.title}
            </option>
          ))}
        </Select>
        {source.rows.length > 0 && <Labels label={text.row} values={source.rows} value={row} onChange={setRow} />}
        {source.columns.length > 0 && (
          <Labels label={text.column} values={source.columns} value={column} onChange={setColumn} />
        )}
        <Select size="small" label={text.as} value={as} onChange={(event) => setAs(event.target.value)}>
          <option value="n">{text.asNumber}</option>
          <option value="p">{text.asShare}</option>
        </Select>
        <p aria-live="polite">
          {text.value}: <strong>{shown ?? '—'}</strong>
        </p>
        <Button type="button" size="small" onClick={put} disabled={shown === undefined}>
          {text.insert}
        </Button>
      </div>
    </Picker>
  )
}

interface LabelsProps {
  label: string
  values: string[]
  value: string
  onChange: (value: string) => void
}

function Labels({ label, values, value, onChange }: LabelsProps) {
  return (
    <Select size="small" label={label} value={value} onChange={(event) => onChange(event.target.value)}>
      <option value="">{text.total}</option>
      {values.map((one) => (
        <option key={one} value={one}>
          {one}
        </option>
      ))}
    </Select>
  )
}

export function InsertFigure({ editor, figures }: { editor: Editor; figures: { id: string; title: string }[] }) {
  const [id, setId] = useState(figures[0]?.id ?? '')
  if (figures.length === 0) return null
  return (
    <Picker title={text.insertFigure}>
      <div className="report-insert">
        <Select size="small" label={text.figure} value={id} onChange={(event) => setId(event.target.value)}>
          {figures.map((one) => (
            <option key={one.id} value={one.id}>
              {one.title}
            </option>
          ))}
        </Select>
        <Button
          type="button"
          size="small"
          onClick={() =>
            editor
              .chain()
              .focus()
              .insertContent([{ type: 'figure', attrs: { id } }, { type: 'paragraph' }])
              .run()
          }
        >
          {text.insert}
        </Button>
      </div>
    </Picker>
  )
}

/** Stays open for the next one; Esc closes it and leaves the focus where it was opened. */
function Picker({ title, children }: { title: string; children: React.ReactNode }) {
  const onKeyDown = ({ key, currentTarget }: React.KeyboardEvent<HTMLDetailsElement>) => {
    if (key !== 'Escape') return
    currentTarget.open = false
    currentTarget.querySelector('summary')?.focus()
  }
  return (
    <details className="report-tool" onKeyDown={onKeyDown}>
      <summary>{title}</summary>
      {children}
    </details>
  )
}
