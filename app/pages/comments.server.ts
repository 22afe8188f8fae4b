import { formGroups } from '../../catalog/forms/index.ts'
import type { Trx } from '../../db/client.ts'
import { listComments } from '../../db/comments.ts'
import type { StepContext } from '../../db/step-context.ts'
import { objectionToResolving } from '../../domain/comments.ts'
import { stepRow } from '../../domain/permission-rows.ts'
import type { StepCode } from '../../domain/procedures.ts'
import type { ShownComment } from '../components/step/comment.tsx'
import type { AnchorChoice } from '../components/step/comment-forms.tsx'
import type { ShownConversation } from '../components/step/comments.tsx'
import { listMentionable } from '../mentions.server.ts'
import type { Actor } from '../session.server.ts'

/** Conversations of a step in the order they began, what they can be about, and who can be mentioned. */
export async function findComments(trx: Trx, actor: Actor, { cycle, code, definition }: StepContext) {
  const row = stepRow(cycle.entityId, cycle.version.procedure, code)
  const rows = await listComments(trx, cycle.stepIds[code] ?? '')
  const shown = rows.map((one) => ({ ...shownComment(one, actor), parentId: one.parentId }))
  const conversations = shown
    .filter((one) => one.parentId === null)
    .map((one): ShownConversation => {
      const { isResolved = false, anchor = null, personId = '' } = rows.find(({ id }) => id === one.id) ?? {}
      const by = { personId: actor.personId, duty: actor.position.duty }
      return {
        ...one,
        isResolved,
        about: anchor === null ? null : { label: anchorLabel(code, anchor), place: anchor },
        mayResolve: objectionToResolving({ personId }, row, by) === null,
        answers: shown.filter(({ parentId }) => parentId === one.id),
      }
    })
  const anchors = definition.groups.map(
    ({ code: group, title, fields }): AnchorChoice => ({
      value: group,
      label: title,
      fields: fields.map((field) => ({ value: `${group}.${field.code}`, label: field.label })),
    }),
  )
  const names = (await listMentionable(trx, cycle.entityId, row)).map(({ name }) => name)
  return { conversations, anchors, mentionable: [...new Set(names)] }
}

/** Those about one part of the form, or a field of it: the page of the part says what they are about. */
export async function findCommentsOn(trx: Trx, actor: Actor, step: StepContext, group: string) {
  const { conversations, mentionable } = await findComments(trx, actor, step)
  const own = conversations.filter(({ about }) => about?.place.split('.')[0] === group)
  return {
    ...{ mentionable, anchors: group, mayWrite: step.cycle.state.status === 'active' },
    conversations: own.map((one) => ({ ...one, about: null })),
  }
}

/** How many conversations about each part are not resolved. */
export async function openCommentsByPart(trx: Trx, { cycle, code }: StepContext): Promise<Map<string, number>> {
  const counts = new Map<string, number>()
  for (const { parentId, anchor, isResolved } of await listComments(trx, cycle.stepIds[code] ?? '')) {
    const part = anchor?.split('.')[0]
    if (part && parentId === null && !isResolved) counts.set(part, (counts.get(part) ?? 0) + 1)
  }
  return counts
}

type CommentRow = Awaited<ReturnType<typeof listComments>>[number]

function shownComment(row: CommentRow, actor: Actor): ShownComment {
  const { id, positionName, files, personId } = row
  const words = [
    { body: row.body, at: row.writtenAt },
    ...row.versions.map(({ body, writtenAt }) => ({ body, at: writtenAt })),
  ]
  return {
    ...{ id, positionName, files },
    body: words.at(-1)?.body ?? '',
    writtenAt: row.writtenAt,
    earlier: words.slice(0, -1),
    correctedAt: words.length > 1 ? (words.at(-1)?.at ?? null) : null,
    isMine: personId === actor.personId,
  }
}

/** In the words of the newest form that has the place; a field that is gone keeps its group. */
function anchorLabel(code: StepCode, anchor: string): string {
  const [group = '', field] = anchor.split('.')
  const own = formGroups(code).find((one) => one.code === group)
  const label = own?.fields.find((one) => one.code === field)?.label
  return [own?.title ?? group, label].filter((part) => part !== undefined).join(' · ')
}
