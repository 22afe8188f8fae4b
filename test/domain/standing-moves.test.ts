import { describe, expect, it } from 'vitest'
import { GUIDE_7 } from '../../catalog/methodologies/guides.ts'
import { turnOf } from '../../domain/standing-moves.ts'

const at = (p: string, i: string, zone: string) => ({ p, i, zone })

describe('what is demonstrated of a risk', () => {
  it.each([
    ['another zone, graver', at('60', '60', 'M'), at('60', '80', 'A'), 'rises'],
    ['another zone, milder', at('60', '80', 'A'), at('60', '60', 'M'), 'falls'],
    // Column Mayor is Alto throughout and Catastrófico Extremo: there the zone alone would tell nothing (domain facts §2.4).
    ['the zone Alto with twice the probability', at('30', '80', 'A'), at('60', '80', 'A'), 'rises'],
    ['the zone Extremo with more impact', at('60', '81', 'E'), at('60', '100', 'E'), 'rises'],
    ['one level with the least more', at('25.2', '80', 'A'), at('25.2000000000000000000001', '80', 'A'), 'rises'],
    ['one zone where one axis rises and the other falls', at('30', '100', 'E'), at('60', '81', 'E'), 'rises'],
    ['less of the same zone', at('60', '80', 'A'), at('36', '80', 'A'), 'falls'],
    ['the same, written otherwise', at('25.20', '80.0', 'A'), at('25.2', '80', 'A'), 'stays'],
  ])('turns in %s', (_, before, after, turn) => {
    expect(turnOf(GUIDE_7, before, after)).toBe(turn)
  })

  it('is compared as far as it is known: an earlier alert by its zone, another version by its percents', () => {
    const zoneOnly = { p: null, i: null, zone: 'M' }
    expect(turnOf(GUIDE_7, zoneOnly, at('60', '80', 'A'))).toBe('rises')
    expect(turnOf(GUIDE_7, zoneOnly, at('60', '60', 'M'))).toBe('stays')
    const percents = { p: '40', i: '80', zone: null }
    expect(turnOf(GUIDE_7, percents, at('60', '80', 'A'))).toBe('rises')
    expect(turnOf(GUIDE_7, percents, at('20', '80', 'A'))).toBe('falls')
  })
})
