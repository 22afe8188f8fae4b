/** What moves of a risk is an event, and asks its owner where it rises; in the transaction of whatever moves it (features D7, N4). */
import { sql } from 'kysely'
import type { EvidenceState, Methodology } from '../domain/risk-methodology.ts'
import { type Place, zoneOf } from '../domain/risks.ts'
import { type StandingCause, type StoodAt, type Turn, turnOf } from '../domain/standing-moves.ts'
import { type ActingPerson, eventBy } from './administration.ts'
import { type EventRecord, recordEvent } from './audit.ts'
import type { Trx } from './client.ts'
import { appToday } from './clock.ts'
import { newId } from './ids.ts'

/** What moves a risk. */
export interface Mover {
  cause: StandingCause
  /** The control by which, where it is one of them; `evidence`: what is shown of it from now on. */
  control?: { id: string; code: string; evidence?: EvidenceState }
  /** Civil date. */
  today: string
  /** What every event of it says. */
  event: Pick<EventRecord, 'origin' | 'workflowId' | 'actId' | 'actorPerson' | 'actorPosition' | 'requestId'>
}

/** A place in words, as far as it is known; percents as they are stored. */
export interface SaidPlace {
  p: string | null
  i: string | null
  zone: string | null
}

/** A risk that demonstrably stands elsewhere now, for whoever answers for it. */
export interface MovedRisk {
  entityId: string
  riskId: string
  riskCode: string
  ownerPosition: string
  turn: Exclude<Turn, 'stays'>
  /** What rises within a zone as much as into another; what falls where its zone is another one, or ends what was asked. */
  isTold: boolean
  cause: StandingCause
  /** Code of the control by which. */
  control: string | null
  before: SaidPlace
  after: SaidPlace
}

type Standing = Pick<Place, 'p' | 'i' | 'zone'>

/** Null where the risk stands as it stood. */
export async function noteMove(
  trx: Trx,
  risk: { entityId: string; riskId: string },
  moved: { methodology: Methodology; before: StoodAt; after: Standing },
  mover: Mover,
): Promise<MovedRisk | null> {
  const { entityId, riskId } = risk
  const { methodology, before, after } = moved
  const turn = turnOf(methodology, before, after)
  if (turn === 'stays') return null
  const { code, owner_position } = await trx
    .selectFrom('risk')
    .select(['code', 'owner_position'])
    .where('id', '=', riskId)
    .executeTakeFirstOrThrow()
  const control = mover.control?.code ?? null
  const said = { before: saidOf(methodology, before), after: saidOf(methodology, after) }
  await recordEvent(trx, {
    ...{ ...mover.event, entityId, type: 'risk.demonstrated_moved', objectId: riskId },
    changes: [
      { field: 'code', before: null, after: code },
      { field: 'cause', before: null, after: mover.cause },
      ...(control ? [{ field: 'control', before: null, after: control }] : []),
      { field: 'probability', before: before.p, after: after.p },
      { field: 'impact', before: before.i, after: after.i },
      { field: 'zone', before: said.before.zone, after: said.after.zone },
    ],
  })
  const ended = await settleAlert(trx, risk, { ...moved, turn }, mover)
  return {
    ...{ entityId, riskId, riskCode: code, ownerPosition: owner_position, turn, ...said, cause: mover.cause, control },
    isTold: turn === 'rises' || ended || before.zone !== after.zone,
  }
}

export function saidOf(methodology: Methodology, { p, i, zone }: StoodAt): SaidPlace {
  return { p, i, zone: zone === null ? null : zoneOf(methodology, zone).name }
}

/** What the owner is asked: raised as it rises, grows with it, and ends by itself once it is as before; whether it ended so. */
async function settleAlert(
  trx: Trx,
  { entityId, riskId }: { entityId: string; riskId: string },
  { methodology, before, after, turn }: { methodology: Methodology; before: StoodAt; after: Standing; turn: Turn },
  { cause, control, today }: Mover,
): Promise<boolean> {
  const open = await trx
    .selectFrom('standing_alert')
    .select(['id', 'zone_before as zone', 'p_before as p', 'i_before as i'])
    .where('risk_id', '=', riskId)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  const stands = { zone_after: after.zone, p_after: after.p, i_after: after.i, raised_on: today }
  const about = { ...stands, cause, control_id: control?.id ?? null, state: control?.evidence ?? null }
  if (open) {
    const isOver = turnOf(methodology, open, after) !== 'rises'
    const change = isOver ? { ended_at: sql<Date>`app_now()` } : about
    await trx.updateTable('standing_alert').set(change).where('id', '=', open.id).execute()
    return isOver
  }
  if (turn !== 'rises') return false
  await trx
    .insertInto('standing_alert')
    .values({
      ...{ ...about, id: newId(), entity_id: entityId, risk_id: riskId },
      ...{ zone_before: before.zone, p_before: before.p, i_before: before.i },
    })
    .execute()
  return false
}

/** Nothing more is asked: the zones it names were those of another version. */
export async function dropAlert(trx: Trx, riskId: string): Promise<void> {
  await trx
    .updateTable('standing_alert')
    .set({ ended_at: sql<Date>`app_now()` })
    .where('risk_id', '=', riskId)
    .where('ended_at', 'is', null)
    .execute()
}

/** Of what a person changes on the web. */
export function movedBy(by: ActingPerson, cause: StandingCause, control?: Mover['control']): Mover {
  return { cause, today: appToday(), event: eventBy(by), ...(control && { control }) }
}
