/** Findings, risks, controls and indicators of a position that is left vacant, with what is asked of it (features J3, D10 to D12). */
import { type RawBuilder, sql } from 'kysely'
import type { EventType, FieldChange } from '../domain/events.ts'
import { checkerOfFinding } from '../domain/improvement.ts'
import { type ActingPerson, eventBy } from './administration.ts'
import { recordEvents } from './audit.ts'
import type { Trx } from './client.ts'
import { handFollowUps } from './follow-ups.ts'

/** A finding is planned and carried through by its owner alone: somebody has to have it. */
export const OWNED_FINDINGS = sql`
  select 'finding' as kind, f.id, f.code as name, f.owner_position as position_id, pos.duty
    from finding f join position pos on pos.id = f.owner_position where f.status <> 'closed'`

/** They are the position's, whoever holds it next; with another position named they go to that one. */
export const STANDING_DUTIES = sql`
  select 'risk' as kind, r.id, r.code as name, r.owner_position as position_id from risk r
  union all select 'control', c.id, c.code, c.owner_position from risk_control c where c.retired_at is null
  union all select 'indicator', i.id, i.code, i.owner_position from risk_indicator i where i.retired_at is null`

export type RiskWork = 'finding' | 'risk' | 'control' | 'indicator'

const HANDED: Record<RiskWork, EventType> = {
  ...{ finding: 'finding.handed', risk: 'risk.handed', control: 'control.handed', indicator: 'indicator.handed' },
}
/** A form of an indicator that was opened before says another owner: it is corrected by another version. */
const ALSO: Record<RiskWork, RawBuilder<unknown>> = {
  ...{ finding: sql``, risk: sql``, control: sql``, indicator: sql`, version = t.version + 1` },
}
const TABLES = { finding: 'finding', risk: 'risk', control: 'risk_control', indicator: 'risk_indicator' } as const

/** Gives each to another position, with what is asked of it by a day; each with its event. */
export async function handOverRisks(
  trx: Trx,
  actor: ActingPerson,
  left: readonly { kind: string; id: string }[],
  to: { id: string; duty: string },
): Promise<void> {
  for (const kind of Object.keys(TABLES) as RiskWork[]) {
    const ids = left.filter((one) => one.kind === kind).map(({ id }) => id)
    if (ids.length > 0) await handOverKind(trx, actor, { kind, ids }, to)
  }
}

async function handOverKind(
  trx: Trx,
  actor: ActingPerson,
  { kind, ids }: { kind: RiskWork; ids: string[] },
  to: { id: string; duty: string },
): Promise<void> {
  const table = sql.table(TABLES[kind])
  const moved = await sql<{ id: string; code: string; before: string }>`
    update ${table} t set owner_position = ${to.id} ${ALSO[kind]} from ${table} old
    where old.id = t.id and t.id = any(${ids}::uuid[]) returning t.id, t.code, old.owner_position as before`.execute(
    trx,
  )
  const before = moved.rows.map((row) => row.before)
  await handFollowUps(trx, ids, { from: before, to })
  const checkers = kind === 'finding' ? await moveCheckers(trx, ids, checkerOfFinding(to.duty)) : new Map()
  if (kind === 'control')
    await sql`update control_run set signal_wanted = true where control_id = any(${ids}::uuid[]) and closed_at is null`.execute(
      trx,
    )
  await recordEvents(
    trx,
    moved.rows.map(({ id, code, before: from }) => ({
      ...{ ...eventBy(actor), type: HANDED[kind], objectId: id },
      changes: [
        { field: 'code', before: null, after: code },
        { field: 'owner_position', before: from, after: to.id },
        ...(checkers.get(id) ?? []),
      ],
    })),
  )
}

/** Whoever checks and closes each finding after it was handed over, with the closing that is asked of them; what changed, by finding. */
async function moveCheckers(trx: Trx, ids: readonly string[], duty: string): Promise<Map<string, FieldChange[]>> {
  const moved = await sql<{ id: string; before: string }>`
    update finding f set checker_duty = ${duty} from finding old
    where old.id = f.id and f.id = any(${ids}::uuid[]) and f.checker_duty <> ${duty}
    returning f.id, old.checker_duty as before`.execute(trx)
  await sql`update follow_up set duty = ${duty}, signal_wanted = true where kind = 'finding_closing' and status = 'open'
    and object_id = any(${moved.rows.map(({ id }) => id)}::uuid[])`.execute(trx)
  return new Map(moved.rows.map(({ id, before }) => [id, [{ field: 'checker_duty', before, after: duty }]]))
}
