/**
 * A residual that somebody writes over with their reason (features D2). It moves what the controls declare; what they
 * demonstrate is never bettered by it, and a new computation lapses it.
 */
import { comparePercent, exactPercent } from './exact-percent.ts'
import { type Objection, objection } from './refusals.ts'
import { AXES, type Axis, type Methodology } from './risk-methodology.ts'
import { type Place, type RatedControl, type Residual, residualOf, zoneAt } from './risks.ts'

/** Levels that stand instead of those computed, from the lowest. */
export type Override = Record<Axis, number>

/** What was computed when it was written; exact, in percent. */
export interface OverrideBasis {
  assessmentId: string
  p: string
  i: string
}

export interface Residuals {
  declared: Residual
  demonstrated: Residual
}

/**
 * Why a residual is not written over so, or null: it is what is computed, above the inherent place, or lower on an axis that no
 * control acts on (domain facts §2.6).
 */
export function objectionToOverride(inherent: Place, declared: Residual, override: Override): Objection | null {
  if (AXES.every((axis) => override[axis] === declared[axis])) return objection('override_same')
  if (AXES.some((axis) => override[axis] > inherent[axis])) return objection('override_above')
  const bare = AXES.find(
    (axis) =>
      override[axis] < inherent[axis] &&
      !declared.trace.some((line) => line.axis === axis && line.before !== line.after),
  )
  return bare ? objection('override_unsupported', { axis: bare }) : null
}

/** Whether what was computed then is what is computed now. */
function stillHolds(basis: OverrideBasis, assessmentId: string, declared: Residual): boolean {
  const isSame = (one: string, other: string) => comparePercent(exactPercent(one), exactPercent(other)) === 0
  return basis.assessmentId === assessmentId && isSame(basis.p, declared.p) && isSame(basis.i, declared.i)
}

/** Both residuals with what was written over them; the traces stay those of the computation. */
export function overwritten(methodology: Methodology, computed: Residuals, override: Override): Residuals {
  const declared = placed(methodology, computed.declared, (axis, left) =>
    override[axis] === left.level ? left : leveled(methodology, axis, override[axis]),
  )
  const worst = { probability: left(declared, 'probability'), impact: left(declared, 'impact') }
  const demonstrated = placed(methodology, computed.demonstrated, (axis, shown) =>
    comparePercent(exactPercent(shown.percent), exactPercent(worst[axis].percent)) < 0 ? worst[axis] : shown,
  )
  return { declared, demonstrated }
}

/**
 * Where a rated risk stands, now or at any instant: what its controls leave, as computed, with what was written over it while that
 * holds. `written`: what stands over it by its row; `override`: null where nothing holds.
 */
export function standingOf<W extends Override & OverrideBasis>(
  methodology: Methodology,
  { assessmentId, inherent, typology }: { assessmentId: string; inherent: Place; typology: string },
  controls: readonly RatedControl[],
  written: W | null,
): Residuals & { computed: Residuals; override: W | null } {
  const computed = {
    declared: residualOf(methodology, inherent, controls, { typology, reading: 'declared' }),
    demonstrated: residualOf(methodology, inherent, controls, { typology, reading: 'demonstrated' }),
  }
  const override = written && stillHolds(written, assessmentId, computed.declared) ? written : null
  return { computed, override, ...(override ? overwritten(methodology, computed, override) : computed) }
}

interface Left {
  level: number
  percent: string
}

const left = (place: Place, axis: Axis): Left => ({
  ...{ level: place[axis], percent: axis === 'probability' ? place.p : place.i },
})

function leveled(methodology: Methodology, axis: Axis, level: number): Left {
  const found = methodology[axis][level]
  if (!found) throw new RangeError(`no level ${level} of ${axis}`)
  return { level, percent: String(found.percent) }
}

function placed(methodology: Methodology, residual: Residual, of: (axis: Axis, left: Left) => Left): Residual {
  const [probability, impact] = [
    of('probability', left(residual, 'probability')),
    of('impact', left(residual, 'impact')),
  ]
  return {
    ...{ probability: probability.level, impact: impact.level, p: probability.percent, i: impact.percent },
    ...{ zone: zoneAt(methodology, probability.level, impact.level), trace: residual.trace },
  }
}
