import { describe, expect, it } from 'vitest'
import { DUB_RISK } from '../../catalog/demo/risks.ts'
import { CORRUPTION } from '../../catalog/methodologies/corruption.ts'
import { GUIDE_6, GUIDE_7 } from '../../catalog/methodologies/guides.ts'
import {
  movedAnswers,
  movedPlace,
  objectionToMove,
  objectionToTarget,
  suggestedTable,
  undesigned,
} from '../../domain/methodology-moves.ts'
import { placeAt, type RatedControl } from '../../domain/risks.ts'

const weighed: RatedControl = {
  ...{ code: 'C-001', type: 'preventivo', implementation: 'manual', criteria: {}, evidence: 'never' },
}

describe('a table of equivalences', () => {
  it('proposes the level of the same code, else the first as high', () => {
    const same = [0, 1, 2, 3, 4]
    expect(suggestedTable(GUIDE_6, GUIDE_7)).toEqual({ probability: same, impact: same })
    expect(suggestedTable(CORRUPTION, GUIDE_7)).toEqual({ probability: same, impact: [2, 3, 4] })
    expect(suggestedTable(GUIDE_7, CORRUPTION).impact).toEqual([0, 0, 0, 1, 2])
  })

  it('says where the risk stands then', () => {
    const rated = placeAt(CORRUPTION, 4, 1)
    const place = movedPlace(GUIDE_7, rated, suggestedTable(CORRUPTION, GUIDE_7))
    expect(place).toMatchObject({ probability: 4, impact: 3, zone: 'A' })
  })

  it('is refused with a hole, with a level that falls, and with controls nobody can weigh', () => {
    const between = { from: GUIDE_6, to: GUIDE_7 }
    const table = suggestedTable(GUIDE_6, GUIDE_7)
    const refused = (change: object, controls: RatedControl[] = [], of = between) =>
      objectionToMove(of, controls, { ...table, ...change })
    expect(refused({})).toBeNull()
    expect(refused({ probability: [0, 1, 2, 3] })).toMatchObject({ code: 'table_hole', facts: { axis: 'probability' } })
    expect(refused({ impact: [0, 1, 2, 3, 5] })).toMatchObject({ code: 'table_hole', facts: { axis: 'impact' } })
    expect(refused({ impact: [0, -1, 2, 3, 4] })).toMatchObject({ code: 'table_hole' })
    expect(refused({ impact: [0, 2, 1, 3, 4] })).toMatchObject({ code: 'table_falls', facts: { axis: 'impact' } })
    expect(refused({}, [weighed])).toBeNull()
    const scored = { from: GUIDE_7, to: CORRUPTION }
    expect(objectionToMove(scored, [weighed], suggestedTable(GUIDE_7, CORRUPTION))).toMatchObject({
      ...{ code: 'controls_undesigned', facts: { controls: 'C-001' } },
    })
    expect(undesigned(GUIDE_7, [{ ...weighed, type: '' }])).toEqual(['C-001'])
  })

  it('leads to another methodology alone, and to a typology that asks the same', () => {
    const key = { code: 'guia_7', n: 0 }
    const kind = (code: string, of: { code: string; n: number }) => {
      const typology = GUIDE_7.typologies.find((one) => one.code === code)
      if (!typology) throw new Error(code)
      return { key: of, methodology: GUIDE_7, typology }
    }
    const own = { code: 'guia_7', n: 1 }
    const refused = (typology: string, to: ReturnType<typeof kind>) =>
      objectionToTarget({ key, methodology: GUIDE_7, answers: { typology } }, to)?.code ?? null
    expect(refused('gestion', kind('gestion', own))).toBeNull()
    expect(refused('gestion', kind('fiscal', own))).toBeNull()
    expect(refused('gestion', kind('fiscal', key))).toBe('already_moved')
    expect(refused('gestion', kind('seguridad', own))).toBe('move_asks_otherwise')
    expect(refused('seguridad', kind('gestion', own))).toBe('move_asks_otherwise')
  })

  it('takes along what was answered as far as the new methodology knows it', () => {
    const moved = movedAnswers(GUIDE_7, { ...DUB_RISK, classification: 'de_antes', yes: ['p1'] }, 'gestion')
    expect(moved).toMatchObject({ typology: 'gestion', classification: '', reputational: 'mayor', yes: [] })
    expect(movedAnswers(CORRUPTION, DUB_RISK, 'corrupcion').reputational).toBe('')
  })
})
