/** The state of the rule builder, all of it in the address. */
import type { Condition, SegmentRule } from '../../../domain/rules.ts'
import { groupsFrom, setRule } from '../rules/rule-query.ts'

export interface BuilderQuery {
  source: string
  /** Row of step 4 whose rule is being changed; empty for a new segment. */
  segment: string
  /** Variable that suggestions are to explain; empty while nobody asks for them. */
  explained: string
  /** As far as they are written. */
  groups: Condition[][]
}

export function builderFrom(search: URLSearchParams): BuilderQuery {
  return {
    ...{ source: search.get('fuente') ?? '', segment: search.get('segmento') ?? '' },
    ...{ explained: search.get('explicar') ?? '', groups: groupsFrom(search) },
  }
}

/** The address that opens the builder on this rule. */
export function searchOf(rule: SegmentRule, more: Record<string, string>): string {
  const search = new URLSearchParams(more)
  setRule(search, rule)
  return `?${search}`
}
