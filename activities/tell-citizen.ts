import { type CitizenNews, citizenMail } from '../app/text/citizen-mail.ts'
import { findCitizenAddress } from '../db/citizen-addresses.ts'
import type { Trx } from '../db/client.ts'
import { findEntity } from '../db/entities.ts'
import { idOf } from '../db/ids.ts'
import { leadingTo, writeMail } from '../db/mail.ts'
import type { LoadedRights } from '../db/rights.ts'
import type { Tools } from './tools.ts'

/**
 * News of their request to a citizen who gave an address; whoever gave none looks with code and secret. `of` tells one news
 * from another of the same kind. The address is opened to see that there is one, and again when the mail leaves.
 */
export async function tellCitizen(
  trx: Trx,
  { publicUrl, secret }: Tools,
  { state, number, code, entityId }: LoadedRights,
  { about, of, day }: { about: CitizenNews; of: string; day: string | null },
): Promise<void> {
  const to = { rightsId: state.id, recordId: null }
  if (!(await findCitizenAddress(trx, { secret, entityId }, to))) return
  const entity = await findEntity(trx, entityId)
  await writeMail(trx, {
    ...{ id: idOf('mail', state.id, 'citizen', about, of), entityId, noticeId: null, personId: null, ...to },
    ...citizenMail({ entity: entity?.name ?? '', number, aim: state.aim, about, day }),
    ...leadingTo(publicUrl, `/mis-derechos/${code}`),
  })
}
