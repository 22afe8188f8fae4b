import type { Figure } from '../../documents/figures.ts'
import type { ReportData, ReportFigure } from '../../documents/report-content.ts'
import { DEFAULT_LOOK } from '../../domain/report-look.ts'
import { parseNotation } from '../../domain/rich-notation.ts'
import { docFromPlain } from '../../domain/rich-text.ts'

export const HOSTILE =
  'Él dijo "sí" #let x = 1; $5.000$ *fuerte* _bajo_ `codigo` \\ @ref <b> [x] {y} ~ // 😀 שלום مرحبا 漢字 \u202Etxet'

export const channelFigure: Figure = {
  id: 'f1',
  title: 'Canal de atención',
  rowHeading: 'Canal',
  columnHeading: null,
  columns: [],
  rows: [
    { label: 'Presencial', cells: [200_142], total: 200_142 },
    { label: 'Virtual', cells: [92_510], total: 92_510 },
    { label: 'Telefónico', cells: [null], total: null },
    { label: 'Otro "canal" <b>', cells: [null], total: null },
  ],
  columnTotals: [],
  total: 338_142,
  snapshotHash: 'ab'.repeat(32),
  demoNote: 'Datos de demostración',
}

export const crossFigure: Figure = {
  ...channelFigure,
  id: 'f2',
  title: 'Canal por zona',
  columnHeading: 'Zona',
  columns: ['Urbana', 'Rural', 'Sin dato'],
  rows: [
    { label: 'Presencial', cells: [1000, 200, null], total: 1210 },
    { label: 'Virtual', cells: [500, null, null], total: 520 },
  ],
  columnTotals: [1500, null, null],
  total: 1730,
}

/** Every kind of block and mark; one figure stands within the text. */
const WRITTEN = [
  '## Canales',
  'La **mayoría** acude al canal __presencial__: [[cifra:figura:g1/Presencial//n|200.142|0123456789abcdef]] comunicaciones.',
  '[[figura:g1]]',
  '- Presencial',
  '  1. Con turno',
  '- Virtual',
  '> Según [la página de la entidad](https://www.santamarta.gov.co).',
  '| Zona | Registros |',
  '| Rural | 45 |',
].join('\n')

export const sampleReport: ReportData = {
  entity: 'Alcaldía Distrital de Santa Marta',
  shield: null,
  look: DEFAULT_LOOK,
  process: 'Gestión para la Atención al Ciudadano',
  title: 'Informe de caracterización de ciudadanos y grupos de interés, vigencia 2026',
  code: 'MM-GAC-P-008',
  version: 1,
  vigencia: 2026,
  radicado: '202641730100001504',
  trd: '4173.010.22',
  administrativeAct: 'Resolución 123 de 2026',
  sections: [
    {
      code: 'objetivos',
      title: 'Objetivos',
      doc: docFromPlain(`Primer párrafo.\nSegundo párrafo con ${HOSTILE}`),
      after: [],
      figures: new Map(),
    },
    {
      code: 'resultados',
      title: 'Resultados por variable',
      doc: parseNotation(WRITTEN),
      after: ['g1', 'g2', 'g3', 'g4'],
      figures: new Map<string, ReportFigure>([
        ['g1', { figure: channelFigure, title: channelFigure.title, kind: 'bar' }],
        ['g2', { figure: channelFigure, title: channelFigure.title, kind: 'pie' }],
        ['g3', { figure: crossFigure, title: crossFigure.title, kind: 'stacked' }],
        ['g4', { figure: null, title: 'Estrato', kind: 'bar' }],
      ]),
    },
    'recommendations',
  ],
  unfinished: [
    {
      ...{ code: 'AM-2025-002', what: 'Abrir atención los sábados.', owner: 'Jefatura OGAC' },
      ...{ due: '2026-06-30', status: 'in_progress' },
    },
  ],
  recommendations: [
    {
      text: 'Abrir atención los sábados.',
      actionLine: 'Ajuste de canales',
      agency: 'Secretaría General',
      owner: 'Jefatura OGAC',
      indicator: 'Sábados atendidos.',
      due: '2027-03-31',
      priority: 'Alta',
    },
  ],
  changes: [{ version: 1, at: '2026-11-24T15:42:00.000Z', description: 'Primera versión.' }],
  glossary: [{ term: 'Corte', definition: 'Copia fija de los datos.' }],
  changeText: docFromPlain('Primera versión del informe.'),
  signers: (['author', 'reviewer', 'approver'] as const).map((role, i) => ({
    role,
    name: ['Profesional OGAC', 'Profesional SIG', 'Jefatura OGAC'][i] ?? '',
    position: ['Profesional OGAC', 'Profesional SIG', 'Jefatura OGAC'][i] ?? '',
    tenureKind: i === 2 ? 'encargado' : 'titular',
    actingFor: null,
    signedAt: `2026-11-2${i + 1}T15:42:00.000Z`,
    receiptCode: `RECIBO-${i + 1}`,
    statement: 'Apruebo este contenido.',
  })),
  verificationCode: 'ABCDEFGH2345',
  verificationUrl: 'http://localhost:3000/verificar/ABCDEFGH2345',
  contentHash: 'cd'.repeat(32),
  demoNote: 'Datos de demostración con los márgenes del Plan de Servicio al Ciudadano 2025 de Cali',
  issuedAt: '2026-11-24T15:42:00.000Z',
}
