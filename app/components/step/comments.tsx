import { BodyShort, Button, Heading, Textarea, VStack } from '@navikt/ds-react'
import { Form, useNavigation } from '@remix-run/react'
import { useEffect, useRef } from 'react'
import { commentsText } from '../../text/steps.ts'

export interface ShownComment {
  id: string
  body: string
  positionName: string
  writtenAt: Date
}

interface Props {
  comments: ShownComment[]
  mayWrite: boolean
  error?: string
  typed?: string
  formKey: string
  base: string
}

export function Comments({ comments, mayWrite, error, typed, formKey, base }: Props) {
  const busy = useNavigation().formData?.get('intent') === 'comentar'
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    if (comments.length > 0 && !error) form.current?.reset()
  }, [comments.length, error])
  return (
    <section className="card" aria-labelledby="comentarios">
      <Heading level="2" size="xsmall" id="comentarios">
        {commentsText.title}
      </Heading>
      <BodyShort className="quiet">{comments.length === 0 ? commentsText.none : commentsText.intro}</BodyShort>
      {comments.length > 0 && (
        <ul className="comments">
          {comments.map((comment) => (
            <li key={comment.id} id={comment.id}>
              <p className="quiet">{commentsText.by(comment.positionName, comment.writtenAt)}</p>
              <p className="typed">{comment.body}</p>
            </li>
          ))}
        </ul>
      )}
      {mayWrite && (
        <Form method="post" action={base} ref={form} preventScrollReset noValidate>
          <VStack gap="space-12">
            <input type="hidden" name="formKey" value={formKey} />
            <Textarea
              id="comentario"
              name="comentario"
              label={commentsText.label}
              size="small"
              minRows={2}
              defaultValue={typed}
              error={error}
            />
            <div>
              <Button type="submit" name="intent" value="comentar" variant="secondary" size="small" loading={busy}>
                {commentsText.submit}
              </Button>
            </div>
          </VStack>
        </Form>
      )}
    </section>
  )
}
