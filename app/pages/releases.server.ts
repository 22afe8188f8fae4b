import type { Trx } from '../../db/client.ts'
import { RELEASE_STATUSES, type ReleaseStatus } from '../../domain/releases.ts'
import { seesSomeDrafts } from '../release-rights.server.ts'
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
