import { Link, useSearchParams } from '@remix-run/react'
import { useEffect, useRef } from 'react'
import { type Arrangement, arrangementValue, movedColumn, withoutColumn } from '../../domain/table-columns.ts'
import { COLUMNS_NAME, columnsText as words } from '../text/parts.ts'

interface Props {
  /** Keys of the columns as the table comes. */
  usual: readonly string[]
  arrangement: Arrangement
  headerOf: (key: string) => string
}

/** Picks and orders the columns of a table: links, so that each choice is an address and works without JavaScript. */
export function ColumnChoice({ usual, arrangement, headerOf }: Props) {
  const [search] = useSearchParams()
  const { shown, hidden, isChosen } = arrangement
  const pressed = useFocusKept(search.get(COLUMNS_NAME))
  const to = (columns: string[] | null): { search: string } | null => {
    if (columns === null) return null
    const changed = new URLSearchParams(search)
    const value = arrangementValue(usual, columns)
    if (value === null) changed.delete(COLUMNS_NAME)
    else changed.set(COLUMNS_NAME, value)
    return { search: changed.size > 0 ? `?${changed}` : '?' }
  }
  return (
    <details className="column-choice no-print" open={isChosen || undefined}>
      <summary>{words.title(shown.length, usual.length)}</summary>
      <p className="quiet">{words.help(headerOf(shown[0] ?? ''))}</p>
      <ol className="column-choice__columns">
        {shown.slice(1).map((key) => (
          <li key={key} data-column={key} onClickCapture={() => pressed(key)}>
            <span>{headerOf(key)}</span>
            <Act id={`subir-${key}`} to={to(movedColumn(shown, key, -1))} label={words.forward} of={headerOf(key)} />
            <Act id={`bajar-${key}`} to={to(movedColumn(shown, key, 1))} label={words.back} of={headerOf(key)} />
            <Act id={`ocultar-${key}`} to={to(withoutColumn(shown, key))} label={words.hide} of={headerOf(key)} />
          </li>
        ))}
        {hidden.map((key) => (
          <li key={key} data-column={key} onClickCapture={() => pressed(key)}>
            <span className="quiet">{words.hidden(headerOf(key))}</span>
            <Act id={`mostrar-${key}`} to={to([...shown, key])} label={words.show} of={headerOf(key)} />
          </li>
        ))}
      </ol>
      {isChosen && (
        <Link to={to([...usual]) ?? ''} className="chip-note" preventScrollReset>
          {words.usual}
        </Link>
      )}
    </details>
  )
}

/** The link that was pressed may be gone with what it did: the focus stays on the line of its column. */
function useFocusKept(asked: string | null): (key: string) => void {
  const last = useRef<string | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: looked at each time the columns in the address change
  useEffect(() => {
    if (last.current === null || document.activeElement !== document.body) return
    document.querySelector<HTMLElement>(`.column-choice [data-column="${last.current}"] a`)?.focus()
  }, [asked])
  return (key) => {
    last.current = key
  }
}

/** Nothing where it cannot be done. */
function Act({ id, to, label, of }: { id: string; to: { search: string } | null; label: string; of: string }) {
  if (to === null) return null
  return (
    <Link id={id} to={to} aria-label={words.act(label, of)} className="chip-note" preventScrollReset>
      {label}
    </Link>
  )
}
