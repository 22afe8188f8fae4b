/** Where a risk stands, in words. */
import type { Axis, Methodology } from '../../domain/risk-methodology.ts'

/** Both levels. */
export function levelWords(methodology: Methodology, place: Record<Axis, number>): string {
  const name = (axis: Axis) => methodology[axis][place[axis]]?.name ?? ''
  return `${name('probability')} × ${name('impact')}`
}

/** Both levels and the zone, which says its code where it is of another methodology. */
export function placeWords(methodology: Methodology, place: Record<Axis, number> & { zone: string }): string {
  const zone = methodology.zones.find((one) => one.code === place.zone)?.name ?? place.zone
  return `${levelWords(methodology, place)} (zona ${zone})`
}
