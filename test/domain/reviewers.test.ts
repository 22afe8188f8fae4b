import { describe, expect, it } from 'vitest'
import { assignSeats, LEAD, type Reviewed } from '../../domain/reviewers.ts'

const seat = (id: string, ...persons: string[]) => ({ id, persons })
const lead = seat(LEAD, 'lead')
const mayor = seat('mayor', 'mayor')

function seatsOf(...items: [granteeId: string, ...chain: Reviewed['chain'][number][]][]): (string | null)[] {
  return [...assignSeats(items.map(([granteeId, ...chain], i) => ({ id: String(i), granteeId, chain }))).values()]
}

describe('whoever reviews an access', () => {
  it('heads its organismo, or the nearest one above that somebody heads, or leads the process', () => {
    expect(seatsOf(['clerk', seat('health', 'head'), mayor, lead])).toEqual(['health'])
    expect(seatsOf(['clerk', seat('health'), mayor, lead])).toEqual(['mayor'])
    expect(seatsOf(['clerk', seat('health'), seat('mayor'), lead])).toEqual([LEAD])
  })

  it('is never the person who holds it; where nobody else is left, it is nobody', () => {
    expect(seatsOf(['head', seat('health', 'head'), mayor, lead])).toEqual(['mayor'])
    expect(seatsOf(['lead', seat('health'), seat('mayor'), lead])).toEqual([null])
  })

  it('does not have their own access reviewed by that person, directly or through others', () => {
    const [a, b, c] = [seat('a', 'anna'), seat('b', 'bruno'), seat('c', 'carla')]
    expect(seatsOf(['bruno', a, mayor, lead], ['anna', b, mayor, lead])).toEqual(['mayor', 'mayor'])
    expect(seatsOf(['bruno', a, mayor, lead], ['carla', b, mayor, lead], ['anna', c, mayor, lead])).toEqual([
      ...['mayor', 'mayor', 'mayor'],
    ])
    expect(seatsOf(['bruno', a, mayor, lead], ['carla', b, mayor, lead])).toEqual(['a', 'b'])
  })
})
