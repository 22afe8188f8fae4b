/** Of what no suppression in a release can protect, what the papers before it give away by themselves. */
import { boundsOf } from './attack.ts'
import { isWide } from './cube.ts'
import type { LinkedSet } from './linked-cells.ts'
import { linkAs } from './linked-tables.ts'
import type { OpenProgram } from './program.ts'
import type { Reason } from './protect.ts'
import type { Dependency, LinkedTable } from './tables.ts'

interface Exposed {
  set: LinkedSet
  /** Cells of the set. */
  exposed: number[]
  /** What was public before, of the people counted now. */
  same: LinkedTable[]
  dependencies: Dependency[]
  threshold: number
}

/** The exposed cells that are no secret any more; of the others it is this release that would give them away. */
export function givenAwayBefore({ set, exposed, ...asked }: Exposed, open: OpenProgram): Set<number> {
  if (exposed.length === 0 || asked.same.length === 0) return new Set()
  const before = linkAs(asked.same, asked.dependencies, set.someLack)
  const reasons = before.cells.map(({ state }): Reason | null => (state === 'known' ? null : 'earlier'))
  const counts = before.cells.map(({ count = 0 }) => count)
  const known = { reasons, low: counts, high: counts, exposed: [], unproven: [], ranOut: false }
  const narrow = new Set(
    boundsOf(before, known, open, () => false)
      .filter(({ low, high }) => !isWide(low, high ?? Number.POSITIVE_INFINITY, asked.threshold))
      .map(({ cell }) => cell),
  )
  const isExposed = new Set(exposed)
  const places = asked.same.flatMap(({ id }) =>
    (before.places.get(id) ?? []).map((then, i) => ({ then, now: set.places.get(id)?.[i] ?? null })),
  )
  return new Set(
    places.flatMap(({ then, now }) =>
      then !== null && now !== null && narrow.has(then) && isExposed.has(now) ? [now] : [],
    ),
  )
}
