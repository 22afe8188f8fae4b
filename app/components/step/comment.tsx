import { VStack } from '@navikt/ds-react'
import { Form } from '@remix-run/react'
import { commentsText } from '../../text/comments.ts'
import { disposalText } from '../../text/disposal.ts'
import { NativeField } from '../native-field.tsx'
import { commentFields, wrongAt } from './comment-fields.ts'
import { type CommentForms, SmallSubmit } from './comment-forms.tsx'
import { MentionArea } from './mention-area.tsx'

type Instant = Date | string

export interface ShownComment {
  id: string
  body: string
  positionName: string
  writtenAt: Instant
  /** Its words before each correction, oldest first. */
  earlier: { body: string; at: Instant }[]
  correctedAt: Instant | null
  files: { id: string; name: string }[]
  isMine: boolean
}

/** One comment as it stands, with its files and what it said before. */
export function OneComment({ comment, ...forms }: CommentForms & { comment: ShownComment }) {
  const { files, earlier } = comment
  return (
    <>
      <p className="quiet">
        {commentsText.by(comment.positionName, comment.writtenAt)}
        {comment.correctedAt && ` · ${commentsText.corrected(comment.correctedAt)}`}
      </p>
      <p className="typed">{comment.body}</p>
      {files.length > 0 && (
        <ul className="links">
          {files.map((file) => (
            <li key={file.id}>
              <a href={`${forms.filesAt}/${file.id}`}>{file.name || disposalText.goneFile}</a>
            </li>
          ))}
        </ul>
      )}
      {earlier.length > 0 && <Earlier versions={earlier} />}
      {comment.isMine && forms.mayWrite && <OwnForms comment={comment} {...forms} />}
    </>
  )
}

function Earlier({ versions }: { versions: ShownComment['earlier'] }) {
  return (
    <details>
      <summary>{commentsText.earlier(versions.length)}</summary>
      {versions.map((one, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: versions never change their order
        <div key={i}>
          <p className="quiet">{commentsText.version(i + 1, one.at)}</p>
          <p className="typed">{one.body}</p>
        </div>
      ))}
    </details>
  )
}

/** What whoever wrote it may do: correct its words, add a file. */
function OwnForms({ comment: { id, body }, base, mentionable, wrong }: CommentForms & { comment: ShownComment }) {
  const [correction, file] = [commentFields.correction(id), commentFields.file(id)]
  const isWrong = wrong?.at === correction || wrong?.at === file
  return (
    <details open={isWrong || undefined}>
      <summary>{commentsText.change}</summary>
      <VStack gap="space-16">
        <Form method="post" action={base} preventScrollReset noValidate>
          <VStack gap="space-8">
            <input type="hidden" name="comentario-id" value={id} />
            <MentionArea
              id={correction}
              label={commentsText.correct}
              typed={body}
              mentionable={mentionable}
              {...wrongAt(wrong, correction)}
            />
            <SmallSubmit intent="corregir-comentario" words={commentsText.saveCorrection} />
          </VStack>
        </Form>
        <Form
          method="post"
          action={`${base}?comentario=${id}`}
          encType="multipart/form-data"
          preventScrollReset
          noValidate
        >
          <VStack gap="space-8">
            <NativeField
              type="file"
              size="small"
              id={file}
              name="archivo"
              label={commentsText.file}
              error={wrongAt(wrong, file).error}
            />
            <SmallSubmit intent="adjuntar" words={commentsText.addFile} />
          </VStack>
        </Form>
      </VStack>
    </details>
  )
}
