/** Substitutions of a random history, planned by the rule of the product and checked against what it promises. */
import { objectionToPlan } from '../../domain/substitutions.ts'

/** Indexes of people and numbers of days, both included. */
export interface Substituted {
  absent: number
  deputy: number
  from: number
  to: number
}

const DAYS = 9

/** Plans an absence from a day on, or answers why not. Throws where the rule let through what it must not. */
export function planned(all: Substituted[], wish: Omit<Substituted, 'to'>): string | null {
  const plan = { ...wish, to: wish.from + DAYS }
  const during = all.filter(({ from, to }) => from <= plan.to && to >= plan.from)
  const id = (person: number) => String(person)
  const awayWith = during.filter(({ absent }) => absent === plan.deputy).map(({ deputy }) => id(deputy))
  const facts = {
    ...{
      absentId: id(plan.absent),
      holdsPosition: true,
      substitutesOthers: during.some((o) => o.deputy === plan.absent),
    },
    taken: during.filter(({ absent }) => absent === plan.absent).map(() => 'all' as const),
  }
  const deputy = {
    ...{ scope: 'all' as const, personId: id(plan.deputy), isKnown: true, hasAccount: true, isAtWork: true },
    ...{ holdsPosition: false, absentWith: awayWith.length > 0 ? awayWith : null },
  }
  const against = objectionToPlan(facts, [deputy])
  if (against) return against.code
  all.push(plan)
  mustBeSound(all)
  return null
}

/** On every day: nobody absent substitutes, and each has one substitute at most; so there is neither circle nor chain. */
function mustBeSound(all: readonly Substituted[]): void {
  for (const one of all)
    for (const other of all) {
      if (one === other || one.from > other.to || other.from > one.to) continue
      if (one.deputy === other.absent) throw new Error(`${one.deputy} substitutes while absent`)
      if (one.absent === other.absent) throw new Error(`${one.absent} has two substitutes`)
    }
  for (const { absent, deputy } of all) if (absent === deputy) throw new Error(`${absent} substitutes themselves`)
}

/** Whom a person substitutes on a day. */
export function substitutedBy(all: readonly Substituted[], person: number, day: number): number | undefined {
  return all.find(({ deputy, from, to }) => deputy === person && from <= day && day <= to)?.absent
}
