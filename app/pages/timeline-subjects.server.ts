import { listHeadPositions, listLeadPositions } from '../../db/agency-heads.ts'
import { findCampaignPage } from '../../db/campaign-pages.ts'
import type { Trx } from '../../db/client.ts'
import { findCollector } from '../../db/collectors.ts'
import { findRun } from '../../db/control-runs.ts'
import { findCycleHead } from '../../db/cycle-pages.ts'
import { findGrantPage } from '../../db/grant-pages.ts'
import { findRiskCode } from '../../db/risks.ts'
import { isId } from '../../domain/ids.ts'
import { grantRow } from '../../domain/permission-rows.ts'
import { whyNot } from '../../domain/permissions.ts'
import { Refused } from '../../domain/refusals.ts'
import { type SubjectKind, TIMELINE_SUBJECTS, type TimelineSubject } from '../../domain/timeline.ts'
import { whyNotForward } from '../collectors.server.ts'
import { permitted } from '../commands/permitted.server.ts'
import type { Crumb } from '../components/breadcrumbs.tsx'
import { findSeenRelease } from '../release-rights.server.ts'
import type { Actor } from '../session.server.ts'
import { accessText } from '../text/access.ts'
import { COLLECTORS, collectorsCrumb } from '../text/collectors.ts'
import { runText } from '../text/control-runs.ts'
import { cyclesText } from '../text/cycles.ts'
import { publicationsText, releaseText } from '../text/publications.ts'
import { campaignsText } from '../text/reviews.ts'
import { risksText } from '../text/risks.ts'
import { SUBJECT_NAMES } from '../text/timeline.ts'
import { campaignRights } from './campaigns.server.ts'

/** The way to the page of a subject, the page itself at its end; undefined where there is none, or none this person opens. */
const WAYS: Record<SubjectKind, (trx: Trx, actor: Actor, id: string) => Promise<Crumb[] | undefined>> = {
  cycle: async (trx, _actor, id) => {
    const head = await findCycleHead(trx, id)
    return (
      head && [
        { label: cyclesText.title, to: '/ejercicios' },
        { label: head.name, to: `/ejercicios/${id}` },
      ]
    )
  },
  grant: async (trx, actor, id) => {
    const grant = await findGrantPage(trx, actor.entityId, id)
    if (!grant) return undefined
    const heads = await listHeadPositions(trx, grant.agencyId)
    const row = grantRow(actor.entityId, heads, grant.granteeId, await listLeadPositions(trx, actor.entityId))
    if (whyNot(permitted(actor), 'read', 'Grant', row) !== null) return undefined
    return [ACCESSES, { label: grant.code, to: `/accesos/${id}` }]
  },
  campaign: async (trx, actor, id) => {
    const campaign = campaignRights(actor).mayRead && (await findCampaignPage(trx, actor.entityId, id))
    if (!campaign) return undefined
    const all = { label: campaignsText.title, to: '/accesos/campanas' }
    return [ACCESSES, all, { label: campaign.code, to: `/accesos/campanas/${id}` }]
  },
  run: async (trx, _actor, id) => {
    const run = await findRun(trx, id)
    if (!run) return undefined
    const { riskCode, code } = run.control
    const [risk, control] = [`/riesgos/${riskCode}`, `/riesgos/${riskCode}/controles/${code}`]
    const own = { label: runText.crumb, to: `${control}/ejecuciones/${run.state.period.start}` }
    return [RISKS, { label: riskCode, to: risk }, { label: code, to: control }, own]
  },
  risk: async (trx, actor, id) => {
    const code = await findRiskCode(trx, actor.entityId, id)
    return code === undefined ? undefined : [RISKS, { label: code, to: `/riesgos/${code}` }]
  },
  collector: async (trx, actor, id) => {
    if (whyNotForward(actor) !== null) return undefined
    const collector = await findCollector(trx, id)
    return collector && [collectorsCrumb, { label: collector.name, to: `${COLLECTORS}/${id}` }]
  },
  release: async (trx, actor, id) => {
    const seen = await findSeenRelease(trx, actor, id)
    if (!seen) return undefined
    const { title, version } = seen.release
    const all = { label: publicationsText.title, to: '/publicaciones' }
    return [all, { label: releaseText.pageTitle(title, version), to: `/publicaciones/${id}` }]
  },
}

const ACCESSES: Crumb = { label: accessText.title, to: '/accesos' }
const RISKS: Crumb = { label: risksText.title, to: '/riesgos' }

/**
 * The subject an address names, and the way to its page: who opens that reads its history too. Throws `Refused('not_visible')` where
 * it names none, or none this person sees.
 */
export async function requireSubject(
  trx: Trx,
  actor: Actor,
  search: URLSearchParams,
): Promise<{ subject: TimelineSubject; way: Crumb[] }> {
  for (const kind of TIMELINE_SUBJECTS) {
    const id = search.get(SUBJECT_NAMES[kind])
    const way = isId(id) ? await WAYS[kind](trx, actor, id) : undefined
    if (isId(id) && way) return { subject: { kind, id }, way }
    if (id !== null) break
  }
  throw new Refused('not_visible')
}
