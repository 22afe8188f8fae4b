import { expect, it } from 'vitest'
import { typedInReport } from '../../domain/report-rules.ts'
import { parseNotation } from '../../domain/rich-notation.ts'
import { storedRich } from '../../domain/rich-text.ts'

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
