/** Delegated accesses as they stood at a moment, with what has to hold of each (decision 0052). */
import { sql } from 'kysely'
import type { GrantThen, HeldThen, JudgedGrant, PersonThen } from '../domain/as-of.ts'
import { standingOf } from '../domain/grants.ts'
import type { Moment } from '../domain/moments.ts'
import { KEPT, type Trx } from './client.ts'

interface Row extends GrantThen {
  pointOpen: boolean
  notEnding: boolean
}

/** Accesses of one person that had been asked for by then; of one scope (`scopeKey`) where it is given. By code. */
export async function listJudgedGrants(
  trx: Trx,
  person: PersonThen,
  moment: Moment,
  scope: string | null = null,
): Promise<JudgedGrant[]> {
  const rows = await readGrants(trx, sql`fact = 'access_grant' and about_id = ${person.personId}::uuid`, moment, scope)
  return rows.map((row) => judged(row, person, moment.day))
}

/** One access as it stood; undefined where it had not been asked for. */
export async function findGrantAt(trx: Trx, id: string, moment: Moment): Promise<GrantThen | undefined> {
  const [row] = await readGrants(trx, sql`fact = 'access_grant' and row_id = ${id}::uuid`, moment, null)
  if (!row) return undefined
  const { pointOpen: _open, notEnding: _ending, ...grant } = row
  return grant
}

async function readGrants(
  trx: Trx,
  which: ReturnType<typeof sql>,
  { known, stood, day }: Moment,
  scope: string | null,
): Promise<Row[]> {
  const found = await sql<Row>`${KEPT}
    with g as materialized (
      select v.row_id, fact_at(v.row_id, ${stood}::timestamptz) as was, fact_at(v.row_id, ${known}::timestamptz) as body
      from (select distinct row_id from fact_version where ${which}) v
    )
    select g.row_id as id, g.was ->> 'code' as code, g.was ->> 'status' as status, (g.was ->> 'grantee_id') as "granteeId",
      g.was ->> 'agency_id' as "agencyId", g.was ->> 'point_id' as "pointId", g.was ->> 'form' as form,
      (g.was ->> 'vigencia')::int as vigencia, g.body ->> 'starts_on' as "startsOn", g.body ->> 'ends_on' as "endsOn",
      coalesce((described_at((g.was ->> 'point_id')::uuid, ${known}::timestamptz) ->> 'ended_on')::date, ${day}::date)
        >= ${day}::date as "pointOpen",
      not exists (select from (
          select e.row_id, fact_at(e.row_id, ${known}::timestamptz) as body, fact_at(e.row_id, ${stood}::timestamptz) as was
          from (select distinct row_id from fact_version where fact = 'access_ending' and about_id = g.row_id) e
        ) ending where (ending.body ->> 'effective_on')::date <= ${day}::date
          and case when ending.was is not null then ending.was ->> 'outcome' is null
            else coalesce(ending.body ->> 'outcome', 'revoked') = 'revoked' end) as "notEnding"
    from g
    where g.was is not null and (${scope}::text is null
      or scope_of((g.was ->> 'point_id')::uuid, g.was ->> 'form', (g.was ->> 'vigencia')::int) = ${scope}::text)
    order by 2`.execute(trx)
  return found.rows
}

const isOwn = ({ actingFor }: HeldThen) => actingFor === null

/** As `grants_in_force` judges them today. */
function judged({ pointOpen, notEnding, ...grant }: Row, person: PersonThen, day: string): JudgedGrant {
  const grounds = {
    ...standingOf(grant, day),
    ...{ account: person.hasAccount, at_work: !person.hasLeft && person.held.some(isOwn) },
    ...{ point_open: pointOpen, not_ending: notEnding },
  }
  return { ...grant, grounds, isInForce: Object.values(grounds).every(Boolean) }
}
