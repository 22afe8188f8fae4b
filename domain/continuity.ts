/** A source that goes on with one of an earlier exercise under a contract of its own (E2): which one, and for which days. */
import { addDays, addMonths, daysBetween } from './civil-dates.ts'
import { nameDistance } from './drift.ts'
import { withoutYear } from './series.ts'

export interface NamedSource {
  name: string
  ownerAgencyId: string | null
}

export type LikenessReason = 'name_and_owner' | 'name' | 'near_name_and_owner'

/**
 * The source that this one seems to go on with: called the same but for the year, rather of the same organism; or called
 * nearly the same and of the same organism. `earlier` comes newest vigencia first. Null where none is alike: a proposal
 * for a person to accept, never more.
 */
export function likelyContinued<S extends NamedSource>(
  of: NamedSource,
  earlier: readonly S[],
): { source: S; because: LikenessReason } | null {
  const ranked = (['name_and_owner', 'name', 'near_name_and_owner'] as const).map((because) => {
    const source = earlier.find((one) => likeness(of, one) === because)
    return source && { source, because }
  })
  return ranked.find((found) => found !== undefined) ?? null
}

function likeness(of: NamedSource, one: NamedSource): LikenessReason | null {
  const [a, b] = [withoutYear(of.name), withoutYear(one.name)]
  const isSameOwner = of.ownerAgencyId !== null && of.ownerAgencyId === one.ownerAgencyId
  const distance = nameDistance(a, b)
  if (distance === 0) return isSameOwner ? 'name_and_owner' : 'name'
  return distance !== null && isSameOwner ? 'near_name_and_owner' : null
}

export interface Period {
  /** First and last day, civil dates. */
  periodFrom: string
  periodTo: string
}

const MOST_MONTHS = 60

/** The period right after another, as long as it: in whole months where it had them, else in days. */
export function periodAfter({ periodFrom, periodTo }: Period): Period {
  const before = addDays(periodFrom, -1)
  const months = Array.from({ length: MOST_MONTHS }, (_, i) => i + 1).find((n) => addMonths(before, n) === periodTo)
  const next = addDays(periodTo, 1)
  const days = daysBetween(periodFrom, periodTo)
  return { periodFrom: next, periodTo: months === undefined ? addDays(next, days) : addMonths(periodTo, months) }
}

/** A name that says the year of one period, for another: «Comunicaciones de 2024» becomes «Comunicaciones de 2025». */
export function nameAfter(name: string, earlier: Period, own: Period): string {
  const [year, next] = [earlier.periodTo.slice(0, 4), own.periodTo.slice(0, 4)]
  return name.replaceAll(new RegExp(`\\b${year}\\b`, 'g'), next)
}

/** Days between the two periods that neither covers, or that both do; null where one follows the other. */
export function seamOf(earlier: Period, own: Period): (Period & { kind: 'gap' | 'overlap' }) | null {
  const due = addDays(earlier.periodTo, 1)
  if (own.periodFrom === due || own.periodTo < earlier.periodFrom) return null
  if (own.periodFrom > due) return { kind: 'gap', periodFrom: due, periodTo: addDays(own.periodFrom, -1) }
  const [, from = own.periodFrom] = [earlier.periodFrom, own.periodFrom].sort()
  const [to = own.periodTo] = [earlier.periodTo, own.periodTo].sort()
  return { kind: 'overlap', periodFrom: from, periodTo: to }
}
