/** A short report to show a template by: made of the answers of the demonstration by what makes every report (G1). */
import { sampleWords } from '../app/text/documents.ts'
import { completeAnswers, completeUpstream } from '../catalog/demo/answers.ts'
import { formDefinition } from '../catalog/forms/index.ts'
import { procedure } from '../catalog/procedures/mm-gac-p-008-v2.ts'
import { rowsOf } from '../domain/forms.ts'
import type { ReportLook } from '../domain/report-look.ts'
import { composeReport, type ReportNumbersNow } from './compose-report.ts'
import type { Figure } from './figures.ts'
import type { ReportData } from './report-content.ts'

export interface SampleOf {
  entity: string
  vigencia: number
  look: ReportLook
  shield: Buffer | null
}

/** Sections the sample holds: one of words, and the one with the figure. */
const SHOWN = ['alcance', 'resultados']

export function sampleReport({ entity, vigencia, look, shield }: SampleOf): ReportData {
  const answers = completeAnswers('6')
  const upstream = completeUpstream('6')
  const [first] = rowsOf(upstream['4'], 'figuras', 'lista')
  const figure = { ...FIGURE, id: first?.id ?? FIGURE.id }
  const now: ReportNumbersNow = {
    figures: [{ id: figure.id, kind: 'count', variable: 'canal', chart: 'bar', title: figure.title, figure }],
    numberAt: () => null,
    base: { floor: { share: 0, base: 1 }, coverage: null, caveats: [] },
  }
  const report = composeReport(
    {
      ...{ entityName: entity, shieldHash: null, look, procedure, answers: { ...upstream, '6': answers } },
      cycle: { vigencia, ...sampleWords.facts },
      version: { n: 0, formVersion: formDefinition('6').version, hash: '', answers },
      ...{ signers: [], unfinished: [], earlier: [], agencies: new Map(), duties: new Map() },
      demoNote: sampleWords.note,
    },
    now,
    { code: '', publicUrl: '', shield },
  )
  const isShown = (one: ReportData['sections'][number]) => one === 'recommendations' || SHOWN.includes(one.code)
  return { ...report, sections: report.sections.filter(isShown) }
}

const FIGURE: Figure = {
  ...{ id: 'ejemplo', title: sampleWords.figure, rowHeading: sampleWords.row, columnHeading: null, columns: [] },
  rows: sampleWords.rows.map((label, i) => ({ label, cells: [600 - 200 * i], total: 600 - 200 * i })),
  ...{ columnTotals: [], total: 1200, snapshotHash: '0'.repeat(64), demoNote: null },
}
