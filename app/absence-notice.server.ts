import type { AbsencePage } from '../db/absence-pages.ts'
import type { Trx } from '../db/client.ts'
import type { CutShort } from '../db/handover.ts'
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

/** Whoever leaves ends the substitutions they are part of: who would have gone on is told once. */
export async function tellOfCutShort(
  trx: Trx,
  { config }: AppContext,
  entityId: string,
  { cut, on }: { cut: readonly CutShort[]; on: string },
): Promise<void> {
  for (const { absenceId, position, personId, who } of cut)
    await writeMail(trx, {
      ...{ id: idOf('mail', absenceId, 'cut_short', personId, on), entityId, noticeId: null, personId },
      ...absenceMail({ about: 'cut_short', who, position, from: on, to: on }),
      ...leadingTo(config.PUBLIC_URL, `/ausencias/${absenceId}`),
    })
}
