import { describe, expect, it } from 'vitest'
import { cellSentence } from '../../app/text/risk-imports.ts'
import { treatmentText } from '../../app/text/risk-treatment.ts'
import { METHODOLOGIES } from '../../catalog/methodologies/index.ts'
import { MAP_HEADINGS } from '../../catalog/risk-map-headings.ts'
import { MAP_PLAN_STATES, MAP_TREATMENTS } from '../../catalog/risk-map-words.ts'
import { idOf } from '../../db/ids.ts'
import { kindsOf } from '../../domain/methodology-choices.ts'
import type { CellReason } from '../../domain/risk-map-faults.ts'
import { type ImportFacts, planMap, sameness } from '../../domain/risk-map-import.ts'
import { cellName, findMap, type MapColumn, TREATMENT_COLUMNS } from '../../domain/risk-map-sheet.ts'
import { dayNamed } from '../../domain/risk-map-words.ts'
import { TREATMENTS } from '../../domain/risk-treatment.ts'

const OWNER = '018f0000-0000-7000-8000-000000000001'
const OTHER = '018f0000-0000-7000-8000-000000000002'

const offered = METHODOLOGIES.map((methodology) => ({ key: { code: methodology.code, n: 0 }, methodology }))
const facts: ImportFacts = {
  positions: [
    { id: OWNER, name: 'Jefatura OGAC', agency: 'OGAC' },
    { id: OTHER, name: 'Dirección TIC', agency: 'TIC' },
    ...['Salud', 'Hacienda'].map((agency) => ({ id: `${OTHER}-${agency}`, name: 'Secretaría Técnica', agency })),
  ],
  ...{ offered, kinds: kindsOf([], offered), ownerId: OWNER, methodology: null, standing: new Map() },
  today: '2026-11-27',
  idOf: (...parts) => idOf('test', ...parts),
}

type Cells = Partial<Record<MapColumn, string>>

/** Twice a year, at most Leve: Bajo. */
const LOW: Cells = {
  ...{ code: 'R1', process: 'Atención', objective: 'Atender a la ciudadanía a tiempo', typology: 'Gestión' },
  ...{ classification: 'Fallas tecnológicas', factor: 'Tecnología', area: 'Reputacional', consequences: 'Quejas' },
  ...{ immediateCause: 'la caída del sistema', rootCause: 'la falta de respaldo', times: '2', reputational: 'Leve' },
}
const CONTROL: Cells = {
  ...{ action: 'Verifica el respaldo cada noche', complement: 'Si falla, lo repite y deja el registro' },
  ...{ type: 'Correctivo', implementation: 'Automático', documentation: 'Sin documentar', frequency: 'Continua' },
  ...{ evidence: 'Con registro manual', execution: 'Interna', periodicity: 'Diaria' },
}
const PLAN: Cells = {
  ...{ treatment: 'Reducir: mitigar', statement: 'Se refuerza el respaldo', plan: 'Instalar un segundo servidor' },
  ...{ planOwner: 'dirección tic', planDue: '31/03/2027' },
}
const COLUMNS = [...(Object.keys({ ...LOW, ...CONTROL }) as MapColumn[]), ...TREATMENT_COLUMNS]
const at = (column: MapColumn, line = 2) => cellName(line, COLUMNS.indexOf(column))

function planOf(rows: Cells[], given = facts) {
  const heading = COLUMNS.map((column) => MAP_HEADINGS[column][0] as string)
  const lines = [heading, ...rows.map((cells) => COLUMNS.map((column) => cells[column] ?? ''))]
  const found = findMap([{ name: 'Mapa', rows: lines.map((cells, i) => ({ line: i + 1, cells })), merges: [] }])
  if (!found.ok) throw new Error(found.fault)
  return planMap(found.sheet, given)
}

describe('the words of a treatment', () => {
  it('are those the product writes, and none else is the first of two options', () => {
    for (const option of TREATMENTS) expect(MAP_TREATMENTS[option][0]).toBe(treatmentText.options[option])
    expect(MAP_TREATMENTS.accept).toContain(treatmentText.asked)
    expect(MAP_PLAN_STATES.closed).toContain(treatmentText.states.closed)
    expect(MAP_PLAN_STATES.overdue).toContain(treatmentText.states.overdue)
  })

  it.each(['Reducir', 'Reducir y evitar', 'Evitar; Reducir: mitigar', 'Tolerar'])(
    'are not guessed: %s',
    (treatment) => {
      const { risks, faults } = planOf([{ ...LOW, statement: 'Como siempre se ha hecho', treatment }])
      expect(risks).toEqual([])
      const among = ['Reducir: mitigar', 'Reducir: transferir o compartir', 'Evitar', 'Aceptar']
      expect(faults).toMatchObject([{ cell: at('treatment'), read: treatment, reason: { kind: 'choice', among } }])
    },
  )
})

