import { expect, it } from 'vitest'
import { parseNotation } from '../../domain/rich-notation.ts'
import { docFromPlain } from '../../domain/rich-text.ts'
import { typedNumbers } from '../../domain/typed-numbers.ts'

const found = (line: string) => typedNumbers(docFromPlain(line)).map((one) => one.number)

it.each([
  ['Se radicaron 338.142 comunicaciones, el 27,36 % por el canal virtual.', ['338.142', '27,36 %']],
  ['Predominan las personas de 41 a 59 años.', ['41', '59']],
  ['Atendió a 2000 personas y a 1999,5 en promedio.', ['2000', '1999,5']],
  ['Se atendieron 1984 personas.', ['1984']],
  ['Se respondieron 2015 quejas.', ['2015']],
  ['Hubo un total de 2015 quejas en 2024, 1984 de ellas por la web.', ['2015', '1984']],
  ['Se firmaron contratos 45 y se levantaron actas 12.', ['45', '12']],
  ['Según el artículo 12, 45 personas.', ['45']],
  ['Llegaron 250mil, 3millones y 45personas; de 10-15 cada día.', ['250', '3', '45', '10', '15']],
  ['De cada 10 personas, 3 usan el canal web.', ['10', '3']],
])('«%s» has typed numbers', (line, numbers) => {
  expect(found(line)).toEqual(numbers)
})

it.each([
  'Vigencia 2024, del 1 de enero al 31 de diciembre de 2024; corte del 2024-12-31 y del 24/11/2026 a las 10:42.',
  'Según la Ley 1581 de 2012, el Decreto 2364 de 2012 y las leyes 527 y 1266 de 2008.',
  'Artículo 12, numeral 3, y el CONPES 3785; acta 14 y memorando 2026-TIC-0311.',
  'Radicado 202441730100001504, procedimiento MM-GAC-P-008 v2.',
  'La Ley 1712 de 2014, las actas 14 y 15, el contrato 45 y la variable 3.',
  'En 2024, desde 2019 hasta 2023, entre 2019 y 2024, del 2020, el año 2021, en marzo 2022 y durante 2018.',
  'Vigencias 2022, 2023 y 2024; Plan de Desarrollo 2024-2027; periodo 2023–24; 2da jornada por 4G.',
  '1. Medir la demanda.',
  'Consulte https://www.santamarta.gov.co/informe/2024/12 o escriba a oficina1@santamarta.gov.co.',
])('«%s» has none', (line) => {
  expect(found(line)).toEqual([])
})

it('a number by reference is not typed, and the list says where the typed ones stand', () => {
  const doc = parseNotation(
    'El canal recibió [[cifra:figura:g3/Virtual//n|900|0123456789abcdef]] de 1.000.\n| Zona | Registros |\n| Rural | 45 |',
  )
  expect(typedNumbers(doc)).toEqual([
    { number: '1.000', context: 'El canal recibió de 1.000.' },
    { number: '45', context: '45' },
  ])
})
