import type { Methodology } from '../../domain/risk-methodology.ts'
import { CORRUPTION } from './corruption.ts'
import { GUIDE_6, GUIDE_7 } from './guides.ts'

/** Those that ship, the usual one first. What stands in one never changes: assessments name it. */
export const METHODOLOGIES: readonly Methodology[] = [GUIDE_7, GUIDE_6, CORRUPTION]
