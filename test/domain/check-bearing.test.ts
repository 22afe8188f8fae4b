import { describe, expect, it } from 'vitest'
import { DUB_CONTROLS, DUB_RISK } from '../../catalog/demo/risks.ts'
import { GUIDE_7 } from '../../catalog/methodologies/guides.ts'
import { bearsOn, checksBearingOn } from '../../domain/check-bearing.ts'
import { CONTROL_IDS, type ControlId } from '../../domain/controls.ts'
import { readInput } from '../../domain/input-reading.ts'
import { controlInput } from '../../domain/risk-inputs.ts'

const ID = '01900000-0000-7000-8000-000000000001'
const FIRE = { ...DUB_RISK, assetKind: '', property: '', typology: 'gestion', classification: 'danos' }
const BUILDING = { ...DUB_RISK, assetKind: 'instalaciones', property: 'disponibilidad' }
const FRAUD = { ...FIRE, classification: 'fraude_interno' }

describe('an automatic control', () => {
  it('shows controls of the risks it bears on: those of the seed risk among them', () => {
    for (const { automaticCheck } of DUB_CONTROLS) expect(bearsOn(automaticCheck as ControlId, DUB_RISK)).toBe(true)
    expect(checksBearingOn(FRAUD)).toContain('approved_own_draft')
    expect(CONTROL_IDS.filter((one) => ![DUB_RISK, FRAUD].some((risk) => bearsOn(one, risk)))).toEqual([
      ...['reminder_untold', 'orphaned_work', 'backup_restorable'],
    ])
  })

  it.each([
    ['a fire', FIRE],
    ['a building', BUILDING],
  ])('says nothing of %s', (_, risk) => {
    expect(checksBearingOn(risk)).toEqual([])
  })

  it('is refused as evidence of a control of another risk, whatever the form sends', () => {
    const [design] = DUB_CONTROLS
    const typed = { ...design, formKey: ID, ownerId: ID, criteria: {}, automaticCheck: 'approved_own_draft' }
    const read = (risk: typeof DUB_RISK) => readInput(controlInput(GUIDE_7, checksBearingOn(risk)), typed)
    expect(read(FRAUD)).toMatchObject({ ok: true })
    expect(read(FIRE)).toMatchObject({ ok: false, errors: [{ path: 'automaticCheck' }] })
    expect(read(DUB_RISK)).toMatchObject({ ok: false, errors: [{ path: 'automaticCheck' }] })
  })
})
