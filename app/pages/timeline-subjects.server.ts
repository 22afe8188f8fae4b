import { listHeadPositions, listLeadPositions } from '../../db/agency-heads.ts'
import { findCampaignPage } from '../../db/campaign-pages.ts'
import type { Trx } from '../../db/client.ts'
import { findRun } from '../../db/control-runs.ts'
import { findCycleHead } from '../../db/cycle-pages.ts'
import { findGrantPage } from '../../db/grant-pages.ts'
import { isRisk } from '../../db/risks.ts'
import { isId } from '../../domain/ids.ts'
import { grantRow } from '../../domain/permission-rows.ts'
import { whyNot } from '../../domain/permissions.ts'
import { Refused } from '../../domain/refusals.ts'
import { type SubjectKind, TIMELINE_SUBJECTS, type TimelineSubject } from '../../domain/timeline.ts'
import { permitted } from '../commands/permitted.server.ts'
import type { Actor } from '../session.server.ts'
import { SUBJECT_NAMES } from '../text/timeline.ts'
import { campaignRights } from './campaigns.server.ts'

/** Whether this person opens the page of a subject: then they read its history too. */
const SEEN: Record<SubjectKind, (trx: Trx, actor: Actor, id: string) => Promise<boolean>> = {
  cycle: async (trx, _actor, id) => (await findCycleHead(trx, id)) !== undefined,
  grant: async (trx, actor, id) => {
    const grant = await findGrantPage(trx, actor.entityId, id)
    if (!grant) return false
    const heads = await listHeadPositions(trx, grant.agencyId)
    const row = grantRow(actor.entityId, heads, grant.granteeId, await listLeadPositions(trx, actor.entityId))
    return whyNot(permitted(actor), 'read', 'Grant', row) === null
  },
  campaign: async (trx, actor, id) =>
    campaignRights(actor).mayRead && (await findCampaignPage(trx, actor.entityId, id)) !== undefined,
  run: async (trx, _actor, id) => (await findRun(trx, id)) !== undefined,
  risk: async (trx, actor, id) => await isRisk(trx, actor.entityId, id),
}

/** The subject an address names. Throws `Refused('not_visible')` where it names none, or none this person sees. */
export async function requireSubject(trx: Trx, actor: Actor, search: URLSearchParams): Promise<TimelineSubject> {
  for (const kind of TIMELINE_SUBJECTS) {
    const id = search.get(SUBJECT_NAMES[kind])
    if (isId(id) && (await SEEN[kind](trx, actor, id))) return { kind, id }
    if (id !== null) break
  }
  throw new Refused('not_visible')
}
