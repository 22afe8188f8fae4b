/** Acts on a delegated access, for the accidents of kill-points.ts. */
import { isDeepStrictEqual } from 'node:util'
import { recordEvent } from '../../db/audit.ts'
import { appToday } from '../../db/clock.ts'
import { findGrant } from '../../db/grants.ts'
import { newId } from '../../db/ids.ts'
import { isOver } from '../../domain/grants.ts'
import { eventually } from '../../scripts/processes.ts'
import { delegationWorkflowId, grantFiled } from '../../workflows/messages.ts'
import type { Answer } from '../support/http.ts'
import { mustBe } from '../support/must-be.ts'
import { type Bench, read, visitorOf } from './bench.ts'
import { untilSettled } from './invariants.ts'
import type { Prepared } from './prepared.ts'

export const ACCESS_ACTS = ['ask', 'grant', 'revoke'] as const
export type AccessAct = (typeof ACCESS_ACTS)[number]

export const isAccessAct = (act: string): act is AccessAct => (ACCESS_ACTS as readonly string[]).includes(act)

/** What is said of it before the act, in order; the commitment only where the person has not accepted it this vigencia. */
const BEFORE: Record<AccessAct, readonly string[]> = {
  ask: [],
  grant: ['ask', 'accept'],
  revoke: ['ask', 'accept', 'grant'],
}

interface Hand {
  pointId: string
  clerkId: string
}

/** A new access at a point of its own, brought to where the act is possible. */
export async function prepareAccess(bench: Bench, act: AccessAct): Promise<Prepared> {
  const hand = await newPoint(bench)
  for (const step of BEFORE[act]) await say(bench, step, hand)
  await untilSettled(bench)
  return {
    send: async () => await perform(bench, act, hand),
    isReceipt: ({ status, location }) => status === 302 && /^\/accesos\/[0-9a-f-]{36}\?hecho=/.test(location ?? ''),
    acts: async () => {
      const grantId = await findByPoint(bench, hand)
      if (!grantId) return []
      return await read(bench, (trx) =>
        trx
          .selectFrom('act')
          .select(['id', 'status', 'reason_code'])
          .where('grant_id', '=', grantId)
          .where('kind', '=', act)
          .execute(),
      )
    },
    goesOn: async (isStored) => {
      const grantId = await findByPoint(bench, hand)
      mustBe((grantId === null) === (!isStored && act === 'ask'), `an access that should not be: ${grantId}`)
      if (grantId) await goesOn(bench, grantId, hand)
    },
  }
}

async function say(bench: Bench, act: string, hand: Hand): Promise<void> {
  const grantId = await findByPoint(bench, hand)
  const grant = grantId && (await read(bench, (trx) => findGrant(trx, grantId)))
  if (act === 'accept' && grant && grant.state.status !== 'asked') return
  const answer = await perform(bench, act, hand)
  mustBe(answer.status === 302, `${act} was answered ${answer.status}`)
}

async function perform(bench: Bench, act: string, hand: Hand): Promise<Answer> {
  const head = visitorOf(bench.people, 'dependencia')
  if (act === 'ask') {
    const today = appToday()
    const typed = { pointId: hand.pointId, form: 'F004', startsOn: today, endsOn: `${today.slice(0, 4)}-12-31` }
    const communication = { radicado: '202641730100001504', radicadoOn: today, reason: 'Atiende en este punto.' }
    const page = `/accesos/solicitudes/nueva?persona=${hand.clerkId}`
    return await head.fillIn(page, 'pointId', { ...typed, ...communication })
  }
  const page = `/accesos/${await findByPoint(bench, hand)}`
  if (act === 'accept') return await visitorOf(bench.people, 'atencion').fillIn(page, 'contentHash', { accepted: 'si' })
  if (act === 'grant') return await visitorOf(bench.people, 'jefatura_ogac').fillIn(page, 'contentHash', {})
  return await head.fillIn(page, 'reason', { cause: 'transfer', reason: 'La persona se traslada.' })
}

/** Workflow and row agree; whoever comes next can say it at once. */
async function goesOn(bench: Bench, grantId: string, hand: Hand): Promise<void> {
  await mustAgree(bench, grantId)
  const next = { asked: 'accept', accepted: 'grant', granted: 'revoke' } as const
  const status = (await read(bench, (trx) => findGrant(trx, grantId)))?.state.status
  const act = next[status as keyof typeof next]
  if (act) await say(bench, act, hand)
  await mustAgree(bench, grantId)
}

async function mustAgree(bench: Bench, grantId: string): Promise<void> {
  await eventually(async () => {
    const grant = await read(bench, (trx) => findGrant(trx, grantId))
    if (!grant) throw new Error(`access ${grantId} has no row`)
    const handle = bench.client.workflow.getHandle(delegationWorkflowId(grantId))
    const { status } = await handle.describe()
    const over = isOver(grant.state.status)
    mustBe(
      (status.name === 'RUNNING') === !over,
      `workflow of ${grantId} is ${status.name}, its row ${grant.state.status}`,
    )
    if (over) return
    const told = await handle.executeUpdate(grantFiled, { updateId: newId() })
    mustBe(isDeepStrictEqual(told, grant.state), `workflow and row of ${grantId} disagree: ${JSON.stringify(told)}`)
  }, 60)
}

async function newPoint(bench: Bench): Promise<Hand> {
  return await read(bench, async (trx) => {
    const holder = (duty: string) =>
      trx
        .selectFrom('tenure')
        .innerJoin('position', 'position.id', 'tenure.position_id')
        .select(['tenure.person_id', 'position.agency_id'])
        .where('position.duty', '=', duty)
        .executeTakeFirstOrThrow()
    const [head, clerk] = [await holder('dependencia'), await holder('atencion')]
    const point = { id: newId(), entity_id: bench.entityId, agency_id: head.agency_id, name: `Punto ${newId()}` }
    await trx.insertInto('service_point').values(point).execute()
    await recordEvent(trx, { entityId: bench.entityId, type: 'point.added', objectId: point.id, origin: 'system' })
    return { pointId: point.id, clerkId: clerk.person_id }
  })
}

async function findByPoint(bench: Bench, { pointId }: Hand): Promise<string | null> {
  const row = await read(bench, (trx) =>
    trx.selectFrom('access_grant').select('id').where('point_id', '=', pointId).executeTakeFirst(),
  )
  return row?.id ?? null
}
