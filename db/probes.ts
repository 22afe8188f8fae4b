/** Probes of delegated accesses as their activity opens and keeps them (C10, N2). */
import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { type CaptureForm, type GrantState, isInForce } from '../domain/grants.ts'
import {
  expectedAt,
  PROBE_SECONDS,
  type ProbeFacts,
  type ProbeMoment,
  type ProbeOutcome,
  type ProbeTarget,
} from '../domain/probes.ts'
import { recordEvent } from './audit.ts'
import type { Trx } from './client.ts'
import { appNow, appToday } from './clock.ts'
import { hashOf as canonicalHash } from './content-hash.ts'
import { grantEvent } from './grant-acts.ts'
import { isEligible, type LoadedGrant } from './grants.ts'
import { newId } from './ids.ts'
import { hashToken } from './probe-marks.ts'

export interface ProbeSession {
  id: string
  token: string
}

export interface OpenProbe {
  facts: ProbeFacts
  /** Null where the person has no account at all: there is nobody who could come in. */
  session: ProbeSession | null
  behind: BehindDoor
}

/** What stands behind the door of the access. */
export interface BehindDoor {
  form: CaptureForm
  /** What it lets its person enter and read. */
  scope: string
  /** Another access lets the same person into the same form: its page says nothing about this one. */
  isFormOpen: boolean
  /** The last record captured under it; null where there is none. */
  recordId: string | null
}

/** Opens a session of the person of an access that lasts a minute, and reads what the rows say at that instant. */
export async function openProbe(trx: Trx, { state }: LoadedGrant): Promise<OpenProbe> {
  const account = await sql<{ id: string; isOpen: boolean; sessions: string }>`
    select a.id, a.disabled_at is null as "isOpen", (select count(*) from session s
      where s.account_id = a.id and s.kind = 'person' and s.expires_at > app_now()) as sessions
    from account a where a.person_id = ${state.granteeId} order by a.disabled_at nulls first limit 1`.execute(trx)
  const [found] = account.rows
  const facts = {
    isInForce: isInForce(state, appToday()) && (await isEligible(trx, state.id)),
    isAccountOpen: found?.isOpen ?? false,
    sessions: Number(found?.sessions ?? 0),
  }
  const session = found ? await openSession(trx, found.id) : null
  return { facts, session, behind: await findBehind(trx, state) }
}

async function findBehind(trx: Trx, { id, granteeId }: Pick<GrantState, 'id' | 'granteeId'>): Promise<BehindDoor> {
  const found = await sql<BehindDoor>`
    select g.form, scope_of(g.point_id, g.form, g.vigencia) as scope, exists (select from grants_in_force(${granteeId}) other where other.id <> g.id
        and other.form = g.form) as "isFormOpen",
      (select r.id from capture_record r where r.grant_id = g.id order by r.captured_at desc limit 1) as "recordId"
    from access_grant g where g.id = ${id}`.execute(trx)
  const [behind] = found.rows
  if (!behind) throw new Error(`access ${id} has no row`)
  return behind
}

async function openSession(trx: Trx, accountId: string): Promise<ProbeSession> {
  const session = { id: newId(), token: randomBytes(24).toString('base64url') }
  await sql`insert into session (id, token, account_id, expires_at, kind)
    values (${session.id}, ${hashToken(session.token)}, ${accountId},
      app_now() + make_interval(secs => ${PROBE_SECONDS}), 'probe')`.execute(trx)
  return session
}

export interface ProbeAnswer extends ProbeTarget {
  outcome: ProbeOutcome
  /** Of the answer over HTTP; null where there was none. */
  status: number | null
  askedAt: Date
}

/** Keeps what was answered, with its hash and one event each, and ends the session. */
export async function recordProbe(
  trx: Trx,
  grant: LoadedGrant,
  { moment, probe, answers }: { moment: ProbeMoment; probe: OpenProbe; answers: ProbeAnswer[] },
): Promise<void> {
  const expected = expectedAt(moment)
  const answeredAt = appNow()
  for (const { target, address, outcome, status, askedAt } of answers) {
    const said = { moment, target, address, expected, outcome, status, facts: probe.facts }
    const contentHash = hashOf({ grant: grant.state.id, ...said, askedAt, answeredAt })
    await trx
      .insertInto('access_probe')
      .values({
        ...{ id: newId(), entity_id: grant.entityId, grant_id: grant.state.id, moment, target, address, expected },
        ...{ outcome, status, facts: JSON.stringify(probe.facts), asked_at: askedAt, answered_at: answeredAt },
        content_hash: contentHash,
      })
      .execute()
    const change = (field: string, after: string) => ({ field, before: null, after })
    await recordEvent(trx, {
      ...{ ...grantEvent(grant, 'access.probed'), contentHash },
      changes: [change('code', grant.code), change('moment', moment), change('outcome', outcome)],
    })
  }
  if (probe.session) await sql`delete from session where id = ${probe.session.id}`.execute(trx)
}

function hashOf(said: object): string {
  return canonicalHash(JSON.parse(JSON.stringify(said)))
}

export interface ProbeLine {
  moment: ProbeMoment
  target: string
  outcome: ProbeOutcome
  askedAt: Date
  contentHash: string
}

/** What probes of an access were answered, in order. */
export async function listProbes(trx: Trx, grantId: string): Promise<ProbeLine[]> {
  const found = await sql<ProbeLine>`
    select moment, target, outcome, asked_at as "askedAt", content_hash as "contentHash"
    from access_probe where grant_id = ${grantId} order by asked_at, id`.execute(trx)
  return found.rows
}
