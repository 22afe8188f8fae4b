/**
 * Who reviews each access (C5): whoever heads the organismo of the access today, else the nearest head above, last whoever
 * leads the process; never the person who holds it, and never two who review one another, however long the circle.
 */

/** A seat from which accesses are reviewed: an organismo by its id, or `LEAD`, and who sits there today. */
export interface Seat {
  id: string
  persons: readonly string[]
}

/** Seat of whoever leads the process. */
export const LEAD = 'lead'

export interface Reviewed {
  id: string
  granteeId: string
  /** Seats that may review it, the nearest first; the last is whoever leads the process. */
  chain: readonly Seat[]
}

/** Seat of each access, by its id; null where nobody may review it. */
export function assignSeats(items: readonly Reviewed[]): Map<string, string | null> {
  const at = new Map(items.map((item) => [item.id, nextSeat(item, 0)]))
  for (;;) {
    const reviewed = whomEachReviews(items, at)
    const circular = items.filter((item) => isCircular(item, at, reviewed))
    if (circular.length === 0) break
    // Every turn brings some case higher, and no chain is endless.
    for (const item of circular) at.set(item.id, nextSeat(item, (at.get(item.id) ?? 0) + 1))
  }
  return new Map(items.map((item) => [item.id, seatOf(item, at)?.id ?? null]))
}

/** The first seat from `from` on with somebody in it who does not hold the access; beyond the chain where there is none. */
function nextSeat({ chain, granteeId }: Reviewed, from: number): number {
  const found = chain.findIndex(({ persons }, i) => i >= from && persons.length > 0 && !persons.includes(granteeId))
  return found === -1 ? chain.length : found
}

/** Whether the person who holds it reviews, directly or through others, whoever reviews it. */
function isCircular(item: Reviewed, at: Map<string, number>, reviewed: Map<string, Set<string>>): boolean {
  const reached = new Set<string>()
  const open = [...(reviewed.get(item.granteeId) ?? [])]
  for (let person = open.pop(); person !== undefined; person = open.pop()) {
    if (reached.has(person)) continue
    reached.add(person)
    open.push(...(reviewed.get(person) ?? []))
  }
  return (seatOf(item, at)?.persons ?? []).some((reviewer) => reached.has(reviewer))
}

function whomEachReviews(items: readonly Reviewed[], at: Map<string, number>): Map<string, Set<string>> {
  const reviewed = new Map<string, Set<string>>()
  for (const item of items)
    for (const person of seatOf(item, at)?.persons ?? [])
      reviewed.set(person, (reviewed.get(person) ?? new Set()).add(item.granteeId))
  return reviewed
}

function seatOf(item: Reviewed, at: Map<string, number>): Seat | undefined {
  return item.chain[at.get(item.id) ?? item.chain.length]
}
