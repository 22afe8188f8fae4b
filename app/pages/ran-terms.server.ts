import type { Trx } from '../../db/client.ts'
import { appToday } from '../../db/clock.ts'
import { findCycle } from '../../db/cycles.ts'
import { listRanTerms } from '../../db/ran-terms.ts'
import { entityCalendar } from '../../db/terms.ts'
import { leftOut, type RanTerm, resultOf, TERM_SUBJECTS } from '../../domain/ran-terms.ts'
import { Refused } from '../../domain/refusals.ts'
import type { Actor } from '../session.server.ts'
import { ranTermsText as words } from '../text/ran-terms.ts'
import { requireSubject } from './timeline-subjects.server.ts'

const PAGE = 20

/** The terms of the subject an address names. Throws `Refused('not_visible')` as its history does. */
export async function termsIn(trx: Trx, actor: Actor, search: URLSearchParams) {
  const { subject, way } = await requireSubject(trx, actor, search)
  const kind = TERM_SUBJECTS.find((one) => one === subject.kind)
  if (!kind) throw new Refused('not_visible')
  const of = { entityId: actor.entityId, kind, id: subject.id }
  const calendar = await entityCalendar(trx, actor.entityId)
  const titles = kind === 'cycle' ? (await findCycle(trx, subject.id))?.version.procedure.steps : undefined
  const titleOf = (stepCode: string) => titles?.find(({ code }) => code === stepCode)?.title ?? ''
  return {
    ...{ kind, way },
    ...(kind === 'cycle' && { cycleId: subject.id }),
    read: (asked: { cursor: string | null; limit: number }) => listRanTerms(trx, of, asked),
    told: (term: RanTerm) => {
      const result = resultOf(term, appToday(), calendar)
      return {
        ...{ what: words.what(term.of, titleOf), code: result.code, result: words.result(term, result) },
        ...{ start: words.start(term), count: words.count(term), due: words.due(term) },
        out: term.unit === 'working' ? words.out(leftOut(term.days)) : null,
      }
    },
  }
}

export async function loadTerms(trx: Trx, actor: Actor, search: URLSearchParams) {
  const { kind, way, read, told } = await termsIn(trx, actor, search)
  const { rows, next } = await read({ cursor: search.get('desde'), limit: PAGE })
  const terms = rows.map((term) => {
    const { id, days, calendarVersion, isRecounted } = term
    return { ...{ id, days, calendarVersion, isRecounted }, ...told(term) }
  })
  return { kind, way, terms, next }
}
