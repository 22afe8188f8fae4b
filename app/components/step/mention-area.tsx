import { Textarea } from '@navikt/ds-react'
import { useRef, useState } from 'react'
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
  const area = useRef<HTMLTextAreaElement>(null)
  const offered =
    begun === null
      ? []
      : mentionable.filter((name) => name.toLowerCase().includes(begun.toLowerCase())).slice(0, OFFERED)

  const look = (element: HTMLTextAreaElement) => {
    const before = element.value.slice(0, element.selectionStart)
    setBegun(/(?:^|[^\p{L}\p{N}])@([^@\n]{0,40})$/u.exec(before)?.[1] ?? null)
  }
  const choose = (name: string) => {
    const cursor = area.current?.selectionStart ?? text.length
    const from = text.lastIndexOf('@', cursor - 1)
    setText(`${text.slice(0, from)}@${name} ${text.slice(cursor)}`)
    setBegun(null)
    area.current?.focus()
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
        error={error}
      />
      {offered.length > 0 && (
        <fieldset className="mentions">
          <legend className="aksel-sr-only">{commentsText.offered}</legend>
          {offered.map((name) => (
            <button key={name} type="button" onClick={() => choose(name)}>
              @{name}
            </button>
          ))}
        </fieldset>
      )}
    </div>
  )
}
