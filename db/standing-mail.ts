/** Whoever answers for a risk that demonstrably stands elsewhere is told the same day, in the transaction of what moved it (D7, N4). */
import { bogotaDate } from '../domain/civil-dates.ts'
import type { ToldAs } from '../domain/notices.ts'
import type { Trx } from './client.ts'
import { holdersOfPost } from './control-notices.ts'
import { idOf } from './ids.ts'
import { leadingTo, writeMail } from './mail.ts'
import type { MovedRisk, SaidPlace } from './standing-moves.ts'

interface Telling {
  publicUrl: string
  now: Date
  /** Subject and body, by why somebody is told. */
  words: (moved: MovedRisk & { risk: string; told: ToldAs }) => { subject: string; body: string }
  /** Who moved it, who knows. */
  by?: string
}

export async function tellOwner(trx: Trx, moved: MovedRisk, { publicUrl, now, words, by }: Telling): Promise<void> {
  if (!moved.isTold) return
  const { entityId, riskId, riskCode, ownerPosition, before, after } = moved
  const what = [moved.cause, moved.control ?? '', placeKey(before), placeKey(after), bogotaDate(now)]
  for (const { personId, told } of await holdersOfPost(trx, { entityId, positionId: ownerPosition }, now)) {
    if (personId === by) continue
    await writeMail(trx, {
      ...{ id: idOf('standing', riskId, ...what, personId), entityId, noticeId: null, personId },
      ...words({ ...moved, risk: riskCode, told }),
      ...leadingTo(publicUrl, `/riesgos/${riskCode}`),
    })
  }
}

const placeKey = ({ p, i, zone }: SaidPlace) => `${p} ${i} ${zone}`
