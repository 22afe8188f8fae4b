import type { Trx } from '../../db/client.ts'
import { listSentNotices, type SentNotice } from '../../db/sent-notices.ts'
import { Refused } from '../../domain/refusals.ts'
import { NOTICE_SUBJECTS } from '../../domain/sent-notices.ts'
import type { Actor } from '../session.server.ts'
import { sentNoticesText as words } from '../text/sent-notices.ts'
import { requireSubject } from './timeline-subjects.server.ts'

const PAGE = 25

/** What was told of the subject an address names. Throws `Refused('not_visible')` as its history does. */
export async function noticesIn(trx: Trx, actor: Actor, search: URLSearchParams) {
  const { subject, way } = await requireSubject(trx, actor, search)
  const kind = NOTICE_SUBJECTS.find((one) => one === subject.kind)
  const path = way.at(-1)?.to
  if (!kind || !path) throw new Refused('not_visible')
  const about = { entityId: actor.entityId, kind, id: subject.id, path }
  return {
    way,
    ...(kind === 'cycle' && { cycleId: subject.id }),
    read: (asked: { cursor: string | null; limit: number }) => listSentNotices(trx, about, asked),
    told: ({ subject: asked, kind: code, duty, positions, outcome }: SentNotice) => ({
      what: asked ?? words.about(code),
      duty: duty && words.duty(duty, actor.entity.dutyNames),
      positions: positions ?? (outcome === 'nobody' ? words.nobody : words.noPosition),
      result: words.outcomes[outcome],
    }),
  }
}

export async function loadSentNotices(trx: Trx, actor: Actor, search: URLSearchParams) {
  const { way, read, told } = await noticesIn(trx, actor, search)
  const { rows, next } = await read({ cursor: search.get('desde'), limit: PAGE })
  const notices = rows.map((notice) => {
    const { id, at, outcome } = notice
    return { ...{ id, at, outcome }, ...told(notice) }
  })
  return { way, notices, next }
}
