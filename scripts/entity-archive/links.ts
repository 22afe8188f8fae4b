import { recordEvent } from '../../db/audit.ts'
import type { Trx } from '../../db/client.ts'
import { appNow, appToday } from '../../db/clock.ts'
import { makePasswordLink } from '../../db/password-links.ts'

/** A one-time link for everybody who administers the entity today: they give the others theirs. */
export async function makeLinks(trx: Trx, entityId: string): Promise<{ email: string; secret: string }[]> {
  const today = appToday()
  const accounts = await trx
    .selectFrom('account as a')
    .innerJoin('tenure as t', 't.person_id', 'a.person_id')
    .innerJoin('position as p', 'p.id', 't.position_id')
    .select(['a.id', 'a.email'])
    .distinct()
    .where('a.entity_id', '=', entityId)
    .where('a.disabled_at', 'is', null)
    .where('p.duty', '=', 'administracion')
    .where('t.from_date', '<=', today)
    .where((eb) => eb.or([eb('t.to_date', 'is', null), eb('t.to_date', '>=', today)]))
    .orderBy('a.email')
    .execute()
  const links: { email: string; secret: string }[] = []
  for (const { id, email } of accounts) {
    await recordEvent(trx, { entityId, type: 'account.link_made', objectId: id, origin: 'system' })
    links.push({ email, secret: await makePasswordLink(trx, id, appNow()) })
  }
  return links
}
