import { BodyShort, Heading } from '@navikt/ds-react'
import { commentsText } from '../../text/comments.ts'
import { OneComment, type ShownComment } from './comment.tsx'
import { type AnchorChoice, type CommentForms, NewComment, Reply, Resolve } from './comment-forms.tsx'

export interface ShownConversation extends ShownComment {
  isResolved: boolean
  about: { label: string; place: string } | null
  mayResolve: boolean
  answers: ShownComment[]
}

interface Props extends CommentForms {
  conversations: ShownConversation[]
  /** What a new one may be about; the code of a part where the page is about that alone. */
  anchors: AnchorChoice[] | string
  /** Said while there is none. */
  none?: string
}

/** What is said beside the content: conversations that are answered, corrected and resolved; outside what is signed. */
export function Comments({ conversations, anchors, none = commentsText.none, ...props }: Props) {
  const open = conversations.filter((one) => !one.isResolved)
  const closed = conversations.filter((one) => one.isResolved)
  return (
    <section className="card" aria-labelledby="comentarios">
      <Heading level="2" size="xsmall" id="comentarios">
        {commentsText.title}
      </Heading>
      <BodyShort className="quiet">{conversations.length === 0 ? none : commentsText.open(open.length)}</BodyShort>
      <Conversations list={open} {...props} />
      {closed.length > 0 && (
        <details>
          <summary>{commentsText.closed(closed.length)}</summary>
          <Conversations list={closed} {...props} />
        </details>
      )}
      {props.mayWrite && <NewComment {...props} anchors={anchors} count={conversations.length} />}
    </section>
  )
}

function Conversations({ list, ...shared }: CommentForms & { list: ShownConversation[] }) {
  if (list.length === 0) return null
  return (
    <ul className="comments">
      {list.map((one) => (
        <li key={one.id} id={one.id}>
          {one.about && (
            <p className="quiet">
              {commentsText.about} <a href={`#${one.about.place}`}>{one.about.label}</a>
            </p>
          )}
          <OneComment comment={one} {...shared} />
          {one.answers.length > 0 && (
            <ul className="comments comments--answers">
              {one.answers.map((answer) => (
                <li key={answer.id} id={answer.id}>
                  <OneComment comment={answer} {...shared} />
                </li>
              ))}
            </ul>
          )}
          {shared.mayWrite && <Reply to={one.id} {...shared} />}
          {one.mayResolve && shared.mayWrite && <Resolve id={one.id} isResolved={one.isResolved} base={shared.base} />}
        </li>
      ))}
    </ul>
  )
}
