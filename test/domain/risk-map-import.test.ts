import { describe, expect, it } from 'vitest'
import { cellSentence, riskImportText } from '../../app/text/risk-imports.ts'
import { METHODOLOGIES } from '../../catalog/methodologies/index.ts'
import { MAP_HEADINGS } from '../../catalog/risk-map-headings.ts'
import { kindsOf } from '../../domain/methodology-choices.ts'
import type { CellReason } from '../../domain/risk-map-faults.ts'
import { freshOf, type ImportFacts, planMap, sameness } from '../../domain/risk-map-import.ts'
import {
  cellName,
  findMap,
  MAX_MAP_ROWS,
  type MapColumn,
  MergedCells,
  type Sheet,
} from '../../domain/risk-map-sheet.ts'

const OWNER = '018f0000-0000-7000-8000-000000000001'
const OTHER = '018f0000-0000-7000-8000-000000000002'

const offered = METHODOLOGIES.map((methodology) => ({ key: { code: methodology.code, n: 0 }, methodology }))
const facts: ImportFacts = {
  positions: [
    { id: OWNER, name: 'Jefatura OGAC', agency: 'OGAC' },
    { id: OTHER, name: 'Secretaría Técnica', agency: 'Salud' },
    { id: '018f0000-0000-7000-8000-000000000003', name: 'Secretaría Técnica', agency: 'Hacienda' },
  ],
  offered,
  kinds: kindsOf([], offered),
  ...{ ownerId: OWNER, methodology: null },
  standing: new Map(),
  today: '2026-11-27',
  idOf: (kind, line) => `018f0000-0000-7000-8000-${kind === 'risk' ? '1' : '2'}${String(line).padStart(11, '0')}`,
}

const RISK: Partial<Record<MapColumn, string>> = {
  ...{ code: 'R1', process: 'Atención', objective: 'Atender a la ciudadanía a tiempo', typology: 'GESTION' },
  ...{ classification: 'Fallas tecnologicas', factor: 'Tecnología', area: 'Reputacional' },
  ...{ immediateCause: 'la caída del sistema', rootCause: 'la falta de respaldo', consequences: 'Quejas' },
  ...{ times: '500', reputational: 'Mayor' },
}
const CONTROL: Partial<Record<MapColumn, string>> = {
  ...{ action: 'Verifica el respaldo cada noche', complement: 'Si falla, lo repite y deja el registro' },
  ...{ type: 'Preventivo (25%)', implementation: 'manual', documentation: 'Sin documentar', frequency: 'continua' },
  ...{ evidence: 'Con registro manual', execution: 'Interna', periodicity: 'Diaria' },
}
const RESULTS: MapColumn[] = [
  ...(['inherentProbability', 'inherentImpact', 'inherentZone', 'declaredP', 'declaredI', 'declaredZone'] as const),
]
const COLUMNS = [
  ...(Object.keys({ ...RISK, ...CONTROL, owner: '', methodology: '', controlText: '' }) as MapColumn[]),
  ...RESULTS,
]

const rowOf = (cells: Partial<Record<MapColumn, string>>) => COLUMNS.map((column) => cells[column] ?? '')
const HEADING = COLUMNS.map((column) => MAP_HEADINGS[column][0] as string)

function sheetOf(rows: string[][], merges: string[] = []): Sheet {
  return { name: 'Mapa', rows: rows.map((cells, i) => ({ line: i + 1, cells })), merges }
}

function planOf(rows: Partial<Record<MapColumn, string>>[], { merges = [] as string[], given = facts } = {}) {
  const found = findMap([sheetOf([HEADING, ...rows.map(rowOf)], merges)])
  if (!found.ok) throw new Error(found.fault)
  return planMap(found.sheet, given)
}

const at = (column: MapColumn, line: number) => cellName(line, COLUMNS.indexOf(column))

