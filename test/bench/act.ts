/** Bench `act`: an approval from the POST to the redirect on the whole system; against its inserts in one bare transaction. */
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { newId } from '../../db/ids.ts'
import { demoEntityId } from '../../db/seed.ts'
import { signIn, type Visitor } from '../support/http.ts'
import { openProduct, type Product } from '../support/lived-in.ts'
import type { System } from '../support/system.ts'
import { approve, prepared, reviewerEmail, type Waiting } from './approvals.ts'
import { atLeast, type BenchRow, below, inParallel, percentile, round, timed } from './figures.ts'
import { onRealSystem } from './real-services.ts'

const WARM = 10
const ALONE = 50
const PACED = 60
const CALLERS = 20
const EACH = 10
const BARE = 60
const PER_SECOND = 5

export function act(): Promise<BenchRow[]> {
  return onRealSystem(async (system) => {
    const product = openProduct(system)
    try {
      return await measure(system, product)
    } finally {
      await product.close()
    }
  })
}

async function measure(system: System, product: Product): Promise<BenchRow[]> {
  const waiting = await prepared(product, WARM + ALONE + PACED + CALLERS * EACH + BARE)
  const take = (count: number) => waiting.splice(0, count)
  const email = reviewerEmail()
  const visitors: Visitor[] = []
  for (let i = 0; i < CALLERS; i++) visitors.push(await signIn(system.url, email))
  const [first] = visitors as [Visitor]
  await inParallel(take(WARM), 4, (one) => approve(first, one))
  const alone: number[] = []
  const bare: number[] = []
  const baseline = await bareTransactions(system, take(BARE))
  const solo = take(ALONE)
  // Turn by turn, so that whatever else the machine does weighs on both alike.
  for (let i = 0; i < BARE; i++) {
    bare.push(await baseline.next())
    const one = solo[i]
    if (one) alone.push(await timed(() => approve(first, one)))
  }
  await baseline.close()
  const paced = await atPace(first, take(PACED))
  const start = performance.now()
  await Promise.all(visitors.map((visitor) => inParallel(take(EACH), 1, (one) => approve(visitor, one))))
  const perSecond = (CALLERS * EACH) / ((performance.now() - start) / 1000)
  return rowsOf(percentile(alone, 50), percentile(bare, 50), percentile(paced, 95), perSecond)
}

function rowsOf(p50: number, bare: number, p95: number, perSecond: number): BenchRow[] {
  const ratio = p50 / bare
  const compared = {
    unit: 'ms p50',
    baseline: round(bare),
    ratio: round(ratio),
    target: '≤ 40 × base',
    ok: ratio <= 40,
  }
  return [
    { name: 'act', value: round(p50), ...compared },
    below(`act: p95 at ${PER_SECOND}/s`, p95, 'ms', 150),
    atLeast(`act: ${CALLERS} callers`, perSecond, 'acts/s', 30),
  ]
}

/** One every 200 ms, whether or not the one before has its answer. */
async function atPace(visitor: Visitor, waiting: Waiting[]): Promise<number[]> {
  const start = performance.now()
  return await Promise.all(
    waiting.map(async (one, i) => {
      const due = start + (i * 1000) / PER_SECOND
      await sleep(Math.max(0, due - performance.now()))
      const sent = performance.now()
      await approve(visitor, one)
      return performance.now() - sent
    }),
  )
}

/** The rows a review leaves: act, signature, step, two tasks and an event, one statement each, committed once. */
async function bareTransactions(system: System, waiting: Waiting[]) {
  const client = new pg.Client({ connectionString: system.superuserUrl })
  // When the run fails, its own error is what should be read.
  client.on('error', () => {})
  await client.connect()
  const { rows } = await client.query(
    `select p.entity_id as entity, t.person_id as person, p.id as position from position p
     join tenure t on t.position_id = p.id where p.duty = 'profesional_sig' and p.entity_id = $1`,
    [demoEntityId('santamarta')],
  )
  const who = rows[0] as { entity: string; person: string; position: string }
  const next = async () => {
    const one = waiting.shift()
    if (!one) throw new Error('no cycle is left for the bare transaction')
    return await timed(() => review(client, one, who))
  }
  return { next, close: () => client.end() }
}

async function review(client: pg.Client, one: Waiting, who: { entity: string; person: string; position: string }) {
  const id = newId()
  const { cycleId, stepId, attemptId, versionId, hash } = one
  await client.query('begin')
  await client.query(
    `insert into act (id, entity_id, cycle_id, step_code, kind, object_type, object_id, signature_role, person_id,
       position_id, duty, content_hash, body_hash, receipt_code, status, settled_at)
     values ($1::uuid, $2, $3, '1', 'approve', 'step_version', $4, 'reviewer', $5, $6, 'profesional_sig', $7, $7, ($1::uuid)::text, 'confirmed', now())`,
    [id, who.entity, cycleId, versionId, who.person, who.position, hash],
  )
  await client.query(
    `insert into signature (id, entity_id, cycle_id, step_id, step_version_id, role, verdict, person_id, position_id,
       person_name, position_name, tenure_kind, duty, statement, method, content_hash, reviewer_is_approver, receipt_code, signed_at)
     values ($1::uuid, $2, $3, $4, $5, 'reviewer', 'approve', $6, $7, 'Profesional SIG', 'Profesional SIG', 'titular',
       'profesional_sig', 'Revisé este contenido.', 'Cuenta personal', $8, 'block', ($1::uuid)::text, now())`,
    [id, who.entity, cycleId, stepId, versionId, who.person, who.position, hash],
  )
  await client.query(`update step set status = 'in_approval' where id = $1 and status = 'in_review'`, [stepId])
  await client.query(
    `update task set status = 'done', ended_at = now(), ended_by_act = $2 where step_id = $1 and status = 'open'`,
    [stepId, id],
  )
  await client.query(
    `insert into task (id, entity_id, cycle_id, step_id, step_code, attempt_id, kind, duty)
     values ($1, $2, $3, $4, '1', $5, 'approve', 'jefatura_ogac')`,
    [newId(), who.entity, cycleId, stepId, attemptId],
  )
  await client.query(
    `insert into event (id, entity_id, type, actor_person, actor_position, object_type, object_id, content_hash, cycle_id,
       step_code, act_id, origin) values ($1, $2, 'step.reviewed', $3, $4, 'step_version', $5, $6, $7, '1', $8, 'web')`,
    [newId(), who.entity, who.person, who.position, versionId, hash, cycleId, id],
  )
  await client.query('commit')
}
