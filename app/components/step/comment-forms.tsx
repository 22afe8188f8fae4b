import { Button, Select, Tag, VStack } from '@navikt/ds-react'
import { Form } from '@remix-run/react'
import { useEffect, useRef } from 'react'
import { commentsText } from '../../text/comments.ts'
import { commentFields, type WrongComment, wrongAt } from './comment-fields.ts'
import { MentionArea } from './mention-area.tsx'

/** Where the forms of a comment go, and who may be named in them. */
export interface CommentForms {
  /** Positions that may see the step. */
  mentionable: string[]
  mayWrite: boolean
  formKey: string
  base: string
  filesAt: string
  wrong?: WrongComment | undefined
}

export interface AnchorChoice {
  value: string
  label: string
  fields: { value: string; label: string }[]
}

export function Reply({ to, base, mentionable, formKey, wrong }: CommentForms & { to: string }) {
  const id = commentFields.reply(to)
  const shown = wrongAt(wrong, id)
  return (
    <details open={shown.error !== undefined || undefined}>
      <summary>{commentsText.reply}</summary>
      <Form method="post" action={base} preventScrollReset noValidate>
        <VStack gap="space-8">
          <input type="hidden" name="formKey" value={`${formKey}-${to}`} />
          <input type="hidden" name="responde" value={to} />
          <MentionArea id={id} label={commentsText.answer} mentionable={mentionable} {...shown} />
          <SmallSubmit intent="comentar" words={commentsText.reply} />
        </VStack>
      </Form>
    </details>
  )
}

export function Resolve({ id, isResolved, base }: { id: string; isResolved: boolean; base: string }) {
  return (
    <Form method="post" action={base} preventScrollReset className="comments__resolve">
      <input type="hidden" name="comentario-id" value={id} />
      {isResolved && (
        <Tag variant="success" size="xsmall">
          {commentsText.isResolved}
        </Tag>
      )}
      <SmallSubmit
        intent={isResolved ? 'reabrir-comentario' : 'resolver-comentario'}
        words={isResolved ? commentsText.reopen : commentsText.resolve}
      />
    </Form>
  )
}

export function SmallSubmit({ intent, words }: { intent: string; words: string }) {
  return (
    <div>
      <Button type="submit" name="intent" value={intent} variant="secondary" size="small">
        {words}
      </Button>
    </div>
  )
}

interface NewProps extends CommentForms {
  /** What it may be about; a code alone where the page is about one part only. */
  anchors: AnchorChoice[] | string
  count: number
}

export function NewComment({ anchors, wrong, formKey, base, mentionable, count }: NewProps) {
  const { error, typed } = wrongAt(wrong, commentFields.new)
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
          id={commentFields.new}
          label={commentsText.label}
          typed={typed}
          error={error}
          mentionable={mentionable}
        />
        {typeof anchors === 'string' ? (
          <input type="hidden" name="sobre" value={anchors} />
        ) : (
          <AnchorSelect anchors={anchors} />
        )}
        <div>
          <Button type="submit" name="intent" value="comentar" variant="secondary" size="small">
            {commentsText.submit}
          </Button>
        </div>
      </VStack>
    </Form>
  )
}

function AnchorSelect({ anchors }: { anchors: AnchorChoice[] }) {
  return (
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
  )
}