describe('a risk map that comes as a file', () => {
  it('becomes risks with their controls, whatever the capitals, accents and percentages', () => {
    const { risks, faults } = planOf([
      { ...RISK, ...CONTROL },
      { ...RISK, ...CONTROL, type: 'detectivo' },
    ])
    expect(faults).toEqual([])
    expect(risks).toMatchObject([
      {
        ...{ line: 2, code: 'R1', key: { code: 'guia_7', n: 0 }, standsAs: null },
        input: {
          ownerId: OWNER,
          answers: {
            ...{ typology: 'gestion', classification: 'fallas_tecnologicas', area: 'reputacional', timesPerYear: 500 },
            description:
              'Posibilidad de afectación reputacional por la caída del sistema debido a la falta de respaldo',
          },
        },
        // The guide's own example: 60 % × 0,6 × 0,7 = 25,2 % (v7, Tabla 8).
        ...{ inherent: { zone: 'A' }, declared: { p: '25.2', i: '80', zone: 'A' } },
        controls: [
          { line: 2, input: { type: 'preventivo' } },
          { line: 3, input: { type: 'detectivo' } },
        ],
      },
    ])
  })

  it('goes on with the risk above where its cells are blank or merged', () => {
    const { risks, faults } = planOf([{ ...RISK, ...CONTROL }, CONTROL], { merges: ['A2:A3', 'B2:B3'] })
    expect(faults).toEqual([])
    expect(risks.map(({ controls }) => controls.length)).toEqual([2])
  })

  it('takes one column for the impact, and a control in one text, as the guide words it', () => {
    const found = findMap([
      sheetOf([
        [
          'Proceso',
          'Objetivo',
          'Tipo de riesgo',
          'Clasificación',
          'Factor',
          'Área de impacto',
          'Causa inmediata',
        ].concat(
          ['Causa raíz', 'Consecuencias', 'Frecuencia anual', 'Impacto inherente', 'Control', 'Tipo de control'],
          ['Implementación', 'Documentación', 'Frecuencia', 'Evidencia', 'Ejecución', 'Periodicidad'],
        ),
        [
          ...['Atención', 'Atender a la ciudadanía', 'Gestión', 'Fraude interno', 'Procesos', 'ambas', 'las colas'],
          ...[
            'el personal',
            'Quejas',
            '30',
            'Menor',
            'Coteja los turnos de cada día. Si faltan, avisa y deja un acta.',
          ],
          ...['Preventivo', 'Automático', 'Sin documentar', 'Aleatoria', 'Sin registro', 'Externa', 'Semanal'],
        ],
      ]),
    ])
    const { risks, faults } = found.ok ? planMap(found.sheet, facts) : { risks: [], faults: [found] }
    expect(faults).toEqual([])
    expect(risks).toMatchObject([
      {
        input: { answers: { economic: 'menor', reputational: 'menor' } },
        controls: [
          { input: { action: 'Coteja los turnos de cada día.', complement: 'Si faltan, avisa y deja un acta.' } },
        ],
      },
    ])
  })

  const input = (code: string): CellReason =>
    ({ kind: 'input', error: { code, facts: expect.anything() } }) as CellReason
  it.each<[string, Partial<Record<MapColumn, string>>, MapColumn, CellReason]>([
    ['a frequency of -1', { times: '-1' }, 'times', input('times_missing')],
    ['a frequency of «muchas»', { times: 'muchas' }, 'times', input('times_missing')],
    ['no cause', { immediateCause: '' }, 'immediateCause', input('immediate_cause_missing')],
    ['no root cause', { rootCause: ' ' }, 'rootCause', input('root_cause_missing')],
    ['no impact', { reputational: '' }, 'reputational', input('impact_missing')],
    [
      'an impact of a harm that the line does not name',
      { area: 'Económica', reputational: 'Mayor' },
      'reputational',
      input('reputational_beyond'),
    ],
    [
      'a weight the version has not',
      { type: 'Disuasivo' },
      'type',
      { kind: 'choice', among: ['Preventivo', 'Detectivo', 'Correctivo'] },
    ],
    [
      'a version nobody shipped',
      { methodology: 'Guía de riesgos, versión 9' },
      'methodology',
      { kind: 'choice', among: METHODOLOGIES.map(({ name }) => name) },
    ],
    ['a position nobody has', { owner: 'Virreinato' }, 'owner', { kind: 'position', agencies: [] }],
    [
      'a position that two dependencias have',
      { owner: 'secretaria tecnica' },
      'owner',
      { kind: 'position', agencies: ['Salud', 'Hacienda'] },
    ],
  ])('names the one cell with %s', (_, change, column, reason) => {
    const { risks, faults } = planOf([{ ...RISK, ...CONTROL, ...change }])
    expect(risks).toEqual([])
    expect(faults).toMatchObject([{ line: 2, cell: at(column, 2), read: change[column], reason }])
  })

  it('keeps a line that rates one of the two harms it names, as it is written', () => {
    const { risks, faults } = planOf([{ ...RISK, area: 'económica y reputacional' }])
    expect(faults).toEqual([])
    expect(risks).toMatchObject([{ input: { answers: { area: 'ambas', economic: '', reputational: 'mayor' } } }])
  })

  it('tells the position of a dependencia by its name in brackets', () => {
    const { risks } = planOf([{ ...RISK, owner: 'Secretaría técnica (Salud)' }])
    expect(risks).toMatchObject([{ input: { ownerId: OTHER } }])
  })

  it('says of a blank cell which group of cells hides it', () => {
    const rows = [RISK, { ...RISK, code: 'R2', process: '', description: 'Otro riesgo del mismo proceso' }]
    expect(planOf(rows, { merges: ['B2:B3'] }).faults).toMatchObject([
      { line: 3, cell: at('process', 3), read: '', reason: { kind: 'merged', range: 'B2:B3' } },
    ])
  })

  it('says where two lines of one risk differ, where the heading comes again, and where no risk is named', () => {
    const rows = [CONTROL, RISK, { ...RISK, process: 'Otro' }].map(rowOf)
    const found = findMap([sheetOf([HEADING, ...rows, HEADING])])
    const { faults } = found.ok ? planMap(found.sheet, facts) : { faults: [] }
    expect(faults.map(({ cell, reason }) => [cell, reason.kind])).toEqual([
      [at('action', 2), 'no_risk'],
      [at('process', 4), 'differs'],
      [at('code', 5), 'heading_again'],
    ])
  })

  it('tells each column that lacks once', () => {
    const found = findMap([
      sheetOf([
        ['Proceso', 'Causa raíz', 'Factor', 'Tipología'],
        ['A', 'b', 'c', 'Gestión'],
        ['D', 'e', 'f', 'Gestión'],
      ]),
    ])
    const { faults } = found.ok ? planMap(found.sheet, facts) : { faults: [] }
    const lacking = faults.flatMap(({ reason }) => (reason.kind === 'column' ? [reason.column] : []))
    expect(lacking).toContain('times')
    expect(new Set(lacking).size).toBe(lacking.length)
  })

  it('says which lines need a column that lacks, and of what they are', () => {
    const columns = COLUMNS.filter((column) => column !== 'inherentProbability' && column !== 'times')
    const lacking = (typologies: string[]) => {
      const rows = typologies.map((typology, i) => ({ ...RISK, typology, code: `R${i}` }) as typeof RISK)
      const found = findMap([sheetOf([columns, ...rows.map((row) => columns.map((one) => row[one] ?? ''))].map(named))])
      if (!found.ok) throw new Error(found.fault)
      return planMap(found.sheet, facts).faults.flatMap(({ reason }) =>
        reason.kind === 'column' && reason.column !== 'yes' ? [cellSentence(reason)] : [],
      )
    }
    const named = (cells: string[], i: number) =>
      i > 0 ? cells : columns.map((column) => MAP_HEADINGS[column][0] as string)
    expect(lacking(['Gestión', 'Corrupción'])).toEqual([
      'La fila 2 (Gestión) necesita la columna «Frecuencia anual de la actividad», que no está en la hoja. Agréguela al encabezado y escríbala en esa fila.',
      'La fila 3 (Corrupción) necesita la columna «Probabilidad inherente», que no está en la hoja. Agréguela al encabezado y escríbala en esa fila.',
    ])
    expect(lacking(['Gestión', 'Fiscal'])[0]).toContain('Las filas 2 y 3 necesitan la columna')
    expect(lacking(Array(7).fill('Fiscal'))[0]).toContain(
      'Las filas 2, 3, 4, 5, 6 y 2 más (Fiscal) necesitan la columna',
    )
  })

  it('knows a risk that the map has already', () => {
    const description = 'Posibilidad de afectación reputacional por la caída del sistema debido a la falta de respaldo'
    const standing = new Map([[sameness({ code: 'guia_7', n: 0 }, { process: 'ATENCIÓN', description }), 'R-007']])
    expect(planOf([RISK], { given: { ...facts, standing } }).risks).toMatchObject([{ standsAs: 'R-007' }])
  })

  it('names the line that says a risk again under another code, and leaves out what the map has already', () => {
    const again = { ...RISK, code: 'R9', process: 'ATENCIÓN ' }
    const { risks, faults } = planOf([RISK, { ...RISK, ...CONTROL, code: 'R2', rootCause: 'otra causa' }, again])
    expect(faults).toMatchObject([{ cell: at('rootCause', 4), reason: { kind: 'twice', line: 2 } }])
    expect(risks.map(({ line }) => line)).toEqual([2, 3])
    expect(freshOf(risks)).toMatchObject({ fresh: [{ line: 2 }, { line: 3 }], controls: 1 })
    const key = { code: 'guia_7', n: 0 }
    const standing = new Map([[sameness(key, risks[0]?.input.answers ?? { process: '', description: '' }), 'R-007']])
    const known = planOf([RISK, again], { given: { ...facts, standing } })
    expect(known.faults).toEqual([])
    expect(freshOf(known.risks)).toEqual({ fresh: [], controls: 0 })
  })

  it('says of a line that names no methodology which there are, where the one of the file is not offered', () => {
    const { risks, faults } = planOf([RISK], { given: { ...facts, methodology: { code: 'guia_7', n: 9 } } })
    expect(risks).toEqual([])
    expect(faults).toMatchObject([{ cell: at('methodology', 2), read: '', reason: { kind: 'choice' } }])
  })

  describe('rated by questions', () => {
    const columns = [
      ...(['process', 'objective', 'typology', 'classification', 'factor', 'area', 'immediateCause'] as const),
      ...(['rootCause', 'consequences', 'inherentProbability', 'yes'] as const),
    ]
    const cells: Partial<Record<MapColumn, string>> = {
      ...RISK,
      typology: 'Corrupción',
      inherentProbability: 'Posible',
    }
    function planned(yes: string) {
      const rows = [columns.map((one) => MAP_HEADINGS[one][0]), columns.map((one) => ({ ...cells, yes })[one] ?? '')]
      const found = findMap([sheetOf(rows)])
      if (!found.ok) throw new Error(found.fault)
      return planMap(found.sheet, facts)
    }

    it.each(['1; 5; 14', '1,5 14', '14;5;1;'])('takes their numbers: %s', (yes) => {
      const { risks, faults } = planned(yes)
      expect(faults).toEqual([])
      expect(risks.map(({ input }) => input.answers.yes)).toEqual([['p1', 'p5', 'p14']])
    })

    it.each(['1-5', '1; 20', '0', 'la 1 y la 5', 'todas'])('reads nothing into what is no number of one: %s', (yes) => {
      const { risks, faults } = planned(yes)
      expect(risks).toEqual([])
      expect(faults).toMatchObject([{ cell: 'K2', read: yes, reason: { kind: 'questions', last: 19 } }])
    })
  })
})

