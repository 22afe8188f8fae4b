import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AppContext } from '../../app/context.server.ts'
import { requireActor, switchPosition } from '../../app/session.server.ts'
import { proveAgain, signIn, signOut } from '../../app/sign-in.server.ts'
import { DEMO_ENTITIES, DEMO_PASSWORD } from '../../catalog/demo-users.ts'
import { withoutEntity } from '../../db/client.ts'
import { newId } from '../../db/ids.ts'
import { openStage, type Stage } from './command-stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
}, 120_000)
afterAll(() => stage?.close())

const DUTY = 'profesional_sig'
const email = DEMO_ENTITIES.flatMap((entity) => entity.users).find((user) => user.duty === DUTY)?.email ?? ''
const page = () => new Request('http://localhost:3000/ingresar', { method: 'POST' })

/** Does this as one request and answers the events it left, each with its reason. */
async function eventsOf(work: (context: AppContext) => Promise<unknown>): Promise<string[]> {
  const context = stage.on()
  await work(context)
  const rows = await withoutEntity(stage.world.owner, (trx) =>
    trx.selectFrom('event').select(['type', 'reason_code']).where('request_id', '=', context.requestId).execute(),
  )
  return rows.map((row) => [row.type, row.reason_code].filter((word) => word !== null).join(' '))
}

/** Issue 3 §3: every sign-in, failed too, and every refusal leaves its event in a transaction of its own. */
describe('what a person does with their session leaves one event', () => {
  it('signing in, and failing to', async () => {
    expect(await eventsOf((context) => signIn(page(), context, { email, password: DEMO_PASSWORD }))).toEqual([
      'session.started',
    ])
    expect(await eventsOf((context) => signIn(page(), context, { email, password: 'otra clave' }))).toEqual([
      'session.refused wrong',
    ])
  })

  it('proving the password once more, and failing to', async () => {
    const request = await stage.signedIn(DUTY)
    expect(await eventsOf((context) => proveAgain(request, context, DEMO_PASSWORD))).toEqual(['session.proved'])
    expect(await eventsOf((context) => proveAgain(request, context, 'otra clave'))).toEqual(['session.refused wrong'])
  })

  it('choosing the position to act in, and choosing one that is not theirs', async () => {
    const request = await stage.signedIn(DUTY)
    const own = (await requireActor(request, stage.on())).position.id
    expect(await eventsOf((context) => switchPosition(request, context, own))).toEqual(['session.position_chosen'])
    const refused = await eventsOf((context) =>
      expect(switchPosition(request, context, newId())).rejects.toMatchObject({ code: 'tenure_ended', status: 403 }),
    )
    expect(refused).toEqual(['act.refused tenure_ended'])
  })

  it('signing out', async () => {
    const request = await stage.signedIn(DUTY)
    expect(await eventsOf((context) => signOut(request, context))).toEqual(['session.ended'])
  })
})
