import { type AppLoadContext, data } from '@remix-run/node'
import { newId } from '../../db/ids.ts'
import { readInput } from '../../domain/input-reading.ts'
import { CommentInput } from '../../domain/inputs.ts'
import { backToPart } from '../answer.server.ts'
import {
  attachToComment,
  requireOwnComment,
  resolveComment,
  rewriteComment,
} from '../commands/change-comment.server.ts'
import { writeComment } from '../commands/write-comment.server.ts'
import type { CommentPlace } from '../comment-place.server.ts'
import { commentFields } from '../components/step/comment-fields.ts'
import { requireId } from '../params.server.ts'
import type { Actor } from '../session.server.ts'
import { inputSentence } from '../text/inputs.ts'
import { receiveFile } from '../uploads.server.ts'

/**
 * Writes, answers, corrects, resolves or reopens a comment, as the button says; undefined where the button is another's.
 * Afterwards the page of the step, or the one that was asked from, shows it.
 */
export async function actOnComments(
  context: AppLoadContext,
  actor: Actor,
  place: CommentPlace,
  intent: string,
  form: FormData,
  page = pageOf(place),
) {
  switch (intent) {
    case 'comentar':
      return await comment(context, actor, place, form, page)
    case 'corregir-comentario':
      return await correct(context, actor, place, form, page)
    case 'resolver-comentario':
    case 'reabrir-comentario': {
      const id = commentOf(form, context)
      await resolveComment(context, actor, { ...place, id, resolved: intent === 'resolver-comentario' })
      return backToPart(`${page}#${id}`)
    }
  }
}

/** Only whoever wrote the comment gets to leave a file with it. */
export async function attachToOne(
  context: AppLoadContext,
  actor: Actor,
  request: Request,
  comment: CommentPlace & { id: string },
  page = pageOf(comment),
) {
  await requireOwnComment(context, actor, comment)
  const received = await receiveFile(request, context.config.DATA_DIR)
  if (!received.ok) return wrong(commentFields.file(comment.id), received.message, '')
  await attachToComment(context, actor, { ...comment, file: received.file })
  return backToPart(`${page}#${comment.id}`)
}

async function comment(context: AppLoadContext, actor: Actor, place: CommentPlace, form: FormData, page: string) {
  const answered = String(form.get('responde') ?? '')
  const parentId = answered === '' ? null : requireId(answered, context)
  const read = readBody(form, parentId === null ? commentFields.new : commentFields.reply(parentId))
  if ('answer' in read) return read.answer
  const formKey = String(form.get('formKey') || newId())
  const anchor = String(form.get('sobre') ?? '') || null
  await writeComment(context, actor, { ...place, body: read.body, formKey, parentId, anchor })
  return backToPart(`${page}#comentarios`)
}

async function correct(context: AppLoadContext, actor: Actor, place: CommentPlace, form: FormData, page: string) {
  const id = commentOf(form, context)
  const read = readBody(form, commentFields.correction(id))
  if ('answer' in read) return read.answer
  await rewriteComment(context, actor, { ...place, id, body: read.body })
  return backToPart(`${page}#${id}`)
}

/** `at` is the field the words were typed in: there stands what is wrong with them. */
function readBody(form: FormData, at: string) {
  const typed = String(form.get('comentario') ?? '')
  const read = readInput(CommentInput, { body: typed })
  return read.ok ? { body: read.input.body } : { answer: wrong(at, read.errors.map(inputSentence)[0], typed) }
}

const wrong = (at: string, message: string | undefined, typed: string) =>
  data({ comment: { at, message, typed } }, { status: 422 })

const commentOf = (form: FormData, context: AppLoadContext) =>
  requireId(String(form.get('comentario-id') ?? ''), context)

const pageOf = ({ cycleId, stepCode }: CommentPlace) => `/ejercicios/${cycleId}/pasos/${stepCode}`