describe('the sheet of a map', () => {
  it('is found below titles, on whichever sheet, with groups of columns over its heading', () => {
    const cover = sheetOf([['Alcaldía de Prueba'], ['Mapa de riesgos', '2026']])
    const grouped = sheetOf([
      ['ALCALDÍA'],
      ['IDENTIFICACIÓN', '', '', '', 'RIESGO INHERENTE', '', 'RIESGO RESIDUAL', ''],
      ['PROCESO', 'Objetivo', 'Causa raiz', 'Consecuencias', 'Probabilidad', 'Zona', 'Probabilidad', 'Zona'],
      ['Atención', 'x', 'y', 'z', 'Alta', 'Alto', 'Baja', 'Bajo'],
    ])
    const found = findMap([cover, grouped])
    expect(found.ok && found.sheet).toMatchObject({
      places: { process: 0, objective: 1, rootCause: 2, inherentProbability: 4, inherentZone: 5, declaredZone: 7 },
      rows: [{ line: 4 }],
    })
  })

  it('is refused where there is none, where it is empty, and where it is too long', () => {
    expect(
      findMap([
        sheetOf([
          ['a', 'b'],
          ['1', '2'],
        ]),
      ]),
    ).toEqual({ ok: false, fault: 'no_map' })
    expect(findMap([])).toEqual({ ok: false, fault: 'no_map' })
    expect(findMap([sheetOf([HEADING, ['', ' ']])])).toEqual({ ok: false, fault: 'no_rows' })
    const many = Array.from({ length: MAX_MAP_ROWS + 1 }, () => rowOf(RISK))
    expect(findMap([sheetOf([HEADING, ...many])])).toEqual({ ok: false, fault: 'too_long' })
  })

  it('knows which group hides a cell, and that its first one is shown', () => {
    const merged = new MergedCells(['B2:C4', 'AA3:AB3', 'no range'])
    const over = [merged.over(2, 1), merged.over(2, 2), merged.over(4, 1), merged.over(5, 1), merged.over(3, 27)]
    expect(over).toEqual([undefined, 'B2:C4', 'B2:C4', undefined, 'AA3:AB3'])
  })

  it('names its cells as spreadsheets do', () => {
    expect([cellName(1, 0), cellName(12, 25), cellName(3, 26), cellName(7, 51)]).toEqual(['A1', 'Z12', 'AA3', 'AZ7'])
  })
})

