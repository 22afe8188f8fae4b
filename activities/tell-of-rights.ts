import { type RightsMailFacts, rightsMail } from '../app/text/rights-mail.ts'
import type { Trx } from '../db/client.ts'
import { idOf } from '../db/ids.ts'
import { leadingTo, writeMail } from '../db/mail.ts'
import type { LoadedRights } from '../db/rights.ts'
import type { Tools } from './tools.ts'

interface ToldOfRights {
  personId: string
  told: RightsMailFacts['told']
  about: RightsMailFacts['about']
  dueOn: string
  noticeId: string | null
}

/** One mail to one person who answers: the number of the request and its day, and nothing anybody typed. */
export async function tellOfRights(
  trx: Trx,
  { publicUrl }: Tools,
  { state, number, entityId }: LoadedRights,
  { personId, told, about, dueOn, noticeId }: ToldOfRights,
): Promise<void> {
  await writeMail(trx, {
    ...{ id: idOf('mail', noticeId ?? `${state.id} ${about}`, personId), entityId, noticeId, personId },
    ...rightsMail({ number, about, told, dueOn, aim: state.aim }),
    ...leadingTo(publicUrl, `/derechos/${state.id}`),
  })
}
