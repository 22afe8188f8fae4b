/** What is demonstrated of each control (features D4, D7, N4): worked out anew by whatever changes it, with what is left of its risk. */
import { sql } from 'kysely'
import { addDays } from '../domain/civil-dates.ts'
import { type Evidence, evidenceOf, type Showing, worstEvidence } from '../domain/control-evidence.ts'
import type { EvidenceState, Methodology } from '../domain/risk-methodology.ts'
import { graveness, zoneOf } from '../domain/risks.ts'
import { type EventRecord, recordEvent } from './audit.ts'
import { listCheckShowings } from './check-showings.ts'
import type { Trx } from './client.ts'
import type { RunControl } from './control-runs.ts'
import { newId } from './ids.ts'
import { settleStanding } from './risk-standings.ts'

/** Who or what changes the evidence: what every event of it says. */
export type EvidenceCause = Pick<EventRecord, 'origin' | 'workflowId' | 'actId'>

/** The evidence of a control on a civil date, from everything that shows it; each source of showings is one list. */
export async function readEvidence(trx: Trx, controlId: string, today: string): Promise<Evidence> {
  const showings = [await listRunShowings(trx, controlId), await listCheckShowings(trx, controlId)]
  return worstEvidence(showings.map((one) => evidenceOf(one, today)))
}

/** What its runs show, the last of them: the others say nothing any more. */
async function listRunShowings(trx: Trx, controlId: string): Promise<Showing[]> {
  const rows = await trx
    .selectFrom('control_run')
    .select(['period_start as on', 'shows', 'valid_until as validUntil'])
    .where('control_id', '=', controlId)
    .where('shows', 'is not', null)
    .orderBy('period_start', 'desc')
    .limit(1)
    .execute()
  return rows.map(({ shows, ...row }) => ({ ...row, outcome: shows as Showing['outcome'] }))
}

/** A risk whose demonstrated zone is another one now; zones by their codes. */
export interface MovedRisk {
  riskId: string
  riskCode: string
  ownerPosition: string
  before: string
  after: string
  zone: string
  rises: boolean
}

/**
 * Works out the evidence of a control anew and, where it changed, what is left of its risk, in the transaction of whatever
 * changed it. Answers the risk where its demonstrated zone moved; null where it did not.
 */
export async function settleEvidence(
  trx: Trx,
  control: RunControl,
  today: string,
  cause: EvidenceCause,
): Promise<MovedRisk | null> {
  const { id: controlId, entityId } = control
  const evidence = await readEvidence(trx, controlId, today)
  const before = await trx
    .selectFrom('control_standing')
    .select(['state', 'until'])
    .where('control_id', '=', controlId)
    .executeTakeFirst()
  const stood = (before?.state ?? 'never') as EvidenceState
  if (stood === evidence.state && (before?.until ?? null) === evidence.until) return null
  const standing = { state: evidence.state, until: evidence.until }
  await trx
    .insertInto('control_standing')
    .values({ control_id: controlId, entity_id: entityId, ...standing })
    .onConflict((oc) =>
      oc
        .column('control_id')
        .doUpdateSet({ ...standing, ...(stood !== evidence.state && { since: sql<Date>`app_now()` }) }),
    )
    .execute()
  if (stood === evidence.state) return null
  await recordEvent(trx, {
    ...{ ...cause, entityId, type: 'control.evidence_changed', objectId: controlId },
    changes: [
      { field: 'code', before: null, after: control.code },
      { field: 'risk', before: null, after: control.riskCode },
      { field: 'evidence', before: stood, after: evidence.state },
    ],
  })
  return control.isRetired ? null : await restand(trx, control, { state: evidence.state, today, cause })
}

interface Change {
  state: EvidenceState
  today: string
  cause: EvidenceCause
}

async function restand(trx: Trx, control: RunControl, change: Change): Promise<MovedRisk | null> {
  const { riskId, riskCode, entityId } = control
  const { methodology, before, demonstrated: after } = await settleStanding(trx, entityId, riskId)
  if (before === null) throw new Error(`risk ${riskCode} has controls and stood nowhere`)
  if (before === after) return null
  const rises = graveness(methodology, after) > graveness(methodology, before)
  const zone = zoneOf(methodology, after).name
  await recordEvent(trx, {
    ...{ ...change.cause, entityId, type: 'risk.demonstrated_moved', objectId: riskId },
    changes: [
      { field: 'code', before: null, after: riskCode },
      { field: 'control', before: null, after: control.code },
      { field: 'zone', before: zoneOf(methodology, before).name, after: zone },
    ],
  })
  await alert(trx, control, { ...change, before, after, methodology, rises })
  return { riskId, riskCode, ownerPosition: control.riskOwner, before, after, zone, rises }
}

/** What the owner of the risk is asked: raised as it rises, grows with it, and ends by itself once it is as before. */
async function alert(
  trx: Trx,
  control: RunControl,
  moved: Change & { before: string; after: string; methodology: Methodology; rises: boolean },
): Promise<void> {
  const { riskId, entityId } = control
  const open = await trx
    .selectFrom('standing_alert')
    .select(['id', 'zone_before'])
    .where('risk_id', '=', riskId)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  const { before, after, methodology, rises, state, today } = moved
  const about = { zone_after: after, state, control_id: control.id, raised_on: today }
  if (open) {
    const isOver = graveness(methodology, after) <= graveness(methodology, open.zone_before)
    const change = isOver ? { ended_at: sql<Date>`app_now()` } : about
    await trx.updateTable('standing_alert').set(change).where('id', '=', open.id).execute()
  } else if (rises) {
    await trx
      .insertInto('standing_alert')
      .values({
        ...{ ...about, id: newId(), entity_id: entityId },
        ...{ risk_id: riskId, zone_before: before },
      })
      .execute()
  }
}

/** Controls whose evidence ended by a civil date and is counted still. */
export async function listExpired(trx: Trx, entityId: string, today: string): Promise<string[]> {
  const rows = await trx
    .selectFrom('control_standing')
    .select('control_id')
    .where('entity_id', '=', entityId)
    .where('until', '<=', addDays(today, -1))
    .orderBy('until')
    .execute()
  return rows.map((row) => row.control_id)
}
