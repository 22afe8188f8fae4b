import { setTimeout as sleep } from 'node:timers/promises'
import { withActor } from '../db/client.ts'
import { areInForce } from '../db/grants-in-force.ts'
import { Refused } from '../domain/refusals.ts'
import type { AppContext } from './context.server.ts'
import { recordRefusalOf } from './refusal.server.ts'
import type { Actor } from './session.server.ts'

/** What is on its way to whoever reads slowly, at most. */
const CHUNK = 64 * 1024
const ASKED_EVERY_MS = 1_000
const WAIT_MS = 50

/**
 * The bytes of a file taken away under delegated accesses, as fast as they are taken; once one of these accesses is over,
 * the rest does not leave and the download breaks off, with its refusal on record (D4: running exports stop).
 */
export function whileInForce(
  context: AppContext,
  actor: Actor,
  { content, scopes }: { content: Buffer; scopes: string[] },
): ReadableStream<Uint8Array> {
  let sent = 0
  let askedAt = Number.NEGATIVE_INFINITY
  const isStopped = async () => {
    if (performance.now() - askedAt < ASKED_EVERY_MS) return false
    askedAt = performance.now()
    return !(await withActor(context.db, actor, (trx) => areInForce(trx, actor.personId, scopes)))
  }
  return new ReadableStream(
    {
      async pull(controller) {
        if (sent >= content.length) return controller.close()
        do {
          if (await isStopped()) {
            const refusal = new Refused('no_access_in_force')
            await recordRefusalOf(context, actor, { objectId: actor.personId }, refusal)
            return controller.error(refusal)
          }
        } while (context.unsent && context.unsent() > CHUNK && (await sleep(WAIT_MS, true)))
        controller.enqueue(new Uint8Array(content.subarray(sent, sent + CHUNK)))
        sent += CHUNK
      },
    },
    { highWaterMark: 0 },
  )
}
