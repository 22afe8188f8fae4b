import type { Trx } from '../../db/client.ts'
import { listOverrides, type ShownOverride } from '../../db/residual-overrides.ts'
import type { Methodology } from '../../domain/risk-methodology.ts'
import { formatDayOf } from '../text/format.ts'
import { placeWords } from '../text/place-words.ts'

/** Zones of an assessment before this one may be of another methodology: they say their code where it is no longer known. */
export function shownOverride(one: ShownOverride, methodology: Methodology, assessmentN: number) {
  return {
    ...{ n: one.n, reason: one.reason, who: `${one.position}, ${formatDayOf(one.writtenAt)}` },
    ...{
      written: placeWords(methodology, one),
      computed: placeWords(methodology, one.computed),
      isOfNow: one.assessmentN === assessmentN,
    },
    ...{ ending: one.ending, endedOn: one.endedAt && formatDayOf(one.endedAt) },
  }
}

/** The last that was written over a residual, as the page of its risk says it: it stands, or it lapsed; null where neither. */
export async function overrideNotice(trx: Trx, riskId: string, methodology: Methodology, assessmentN: number) {
  const [last] = await listOverrides(trx, riskId)
  if (!last) return null
  const { written, computed, who, ending, endedOn, isOfNow } = shownOverride(last, methodology, assessmentN)
  if (ending === null) return { state: 'stands' as const, written, computed, who, reason: last.reason }
  return ending === 'lapsed' && endedOn ? { state: 'lapsed' as const, on: endedOn, isOfNow } : null
}
