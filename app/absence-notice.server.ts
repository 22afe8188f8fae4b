import type { AbsencePage } from '../db/absence-pages.ts'
import type { Trx } from '../db/client.ts'
import { idOf } from '../db/ids.ts'
import { leadingTo, writeMail } from '../db/mail.ts'
import type { AppContext } from './context.server.ts'
import type { Actor } from './session.server.ts'
import { absenceMail } from './text/absence-mail.ts'

/** Tells whoever substitutes, and whoever is absent where they did not do it themselves; the same is told once. */
export async function tellOfAbsence(
  trx: Trx,
  { config }: AppContext,
  actor: Actor,
  absence: AbsencePage,
  about: 'planned' | 'cancelled',
): Promise<void> {
  const { id, positionName: position, from, to } = absence
  const told = [
    ...absence.substitutes.map(({ personId }) => ({ personId, who: 'substitute' as const })),
    { personId: absence.personId, who: 'absent' as const },
  ]
  for (const { personId, who } of told.filter((one) => one.personId !== actor.personId))
    await writeMail(trx, {
      ...{ id: idOf('mail', id, about, personId), entityId: actor.entityId, noticeId: null, personId },
      ...absenceMail({ about, who, position, from, to }),
      ...leadingTo(config.PUBLIC_URL, `/ausencias/${id}`),
    })
}
