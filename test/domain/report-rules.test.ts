import { expect, it } from 'vitest'
import { gapSentence } from '../../app/text/gaps.ts'
import { missingIn } from '../../domain/readiness.ts'
import { typedInReport } from '../../domain/report-rules.ts'
import { parseNotation } from '../../domain/rich-notation.ts'
import { storedRich } from '../../domain/rich-text.ts'
import { completeAnswers, completeContext } from '../support/answers.ts'

const row = (cells: Record<string, string>) => ({ id: 'r1', ...cells })

it('typed figures are found wherever the report prints what somebody wrote, in its order', () => {
  const answers = {
    cambios: { texto: storedRich(parseNotation('Se corrigieron 6 cuadros.')) },
    glosario: { lista: [row({ termino: 'Línea 123', definicion: 'Recibe 40 llamadas por hora.' })] },
    recomendaciones: {
      lista: [
        row({ texto: 'Atender 500 personas más.', indicador: 'Jornadas realizadas, 12 al año', plazo: '2027-06-30' }),
      ],
    },
    alcance: { texto: 'En 2024 se recibieron 900 solicitudes.' },
  }
  expect(typedInReport(answers).map(({ number }) => number)).toEqual(['900', '500', '12', '123', '40', '6'])
})

it('a figure in a section that step 4 no longer has keeps the report from being sent, with its name and section', () => {
  const complete = completeAnswers('6')
  const text = storedRich(parseNotation('Como se ve:\n[[figura:g1]]\n[[figura:g2]]\n[[figura:g3]]'))
  const answers = { ...complete, alcance: { ...complete.alcance, texto: text } }
  const context = {
    ...completeContext('6'),
    bases: new Map([['figura:g1', 'a'.repeat(16)]]),
    formerFigures: new Map([['g2', 'Canal por Zona']]),
  }
  const gaps = missingIn('6', answers, context).filter(({ code }) => code === 'figure_gone')
  expect(gaps.map(({ path }) => path)).toEqual(['alcance.texto', 'alcance.texto'])
  expect(gaps.map(gapSentence)).toEqual([
    expect.stringMatching(/^Quite la figura «Canal por Zona» de la sección «\p{Lu}.+», o ponga otra: /u),
    expect.stringMatching(/^Quite la figura 3 de la sección «\p{Lu}.+», o ponga otra: /u),
  ])
})
