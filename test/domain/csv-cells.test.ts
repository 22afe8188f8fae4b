import { expect, test } from 'vitest'
import { csvCell, csvText } from '../../domain/csv-cells.ts'

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '  =1+1', '＝1+1', '＋1', '－1', '＠x', '\u0000=1'])(
  'a cell that begins like a formula is text for a spreadsheet: %j',
  (value) => {
    expect(csvCell(value, ';').replace(/^"/, '')).toMatch(/^'/)
  },
)

test('a number stays a number, and other text stays as it is', () => {
  expect([csvCell(-5, ','), csvCell('Comuna 1', ','), csvCell('a-b=c', ',')]).toEqual(['-5', 'Comuna 1', 'a-b=c'])
})

test('separators, quotes and line ends are quoted', () => {
  expect([csvCell('1,5', ','), csvCell('1,5', ';'), csvCell('di "sí"\n', ';')]).toEqual([
    '"1,5"',
    '1,5',
    '"di ""sí""\n"',
  ])
})

test('a file begins with its byte order mark and ends each line the same way, empty cells too', () => {
  expect(
    csvText(
      [
        ['Año', 'n'],
        [null, 2],
        ['a;b', ''],
      ],
      ';',
    ),
  ).toBe('\uFEFFAño;n\r\n;2\r\n"a;b";\r\n')
})
