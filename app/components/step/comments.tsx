import { BodyShort, Button, Heading, Select, Tag, VStack } from '@navikt/ds-react'
import { Form, useNavigation } from '@remix-run/react'
import { useEffect, useRef } from 'react'
import { commentsText } from '../../text/comments.ts'
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

export interface ShownConversation extends ShownComment {
  isResolved: boolean
  about: { label: string; place: string } | null
  mayResolve: boolean
  answers: ShownComment[]
}

export interface AnchorChoice {
  value: string
  label: string
  fields: { value: string; label: string }[]
}

interface Props {
  conversations: ShownConversation[]
  anchors: AnchorChoice[]
  /** Positions that may see the step. */
  mentionable: string[]
  mayWrite: boolean
  error?: string
  typed?: string
  formKey: string
  base: string
  filesAt: string
}

/** What is said beside the content: conversations that are answered, corrected and resolved; outside what is signed. */
export function Comments({ conversations, anchors, error, typed, ...props }: Props) {
  const open = conversations.filter((one) => !one.isResolved)
  const closed = conversations.filter((one) => one.isResolved)
  return (
    <section className="card" aria-labelledby="comentarios">
      <Heading level="2" size="xsmall" id="comentarios">
        {commentsText.title}
      </Heading>
      <BodyShort className="quiet">
        {conversations.length === 0 ? commentsText.none : commentsText.open(open.length)}
      </BodyShort>
      <Conversations list={open} {...props} />
      {closed.length > 0 && (
        <details>
          <summary>{commentsText.closed(closed.length)}</summary>
          <Conversations list={closed} {...props} />
        </details>
      )}
      {props.mayWrite && (
        <NewComment {...props} anchors={anchors} error={error} typed={typed} count={conversations.length} />
      )}
    </section>
  )
}

type Shared = Omit<Props, 'conversations' | 'anchors' | 'error' | 'typed'>

function Conversations({ list, ...shared }: Shared & { list: ShownConversation[] }) {
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
          <ul className="comments comments--answers">
            {one.answers.map((answer) => (
              <li key={answer.id} id={answer.id}>
                <OneComment comment={answer} {...shared} />
              </li>
            ))}
          </ul>
          {shared.mayWrite && <Reply to={one.id} {...shared} />}
          {one.mayResolve && shared.mayWrite && <Resolve one={one} base={shared.base} />}
        </li>
      ))}
    </ul>
  )
}

function OneComment({ comment, ...shared }: Shared & { comment: ShownComment }) {
  const { id, earlier, files } = comment
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
              <a href={`${shared.filesAt}/${file.id}`}>{file.name}</a>
            </li>
          ))}
        </ul>
      )}
      {earlier.length > 0 && (
        <details>
          <summary>{commentsText.earlier(earlier.length)}</summary>
          {earlier.map((one, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: versions never change their order
            <div key={i}>
              <p className="quiet">{commentsText.version(i + 1, one.at)}</p>
              <p className="typed">{one.body}</p>
            </div>
          ))}
        </details>
      )}
      {comment.isMine && shared.mayWrite && (
        <details>
          <summary>{commentsText.change}</summary>
          <Form method="post" action={shared.base} preventScrollReset noValidate>
            <VStack gap="space-8">
              <input type="hidden" name="comentario-id" value={id} />
              <MentionArea
                id={`corregir-${id}`}
                label={commentsText.correct}
                typed={comment.body}
                mentionable={shared.mentionable}
              />
              <div>
                <Small intent="corregir-comentario" words={commentsText.saveCorrection} />
              </div>
            </VStack>
          </Form>
          <Form
            method="post"
            action={`${shared.base}?comentario=${id}`}
            encType="multipart/form-data"
            preventScrollReset
            noValidate
          >
            <div className="file-input">
              <label htmlFor={`archivo-${id}`}>{commentsText.file}</label>
              <input type="file" id={`archivo-${id}`} name="archivo" />
            </div>
            <Small intent="adjuntar" words={commentsText.addFile} />
          </Form>
        </details>
      )}
    </>
  )
}

function Reply({ to, base, mentionable, formKey }: Shared & { to: string }) {
  return (
    <details>
      <summary>{commentsText.reply}</summary>
      <Form method="post" action={base} preventScrollReset noValidate>
        <VStack gap="space-8">
          <input type="hidden" name="formKey" value={`${formKey}-${to}`} />
          <input type="hidden" name="responde" value={to} />
          <MentionArea id={`responder-${to}`} label={commentsText.answer} mentionable={mentionable} />
          <div>
            <Small intent="comentar" words={commentsText.reply} />
          </div>
        </VStack>
      </Form>
    </details>
  )
}

function Resolve({ one, base }: { one: ShownConversation; base: string }) {
  return (
    <Form method="post" action={base} preventScrollReset className="comments__resolve">
      <input type="hidden" name="comentario-id" value={one.id} />
      {one.isResolved && (
        <Tag variant="success" size="xsmall">
          {commentsText.isResolved}
        </Tag>
      )}
      <Small
        intent={one.isResolved ? 'reabrir-comentario' : 'resolver-comentario'}
        words={one.isResolved ? commentsText.reopen : commentsText.resolve}
      />
    </Form>
  )
}

function Small({ intent, words }: { intent: string; words: string }) {
  return (
    <Button type="submit" name="intent" value={intent} variant="secondary" size="small">
      {words}
    </Button>
  )
}

interface NewProps extends Shared {
  anchors: AnchorChoice[]
  error?: string
  typed?: string
  count: number
}

function NewComment({ anchors, error, typed, formKey, base, mentionable, count }: NewProps) {
  const busy = useNavigation().formData?.get('intent') === 'comentar'
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    if (count > 0 && !error) form.current?.reset()
  }, [count, error])
  return (
    <Form method="post" action={base} ref={form} preventScrollReset noValidate>
      <VStack gap="space-12">
        <input type="hidden" name="formKey" value={formKey} />
        <MentionArea
          key={count}
          id="comentario"
          label={commentsText.label}
          typed={typed}
          error={error}
          mentionable={mentionable}
        />
        <Select id="sobre" name="sobre" label={commentsText.anchor} size="small">
          <option value="">{commentsText.whole}</option>
          {anchors.map((group) => (
            <optgroup key={group.value} label={group.label}>
              <option value={group.value}>{commentsText.group(group.label)}</option>
              {group.fields.map((field) => (
                <option key={field.value} value={field.value}>
                  {field.label}
                </option>
              ))}
            </optgroup>
          ))}
        </Select>
        <div>
          <Button type="submit" name="intent" value="comentar" variant="secondary" size="small" loading={busy}>
            {commentsText.submit}
          </Button>
        </div>
      </VStack>
    </Form>
  )
}
