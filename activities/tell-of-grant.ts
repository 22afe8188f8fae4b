import { type GrantMailFacts, grantMail } from '../app/text/grant-mail.ts'
import type { Trx } from '../db/client.ts'
import { concernedBy } from '../db/grant-notices.ts'
import type { LoadedGrant } from '../db/grants.ts'
import { idOf } from '../db/ids.ts'
import { toldBeside, writeMail } from '../db/mail.ts'
import { bogotaDate } from '../domain/civil-dates.ts'
import { type Concerned, isTold, TOLD_OF } from '../domain/grants.ts'
import type { Tools } from './tools.ts'

/** Tells whoever a delegated access concerns of the status it reached; the same status is told once. */
export async function tellOfGrant(trx: Trx, tools: Tools, grant: LoadedGrant, now: Date): Promise<void> {
  const { status } = grant.state
  if (!isTold(status)) return
  for (const who of TOLD_OF[status])
    for (const personId of await concernedBy(trx, grant, who, bogotaDate(now)))
      await tellPerson(trx, tools, grant, { personId, who, about: status, noticeId: null })
}

/** One mail to one person: the code of the access and its days, and nothing anybody typed. */
export async function tellPerson(
  trx: Trx,
  { publicUrl }: Tools,
  grant: LoadedGrant,
  told: { personId: string; who: Concerned; about: GrantMailFacts['about']; noticeId: string | null },
): Promise<void> {
  const { state, code, entityId } = grant
  const { personId, who, about, noticeId } = told
  await writeMail(trx, {
    ...{ id: idOf('mail', noticeId ?? `${state.id} ${about}`, personId), entityId, noticeId, personId },
    ...grantMail({ code, about, who, startsOn: state.startsOn, endsOn: state.endsOn }),
    ...toldBeside(publicUrl, `/accesos/${state.id}`),
  })
}
