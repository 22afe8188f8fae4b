/** I7: the account of control interno turned against citizens' data, on a system that was lived in. */
import { livedIn } from '../app/route-addresses.ts'
import { askAs, search } from '../support/asking.ts'
import { everyRoute, everyWay, knownOf, randomAsk } from '../support/auditor-fuzz.ts'
import { CITIZEN, lookingFor } from '../support/canaries.ts'
import { cookieOf, openProduct } from '../support/lived-in.ts'
import { plantCitizen } from '../support/planted-citizens.ts'
import { startSystem } from '../support/system.ts'

/** Asked between two looks at the clock. */
const BATCH = 200

export interface Audited {
  /** Answers that were read. */
  answers: number
  shown: number
  refused: number
}

/** `runs` addresses and forms that nobody thought of, after every route in every way. Throws with what showed a value, or broke. */
export async function proveAuditor(
  runs: number,
  seed: number,
  from: number,
  tell: (done: number) => void,
): Promise<Audited> {
  const system = await startSystem({ env: { LOG_LEVEL: 'error' } })
  const product = openProduct(system)
  const so: Audited = { answers: 0, shown: 0, refused: 0 }
  try {
    const [own, other] = [await livedIn(product, 'santamarta'), await livedIn(product, 'cali')]
    const known = await knownOf(system.superuserUrl, { own, other, planted: await plantCitizen(product, own) })
    const ask = async (asks: Parameters<typeof search>[0]) => {
      // Signed in anew: a session ends, and a long run is longer.
      const cookie = await cookieOf(product.context, 'control_interno')
      const { leaks, broken, statuses } = await search(
        asks,
        (asked) => askAs(system.url, cookie, asked),
        lookingFor(CITIZEN),
      )
      if (leaks.length + broken.length > 0) throw new Error([...leaks, ...broken].join('\n'))
      for (const [status, count] of statuses) {
        so.answers += count
        so.shown += status === 200 ? count : 0
        so.refused += [403, 404, 409, 410, 422].includes(status) ? count : 0
      }
    }
    await ask([...everyRoute(known, seed), ...everyWay(known)])
    for (let n = from; n < runs; n += BATCH) {
      const many = Array.from({ length: Math.min(BATCH, runs - n) }, (_, i) => randomAsk(n + i, seed, known))
      await ask(many)
      tell(n + many.length)
    }
    return so
  } finally {
    await product.close()
    await system.stop()
  }
}
