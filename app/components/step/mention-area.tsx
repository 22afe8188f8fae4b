import { Textarea } from '@navikt/ds-react'
import { type KeyboardEvent, useRef, useState } from 'react'
import { commentsText } from '../../text/comments.ts'

interface Props {
  id: string
  label: string
  typed?: string
  error?: string
  /** Positions that may see the step: nobody else is offered. */
  mentionable: string[]
}

const OFFERED = 6

/** Text in which `@cargo` names a position; with script the names are offered as one types, without it they are typed. */
export function MentionArea({ id, label, typed = '', error, mentionable }: Props) {
  const [text, setText] = useState(typed)
  const [begun, setBegun] = useState<string | null>(null)
  const [at, setAt] = useState(0)
  const area = useRef<HTMLTextAreaElement>(null)
  const offered =
    begun === null
      ? []
      : mentionable.filter((name) => name.toLowerCase().includes(begun.toLowerCase())).slice(0, OFFERED)
  const optionId = (i: number) => `${id}-cargo-${i}`

  const look = (element: HTMLTextAreaElement) => {
    const before = element.value.slice(0, element.selectionStart)
    setBegun(/(?:^|[^\p{L}\p{N}])@([^@\n]{0,40})$/u.exec(before)?.[1] ?? null)
    setAt(0)
  }
  const choose = (name: string) => {
    const cursor = area.current?.selectionStart ?? text.length
    const from = text.lastIndexOf('@', cursor - 1)
    setText(`${text.slice(0, from)}@${name} ${text.slice(cursor)}`)
    setBegun(null)
    area.current?.focus()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const done = offered.length > 0 && actOn(event.key)
    if (done) event.preventDefault()
  }
  const actOn = (key: string): boolean => {
    if (key === 'ArrowDown' || key === 'ArrowUp')
      setAt((at + (key === 'ArrowDown' ? 1 : offered.length - 1)) % offered.length)
    else if (key === 'Enter') choose(offered[at] ?? '')
    else if (key === 'Escape') setBegun(null)
    else return false
    return true
  }
  return (
    <div>
      <Textarea
        id={id}
        name="comentario"
        ref={area}
        label={label}
        description={commentsText.mentionHelp}
        size="small"
        minRows={2}
        value={text}
        onChange={(event) => {
          setText(event.target.value)
          look(event.target)
        }}
        onKeyDown={onKeyDown}
        aria-autocomplete="list"
        aria-controls={`${id}-cargos`}
        aria-activedescendant={offered.length > 0 ? optionId(at) : undefined}
        error={error}
      />
      <p role="status" className="aksel-sr-only">
        {offered.length > 0 && commentsText.offeredKeys(offered.length)}
      </p>
      <div
        id={`${id}-cargos`}
        role="listbox"
        aria-label={commentsText.offered}
        className="mentions"
        hidden={offered.length === 0}
      >
        {offered.map((name, i) => (
          <button
            key={name}
            id={optionId(i)}
            type="button"
            role="option"
            aria-selected={i === at}
            tabIndex={-1}
            onClick={() => choose(name)}
          >
            @{name}
          </button>
        ))}
      </div>
    </div>
  )
}
