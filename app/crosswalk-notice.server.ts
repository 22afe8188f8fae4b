import type { Trx } from '../db/client.ts'
import { appToday } from '../db/clock.ts'
import { idOf } from '../db/ids.ts'
import { leadingTo, writeMail } from '../db/mail.ts'
import { listHolders } from '../db/mentions.ts'
import { headsFor } from '../db/notices.ts'
import type { Rows } from '../domain/permission-subjects.ts'
import { abilityFor, may } from '../domain/permissions.ts'
import type { AppContext } from './context.server.ts'
import { crosswalkMail } from './text/crosswalk-mail.ts'

interface Proposed {
  crosswalkId: string
  /** Address of its page. */
  page: string
  row: Rows['Variable']
}

/**
 * Whoever may decide a table gets one mail when it is proposed, never its proposer; where nobody is left, whoever heads the
 * agency of the duty that decides (model.md §1). The line in the inbox needs no notice: it is there until it is decided.
 */
export async function tellDeciders(
  trx: Trx,
  { config }: Pick<AppContext, 'config'>,
  by: { entityId: string; personId: string },
  { crosswalkId, page, row }: Proposed,
): Promise<void> {
  const holders = await listHolders(trx, by.entityId)
  const deciders = holders
    .filter((holder) => may(abilityFor({ ...holder, entityId: by.entityId }), 'approve', 'Variable', row))
    .map(({ personId }) => personId)
  for (const personId of await others(trx, by, deciders, row))
    await writeMail(trx, {
      id: idOf('mail', 'crosswalk', crosswalkId, personId),
      entityId: by.entityId,
      noticeId: null,
      personId,
      ...crosswalkMail(),
      ...leadingTo(config.PUBLIC_URL, page),
    })
}

async function others(
  trx: Trx,
  { entityId, personId: proposer }: { entityId: string; personId: string },
  deciders: string[],
  { approverDuties }: Rows['Variable'],
): Promise<Set<string>> {
  const left = deciders.filter((personId) => personId !== proposer)
  if (left.length > 0) return new Set(left)
  const heads: string[] = []
  for (const duty of approverDuties) heads.push(...(await headsFor(trx, entityId, duty, appToday())))
  return new Set(heads.filter((personId) => personId !== proposer))
}
