import { Button } from '@navikt/ds-react'
import { Form, Link } from '@remix-run/react'
import type { First } from '../../pages/first-of.ts'
import { commentAddress } from '../../text/comment-address.ts'
import { mentionsText } from '../../text/comments.ts'
import { WaitingCard } from './waiting-card.tsx'

export interface ShownMention {
  commentId: string
  cycleId: string
  cycleName: string
  stepCode: string
  by: string
  at: Date | string
  /** What the conversation is about, `group` or `group.field`; null for the step as a whole. */
  anchor: string | null
}

/** Comments that name this person, until they say that they have seen them. */
export function Mentions({ rows, more }: First<ShownMention>) {
  return (
    <WaitingCard
      id="menciones"
      title={mentionsText.title}
      more={more}
      lines={rows.map((one) => (
        <li key={one.commentId}>
          <span>{mentionsText.line(one.by, one.stepCode, one.cycleName, one.at)}</span>
          <Link to={commentAddress(one)}>{mentionsText.see}</Link>
          <Form method="post">
            <input type="hidden" name="comentario" value={one.commentId} />
            <Button type="submit" name="intent" value="visto" variant="tertiary" size="small">
              {mentionsText.seen}
            </Button>
          </Form>
        </li>
      ))}
    />
  )
}
