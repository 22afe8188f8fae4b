import type { Methodology, MethodologyKey } from '../../domain/risk-methodology.ts'
import { CORRUPTION } from './corruption.ts'
import { GUIDE_6, GUIDE_7 } from './guides.ts'

/** Those that ship, the usual one first. What stands in one never changes: assessments name it. */
export const METHODOLOGIES: readonly Methodology[] = [GUIDE_7, GUIDE_6, CORRUPTION]

/** Throws `RangeError` for one that nobody ever shipped. */
export function methodologyOf({ code, n }: MethodologyKey): Methodology {
  const found = n === 0 && METHODOLOGIES.find((one) => one.code === code)
  if (!found) throw new RangeError(`no methodology ${code} ${n}`)
  return found
}