describe('a line that names its methodology', () => {
  const [guide7] = offered as [(typeof offered)[number]]
  const own = { key: { code: 'guia_7', n: 2 }, methodology: guide7.methodology }
  const given = { ...facts, offered: [...offered, own], kinds: kindsOf([{ typology: 'gestion', key: own.key }], [own]) }

  it('keeps the version it names, and else is rated with what the entity chose for its typology', () => {
    const named = { ...RISK, methodology: 'guia de riesgos version 7' }
    const ofOwn = {
      ...RISK,
      code: 'R2',
      rootCause: 'otra causa',
      methodology: 'Guía de riesgos, versión 7 (versión propia 2)',
    }
    const silent = { ...RISK, code: 'R3', rootCause: 'la tercera causa' }
    const { risks, faults } = planOf([named, ofOwn, silent], { given })
    expect(faults).toEqual([])
    expect(risks.map(({ key }) => key.n)).toEqual([0, 2, 2])
  })

  it('says which typologies there are where the entity rates none of that name', () => {
    const { faults } = planOf([{ ...RISK, typology: 'Ambiental' }], { given: { ...given, kinds: kindsOf([], [own]) } })
    expect(faults).toMatchObject([{ cell: at('typology', 2), read: 'Ambiental', reason: { kind: 'choice' } }])
  })
})

