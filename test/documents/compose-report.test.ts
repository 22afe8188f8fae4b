import { expect, it } from 'vitest'
import { procedure } from '../../catalog/procedures/mm-gac-p-008-v2.ts'
import { composeReport, type ReportGrounds } from '../../documents/compose-report.ts'
import { DEFAULT_LOOK } from '../../domain/report-look.ts'
import { parseNotation } from '../../domain/rich-notation.ts'
import { plainText, storedRich } from '../../domain/rich-text.ts'

const texto = (notation: string) => ({ texto: storedRich(parseNotation(notation)) })
const citing = (segment: string) => texto(`Son [[cifra:segmento:${segment}///n|12|${'a'.repeat(16)}]].`)

const GROUNDS: ReportGrounds = {
  ...{ entityName: 'Alcaldía', shieldHash: null, look: DEFAULT_LOOK, procedure },
  cycle: { vigencia: 2026, radicado: '1', trd: '', administrativeAct: null },
  version: {
    ...{ n: 0, formVersion: 2, hash: '' },
    answers: {
      alcance: citing('m1'),
      necesidades: citing('m2'),
      segmentos: texto('Los segmentos.'),
      cambios: citing('m1'),
    },
  },
  ...{ answers: {}, signers: [], unfinished: [], earlier: [], agencies: new Map(), duties: new Map(), demoNote: null },
}
const caveat = { segmentId: 'm1', name: 'Rural', isUnderBase: true, isUnderCovered: false }
const base = { floor: { share: 0.5, base: 30 }, coverage: null, caveats: [caveat] }

it('the caveat of a segment stands wherever its number is cited, and where segments are described (N17)', () => {
  const now = { figures: [], numberAt: () => null, base }
  const report = composeReport(GROUNDS, now, { code: '', publicUrl: 'http://localhost', shield: null })
  const warned = report.sections.flatMap((section) =>
    section !== 'recommendations' && plainText(section.doc).includes('Rural. Advertencia: ') ? [section.code] : [],
  )
  expect(warned).toEqual(['alcance', 'segmentos'])
  expect(plainText(report.changeText)).toContain('Rural. Advertencia: este segmento tiene menos de 30 registros')
})