describe('a treatment on a line', () => {
  it.each([
    ['Reducir (mitigar)', 'mitigate'],
    ['COMPARTIR', 'transfer'],
    ['evitar', 'avoid'],
  ])('«%s» is decided with what the line says of how', (treatment, option) => {
    const { risks, faults } = planOf([{ ...LOW, treatment, statement: 'Se deja de prestar el servicio' }])
    expect(faults).toEqual([])
    expect(risks[0]?.treatment).toMatchObject({
      ...{ decided: { option, statement: 'Se deja de prestar el servicio' }, asked: null },
    })
  })

  it('that reduces says how by its plan where nothing else does; one that avoids must say what ceases', () => {
    expect(planOf([{ ...LOW, ...PLAN, statement: '' }]).risks[0]?.treatment.decided?.statement).toBe(PLAN.plan)
    const { risks, faults } = planOf([{ ...LOW, ...PLAN, statement: '', treatment: 'Evitar' }])
    expect(risks).toEqual([])
    expect(faults).toMatchObject([
      { cell: at('statement'), reason: { error: { code: 'treatment_statement_missing' } } },
    ])
  })

  it('is accepted by nobody but whoever signs: where the policy lets it, it is asked for until the next review', () => {
    const { risks, faults, notes } = planOf([{ ...LOW, treatment: 'Aceptar', statement: 'El daño es menor' }])
    expect([faults, notes]).toEqual([[], []])
    expect(risks[0]?.treatment).toMatchObject({ decided: null, asked: { reason: 'El daño es menor' } })
    expect((risks[0]?.treatment.asked?.until ?? '') > facts.today).toBe(true)
  })

  it.each<[string, Cells, string]>([
    ['its zone, whatever its controls', { times: '300', reputational: 'Mayor' }, 'zone_not_acceptable'],
    ['its typology, in the mildest zone', { typology: 'Integridad pública' }, 'never_acceptable'],
    ['the control that the line does not have', { reputational: 'Moderado' }, 'acceptance_unproven'],
  ])('is a fault where nobody may ever accept it: %s', (_, cells, code) => {
    const { risks, faults } = planOf([{ ...LOW, ...cells, treatment: 'Aceptar', statement: 'El daño es menor' }])
    expect(risks).toEqual([])
    expect(faults).toMatchObject([{ cell: at('treatment'), reason: { kind: 'not_accepted', objection: { code } } }])
    expect(faults[0] && cellSentence(faults[0].reason)).toMatch(/^Este tratamiento no se puede elegir\. /)
  })

  it('stays to be decided where its controls have still to show what they leave', () => {
    // Moderado until the control shows anything.
    const cells = { ...LOW, ...CONTROL, reputational: 'Moderado', treatment: 'Aceptar', statement: 'El daño es menor' }
    const { risks, faults, notes } = planOf([cells])
    expect(faults).toEqual([])
    expect(risks[0]?.treatment).toEqual({ decided: null, asked: null })
    expect(notes).toMatchObject([{ cell: at('treatment'), reason: { kind: 'acceptance_waits', zone: 'Moderado' } }])
  })

  it('of a risk that the map has already is left as it stands there', () => {
    const description = planOf([LOW]).risks[0]?.input.answers.description ?? ''
    const standing = new Map([[sameness({ code: 'guia_7', n: 0 }, { process: 'Atención', description }), 'R-007']])
    const { risks, faults } = planOf([{ ...LOW, ...PLAN, treatment: 'Tolerar', planDue: 'nunca' }], {
      ...facts,
      standing,
    })
    expect(faults).toEqual([])
    expect(risks).toMatchObject([{ standsAs: 'R-007', treatment: { decided: null, asked: null }, plan: [] }])
  })
})

