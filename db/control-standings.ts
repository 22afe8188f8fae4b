/** What is demonstrated of each control (features D4, D7, N4): worked out anew by whatever changes it, with what is left of its risk. */
import { sql } from 'kysely'
import { addDays } from '../domain/civil-dates.ts'
import { type Evidence, evidenceOf, type Showing, worstEvidence } from '../domain/control-evidence.ts'
import type { EvidenceState } from '../domain/risk-methodology.ts'
import { recordEvent } from './audit.ts'
import { listCheckShowings } from './check-showings.ts'
import type { Trx } from './client.ts'
import { holdStanding, settleStanding } from './risk-standings.ts'
import { type RunControl, requireControl } from './run-controls.ts'
import type { MovedRisk, Mover } from './standing-moves.ts'

/** Who or what changes the evidence: what every event of it says. */
export type EvidenceCause = Mover['event']

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

/**
 * Works out the evidence of a control anew and, where it changed, what is left of its risk, in the transaction of whatever
 * changed it. Answers the risk where it demonstrably stands elsewhere; null where it does not.
 */
export async function settleEvidence(
  trx: Trx,
  control: RunControl,
  today: string,
  cause: EvidenceCause,
): Promise<MovedRisk | null> {
  const { id, entityId, code, riskId, retiredOn } = control
  const evidence = await noteEvidence(trx, control, today, cause)
  if (evidence === null || retiredOn !== null) return null
  const mover = { cause: 'evidence' as const, control: { id, code, evidence }, today, event: cause }
  return (await settleStanding(trx, entityId, riskId, mover)).moved
}

/**
 * Works out the evidence of the controls of a risk that automatic controls show: which of those bear on it follows from how it is
 * rated. Whoever rates it works out what is left of it then.
 */
export async function noteCheckedEvidence(
  trx: Trx,
  riskId: string,
  { today, event }: Pick<Mover, 'today' | 'event'>,
): Promise<void> {
  const rows = await trx
    .selectFrom('risk_control')
    .select('id')
    .where('risk_id', '=', riskId)
    .where('automatic_check', 'is not', null)
    .where('retired_at', 'is', null)
    .orderBy('n')
    .execute()
  for (const { id } of rows) await noteEvidence(trx, await requireControl(trx, id), today, event)
}

/** Answers the state of the evidence of a control where it is another one now; null where it is as it was. */
async function noteEvidence(
  trx: Trx,
  control: RunControl,
  today: string,
  cause: EvidenceCause,
): Promise<EvidenceState | null> {
  const { id: controlId, entityId } = control
  await holdStanding(trx, control.riskId)
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
  return evidence.state
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
