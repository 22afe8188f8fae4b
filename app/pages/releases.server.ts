import type { Trx } from '../../db/client.ts'
import type { LoadedCycle } from '../../db/cycles.ts'
import { findHeldOf, type HeldRelease, listHeldReleases } from '../../db/held-releases.ts'
import { firstTheirs } from '../../db/pages.ts'
import { requireProcedureVersion } from '../../db/procedures.ts'
import { releaseRow } from '../../domain/permission-rows.ts'
import { whyNot } from '../../domain/permissions.ts'
import { RELEASE_STATUSES, type ReleaseStatus } from '../../domain/releases.ts'
import { permitted } from '../commands/permitted.server.ts'
import { seesDrafts, seesSomeDrafts } from '../release-rights.server.ts'
import type { Actor } from '../session.server.ts'

interface ReleaseFilters {
  /** Whether this person sees what is not public yet. */
  withDrafts: boolean
  status?: ReleaseStatus
}

/** Releases as `/publicaciones` asks for them: by state, and only what this person may see. */
export async function releaseFilters(trx: Trx, actor: Actor, search: URLSearchParams): Promise<ReleaseFilters> {
  const status = RELEASE_STATUSES.find((state) => state === search.get('estado'))
  return { withDrafts: await seesSomeDrafts(trx, actor), ...(status && { status }) }
}

/** The first held releases for which this person has to prepare another one, the last held first. */
export async function heldToPrepare(trx: Trx, actor: Actor, limit: number): Promise<HeldRelease[]> {
  const { entityId } = actor
  return await firstTheirs(
    (cursor, most) => listHeldReleases(trx, entityId, { cursor, limit: most }),
    async ({ procedureVersionId, ...held }) => {
      const { procedure } = await requireProcedureVersion(trx, procedureVersionId)
      return whyNot(permitted(actor), 'correct', 'Release', releaseRow(entityId, procedure)) ? undefined : held
    },
    limit,
  )
}

/** The held release of an exercise; without its address for whoever does not see what is not public. */
export async function heldIn(
  trx: Trx,
  actor: Actor,
  { state, version }: LoadedCycle,
): Promise<{ to: string | null } | null> {
  const held = await findHeldOf(trx, state.id)
  return held && { to: seesDrafts(actor, version.procedure) ? `/publicaciones/${held.id}` : null }
}