describe('the plan on a line', () => {
  it('is an activity where it says what, who and until when', () => {
    const { risks, faults, notes } = planOf([{ ...LOW, ...PLAN }])
    expect([faults, notes]).toEqual([[], []])
    const activity = { what: PLAN.plan, positionId: OTHER, startsOn: facts.today, dueDate: '2027-03-31' }
    expect(risks[0]?.plan).toMatchObject([{ ...activity, followUpOn: '2027-03-31' }])
  })

  it('has an activity a line of the cell, and what is repeated on every line of the risk once', () => {
    const many = {
      ...{ ...PLAN, plan: 'Instalar un servidor\nCapacitar al equipo', planOwner: 'Dirección TIC' },
      ...{ planDue: '2027-03-31\n2027-06-30', planIndicator: 'Servidor en marcha\nEquipo capacitado' },
    }
    const { risks, faults } = planOf([
      { ...LOW, ...CONTROL, ...many },
      { ...LOW, ...CONTROL, ...many },
      { ...CONTROL, plan: 'Contratar el soporte', planOwner: 'Jefatura OGAC', planDue: '2027-01-15' },
    ])
    expect(faults).toEqual([])
    expect(risks[0]?.plan.map(({ what, positionId, dueDate }) => [what, positionId, dueDate])).toEqual([
      ['Instalar un servidor', OTHER, '2027-03-31'],
      ['Capacitar al equipo', OTHER, '2027-06-30'],
      ['Contratar el soporte', OWNER, '2027-01-15'],
    ])
    expect(new Set(risks[0]?.plan.map(({ formKey }) => formKey)).size).toBe(3)
  })

  const input = (code: string): CellReason =>
    ({ kind: 'input', error: { code, facts: expect.anything() } }) as CellReason
  it.each<[string, Cells, MapColumn, CellReason]>([
    [
      'a name no position has',
      { planOwner: 'Virrey' },
      'planOwner',
      { kind: 'plan_position', name: 'Virrey', agencies: [] },
    ],
    [
      'a position of two dependencias',
      { planOwner: 'Secretaría técnica' },
      'planOwner',
      { kind: 'plan_position', name: 'Secretaría técnica', agencies: ['Salud', 'Hacienda'] },
    ],
    ['nobody', { planOwner: '' }, 'planOwner', { kind: 'plan_blank', column: 'planOwner' }],
    ['no day', { planDue: '' }, 'planDue', { kind: 'plan_blank', column: 'planDue' }],
    ['a day that is none', { planDue: '31/02/2027' }, 'planDue', { kind: 'day', text: '31/02/2027' }],
    ['a word for a day', { planDue: 'Permanente' }, 'planDue', { kind: 'day', text: 'Permanente' }],
    ['a day that went by', { planDue: '2025-12-31' }, 'planDue', input('plan_end_past')],
    ['an end before its start', { planStart: '2027-05-01' }, 'planDue', input('plan_end_early')],
    [
      'days for some of its activities',
      { plan: 'Instalar uno\nInstalar dos\nInstalar tres', planDue: '2027-01-31\n2027-02-28' },
      'plan',
      { kind: 'plan_lines', days: 2, lines: 3 },
    ],
  ])('holds the map with %s', (_, cells, column, reason) => {
    const { risks, faults } = planOf([{ ...LOW, ...PLAN, ...cells }])
    expect(risks).toEqual([])
    expect(faults).toMatchObject([{ cell: at(column), reason }])
  })

  it.each<[string, Cells, CellReason['kind']]>([
    ['that names nobody and no day', { planOwner: '', planDue: '' }, 'plan_text'],
    ['that is closed', { planDue: '2025-12-31', planState: 'CERRADA' }, 'plan_closed'],
  ])('%s stays as text, and is told', (_, cells, kind) => {
    const { risks, faults, notes } = planOf([{ ...LOW, ...PLAN, ...cells }])
    expect([faults, risks[0]?.plan]).toEqual([[], []])
    expect(notes).toMatchObject([{ cell: at('plan'), read: PLAN.plan, reason: { kind } }])
  })

  it('that the map says is overdue is asked for as it stands', () => {
    const overdue = { planDue: '2026-09-30', planStart: '2026-02-01', planState: 'Vencida' }
    const { risks, faults } = planOf([{ ...LOW, ...PLAN, ...overdue }])
    expect(faults).toEqual([])
    expect(risks[0]?.plan).toMatchObject([{ startsOn: '2026-02-01', dueDate: '2026-09-30' }])
  })

  it('reads days as maps write them', () => {
    const written = [
      '2026-12-31',
      '31/12/2026',
      '1-2-2027',
      '31.12.2026',
      '2026-12-31 00:00:00',
      '29/02/2027',
      '12/2026',
      '',
    ]
    expect(written.map(dayNamed)).toEqual([
      ...['2026-12-31', '2026-12-31', '2027-02-01', '2026-12-31', '2026-12-31'],
      ...[null, null, null],
    ])
  })
})