describe('what a line tells of its own results', () => {
  // 500 times a year: Media; Mayor: Alto. One preventive manual control leaves 36 %: Baja × Mayor, still Alto.
  const told = { ...RISK, ...CONTROL, inherentProbability: 'Media (60%)', inherentImpact: '80%', inherentZone: 'Alto' }

  it('says nothing where the cells say what the methodology gives, in whatever words', () => {
    for (const inherentZone of ['Alto', 'ALTA', 'Zona de riesgo alta', 'A', 'Riesgo alto']) {
      const { risks, faults, notes } = planOf([
        { ...told, inherentZone, declaredP: '36 %', declaredI: 'Mayor', declaredZone: 'Zona residual alta' },
      ])
      expect([faults, notes, risks.length]).toEqual([[], [], 1])
    }
  })

  it.each<[MapColumn, string, CellReason]>([
    [
      'inherentZone',
      'Bajo',
      { kind: 'unlike_zone', says: 'Bajo', gives: 'Alto', probability: 'Media', impact: 'Mayor' },
    ],
    ['inherentProbability', 'alta', { kind: 'unlike_probability', says: 'Alta', gives: 'Media', times: 500 }],
    ['inherentImpact', 'Leve', { kind: 'unlike_impact', says: 'Leve', gives: 'Mayor', harms: ['Mayor'], yes: 0 }],
  ])('holds the map where %s is %s and its values come to something else', (column, read, reason) => {
    const { risks, faults, notes } = planOf([{ ...told, [column]: read }])
    expect([risks, notes]).toEqual([[], []])
    expect(faults).toEqual([{ line: 2, at: COLUMNS.indexOf(column), cell: at(column, 2), read, reason }])
  })

  it('finds the contradiction on whichever line of the risk it stands', () => {
    const { faults } = planOf([told, { ...CONTROL, inherentZone: 'Extrema' }])
    expect(faults).toMatchObject([{ cell: at('inherentZone', 3), read: 'Extrema', reason: { says: 'Extremo' } }])
  })

  it('tells a residual that its controls do not leave, by the last line of the risk, and holds nothing up', () => {
    const second = { ...CONTROL, type: 'Detectivo', declaredP: 'Baja', declaredZone: 'Moderada' }
    const { risks, faults, notes } = planOf([{ ...told, declaredP: 'Muy Alta', declaredZone: 'Extremo' }, second])
    expect(faults).toEqual([])
    expect(risks).toHaveLength(1)
    const reason = { kind: 'unlike_residual', says: 'Moderado', gives: 'Alto', impact: 'Mayor', controls: 2 }
    expect(notes).toMatchObject([{ cell: at('declaredZone', 3), read: 'Moderada', reason }])
  })

  it('tells a residual percentage that is off by more than what tools round', () => {
    for (const declaredP of ['36', '36 %', '36,4%', '35.5', '0,36', '36.9', 'Baja (36%)', ''])
      expect(planOf([{ ...told, declaredP }]).notes, declaredP).toEqual([])
    const gives = { gives: '36 %', probability: 'Baja', impact: 'Mayor', controls: 1 }
    for (const [declaredP, says] of [
      ...[['25', '25 %'] as const, ['37 %', '37 %'] as const],
      ...[['0,252', '25,2 %'] as const, ['Media (36%)', 'Media'] as const],
    ]) {
      const { risks, faults, notes } = planOf([{ ...told, declaredP }])
      expect([faults, risks.length]).toEqual([[], 1])
      const given = says === 'Media' ? { ...gives, gives: 'Baja' } : gives
      expect(notes, declaredP).toMatchObject([
        { cell: at('declaredP', 2), read: declaredP, reason: { kind: 'unlike_residual', says, ...given } },
      ])
    }
    const [note] = planOf([{ ...told, declaredI: '40%' }]).notes
    expect(note && cellSentence(note.reason)).toBe(
      'La celda dice 40 %. Por su diseño, su control deja Baja × Mayor y aquí se registra 80 %; lo que dice el libro queda en la importación.',
    )
  })

  it('tells a name that the methodology does not have, and registers what it gives', () => {
    const { risks, faults, notes } = planOf([{ ...told, inherentZone: 'Tolerable' }])
    expect([faults, risks.length]).toEqual([[], 1])
    expect(notes).toMatchObject([
      { cell: at('inherentZone', 2), reason: { kind: 'unlike_zone', says: null, gives: 'Alto' } },
    ])
  })

  it('shows what a long cell begins with, and how long it is', () => {
    expect(riskImportText.shortened('x'.repeat(160))).toBe('x'.repeat(160))
    expect(riskImportText.shortened('x'.repeat(1_900))).toBe(`${'x'.repeat(160)}… (la celda tiene 1.900 caracteres)`)
  })

  it('says in one sentence what the cell says, what the methodology gives, and from which values', () => {
    const [fault] = planOf([{ ...told, inherentZone: 'Bajo' }]).faults
    expect(fault && cellSentence(fault.reason)).toBe(
      'La celda dice Bajo; la probabilidad Media y el impacto Mayor de la fila dan Alto en la metodología. Corrija la celda o esos valores.',
    )
  })
})
